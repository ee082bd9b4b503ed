"""Answers of a rule: yes, or no with the reason a person can read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """Outcome of a predicate: ``ok``, and when refused ``why`` as one Chinese sentence.

    ``visible`` is false when the refusal itself should not even be offered as a greyed-out button, because
    the step is not this person's business at all. ``brief`` stands beside the greyed-out button where the page
    itself already says the whole of ``why``.
    """

    ok: bool
    why: str = ""
    visible: bool = True
    brief: str = ""

    def __bool__(self) -> bool:
        return self.ok


ALLOW = Verdict(True)


def deny(why: str, *, visible: bool = True, brief: str = "") -> Verdict:
    """Refuse, with the reason shown to the person."""
    return Verdict(False, why, visible, brief)
