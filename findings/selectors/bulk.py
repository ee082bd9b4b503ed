"""Which steps may be offered for several papers at once. An offer only: each paper is asked again when it is done."""

from typing import Any

from django.db.models import Q

from findings.models import Finding, FindingStatus
from villages.access import is_office
from villages.models import Membership, Round, TeamRole

_CHECKED = frozenset({FindingStatus.CHECKING, FindingStatus.SIGNING})
# Whose signature waits in which state.
_WAITS: dict[str, str] = {TeamRole.LEADER: FindingStatus.SIGNING, TeamRole.DEPUTY: FindingStatus.CHECKING}


def post_in(viewer: Any, round_: Round) -> str:
    """The post of ``viewer`` in the round: ``office``, a team role, or nothing."""
    if is_office(viewer):
        return "office"
    posts = Membership.objects.filter(round=round_, user=viewer).values_list("role", flat=True)
    return posts.first() or ""


def waiting_in(post: str) -> str:
    """The state in which papers wait for who holds ``post``; empty when in none."""
    return FindingStatus.SIGNED if post == "office" else _WAITS.get(post, "")


def waiting_for(viewer: Any, post: str) -> Q:
    """Papers at which it is ``viewer``'s turn: to sign what others wrote, and to finish what is the own."""
    own = Q(handler=viewer.pk, status__in=(FindingStatus.DRAFT, FindingStatus.RETURNED))
    state = waiting_in(post)
    return own | (Q(status=state) & ~Q(handler=viewer.pk)) if state else own


def offer_steps(viewer: Any, post: str, papers: list[Finding]) -> None:
    """Set ``steps`` on each of ``papers``: ``sign``, ``return``, both or neither, as words for the page; no query."""
    for paper in papers:
        own = paper.handler_id == viewer.pk
        steps = [
            name
            for name, states in (("sign", {waiting_in(post)}), ("return", _returned_by(post)))
            if paper.status in states and not own
        ]
        paper.steps_offered = " ".join(steps)


def _returned_by(post: str) -> frozenset[str]:
    """States out of which who holds ``post`` sends papers back (``rules.can_return``)."""
    if post == "office":
        return Finding.CONFIRMED
    if post == TeamRole.LEADER:
        return _CHECKED | {FindingStatus.SIGNED}
    return _CHECKED if post == TeamRole.DEPUTY else frozenset()
