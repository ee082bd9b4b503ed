"""The engine of every status: a table of transitions and one door through it.

A state changes only through :meth:`Workflow.apply`, which checks the predicate, writes with the old status *and*
revision in the filter (row locks do nothing on SQLite) and leaves the audit entry in the same transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from core import records
from core.errors import NotAllowed, ServiceError
from core.verbs import name_verbs
from core.verdict import Verdict, deny


@dataclass(frozen=True)
class Transition:
    """One arrow: ``name`` (identifier), ``label`` (button verb in Chinese), where it starts, where it ends.

    ``allowed(user, obj)`` holds separation of duties and completeness; ``wants_reason`` demands a sentence.
    """

    name: str
    label: str
    sources: frozenset[str]
    target: str
    allowed: Callable[[Any, Any], Verdict]
    wants_reason: bool = False
    style: str = "secondary"
    confirm: str = ""


@dataclass(frozen=True)
class Offer:
    """A transition as one person sees it on one record: possible, or not and why."""

    transition: Transition
    verdict: Verdict


class Workflow:
    """The transition table of one status field.

    With ``quotes_reasons`` false the record alone keeps the reason of a step, and the trail says only that it moved.
    With ``one_verb`` the trail does not even say which step it was: every entry bears that verb.
    """

    def __init__(
        self,
        *,
        field: str,
        states: type[models.TextChoices],
        verb_prefix: str,
        transitions: list[Transition],
        quotes_reasons: bool = True,
        one_verb: str = "",
    ) -> None:
        self.field = field
        self.states = states
        self.verb_prefix = verb_prefix
        self.quotes_reasons = quotes_reasons
        self.one_verb = one_verb
        self.transitions = {step.name: step for step in transitions}
        if not one_verb:
            name_verbs({f"{verb_prefix}.{step.name}": step.label for step in transitions})

    def available(self, user: Any, obj: Any) -> list[Offer]:
        """Steps that start from the present state: the allowed ones, and the refused ones worth explaining."""
        state = getattr(obj, self.field)
        steps = [step for step in self.transitions.values() if state in step.sources]
        offers = [Offer(step, step.allowed(user, obj)) for step in steps]
        return [offer for offer in offers if offer.verdict or offer.verdict.visible]

    def check(self, user: Any, obj: Any, name: str) -> Verdict:
        """May ``user`` take step ``name`` on ``obj`` now?"""
        step = self.transitions[name]
        state = getattr(obj, self.field)
        if state not in step.sources:
            label = dict(self.states.choices).get(state, state)
            return deny(f"当前状态为“{label}”，不能{step.label}。")
        return step.allowed(user, obj)

    @transaction.atomic
    def apply(
        self,
        obj: Any,
        name: str,
        *,
        actor: Any,
        revision: int | None = None,
        reason: str = "",
        changes: dict[str, Any] | None = None,
    ) -> Any:
        """Take step ``name``; ``changes`` are further fields written in the same update.

        Raises ``NotAllowed`` when the rule refuses, ``ServiceError`` when a reason is missing and
        ``StaleRecord`` when status or revision moved meanwhile.
        """
        step = self.transitions[name]
        verdict = self.check(actor, obj, name)
        if not verdict:
            raise NotAllowed(verdict.why or "您没有办理这一步的权限。")
        if step.wants_reason and not reason.strip():
            raise ServiceError(f"请填写{step.label}的理由。", "reason")
        source = getattr(obj, self.field)
        changed = {self.field: step.target} | (changes or {})
        before = records.field_values(obj, list(changed))
        return records.write_revision(
            obj,
            obj.revision if revision is None else revision,
            changed,
            attempted=changed,
            actor=actor,
            verb=self.one_verb or f"{self.verb_prefix}.{name}",
            before=before,
            reason=reason if self.quotes_reasons else "",
            guard={self.field: source},
        )
