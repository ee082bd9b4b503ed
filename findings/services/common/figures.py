"""What several writes of common problems share: figures of a group, its words, and what is remembered of a decision."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count

from core import records
from findings.models import CommonDecision, CommonGroup, CommonMember, Finding, Lead
from findings.selectors.common_texts import Unspoken, shelf_of, text_of
from villages.models import Round, spine

# So many papers of a group are read again for its words when people change it.
_READ = 200
_JOINED = ("village", "category", "inspection")


def paper_fields(paper: Finding | Lead) -> dict[str, Any]:
    """The member's keys for a paper."""
    name = "finding" if isinstance(paper, Finding) else "lead"
    return {**spine(paper.inspection), name: paper}


def recount(
    *,
    actor: Any,
    group: CommonGroup,
    verb: str,
    revision: int | None = None,
    words: bool = True,
    **changes: Any,
) -> CommonGroup:
    """Figures after members came or went, with ``changes`` in the same write; ``words``: read its words again."""
    rows = CommonMember.objects.filter(group=group)
    counted = rows.aggregate(papers=Count("pk"), villages=Count("village", distinct=True))
    found = (described(group.round, _papers(rows)) if words and counted["papers"] else {}) | counted | changes
    return records.update(group, actor=actor, verb=verb, revision=revision, changes=found)


def _papers(rows: Any) -> list[Finding | Lead]:
    joined = [f"finding__{name}" for name in (*_JOINED, "subcategory", "watch_item__check_point")]
    joined += [f"lead__{name}" for name in _JOINED]
    return [row.paper for row in rows.select_related(*joined).order_by("seq", "id")[:_READ]]


def described(round_: Round, papers: Sequence[Finding | Lead]) -> dict[str, Any]:
    """Shared words and profile of papers, without anybody's name."""
    shelf = shelf_of(round_)
    if shelf is None:
        return {}
    profile, words = shelf.described([text_of(paper) for paper in papers])
    unspoken = Unspoken(round_)
    return {"profile": profile, "keywords": [word for word in words if unspoken.free(word)]}


def remember(
    *, actor: Any, round_: Round, left: Iterable[str], right: Iterable[str] = (), together: bool
) -> None:
    """Keep what was said for the next proposal; nothing where one paper stands alone."""
    one, other = sorted(left), sorted(right)
    if len(one) < 2 if together else not (one and other):
        return
    said = CommonDecision(round=round_, together=together, left=one, right=other, by_name=actor.display_name)
    records.create(said, actor=actor, verb="findings.common.judge")


def keys_of(group: CommonGroup, *, sure: bool = False) -> list[str]:
    """Keys of its papers; ``sure``: only those people put there."""
    rows = CommonMember.objects.filter(group=group)
    pairs = (rows.filter(sure=True) if sure else rows).values_list("finding", "lead")
    return [str(finding or lead) for finding, lead in pairs]
