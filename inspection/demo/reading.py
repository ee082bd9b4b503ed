"""Leaders of the demo's running round read their papers and keep views of the list; then some papers change again."""

from typing import Any

from core import saved_views
from findings import services
from findings.models import Finding
from inspection.demo import cast
from villages.models import Membership, Round, Stage, TeamRole

_VIEWS = (
    ("待我审签的重点", "status=signing&severity=key"),
    ("佐证不足两类，弱的在前", "weak=1&sort=strength"),
    ("最近改动", "sort=-updated"),
)
# Written after the leader had read the paper.
_LATER = (
    "村会计补交了收据存根，待与银行流水逐笔核对。",
    "当事人答复本周内补充书面说明，未交。",
)
_UNREAD = 3


def read(number: int) -> Round:
    """Every leader reads all papers of the team but the newest, then handlers add to two that are still drafts."""
    round_ = cast.the_round(number)
    for post in Membership.objects.filter(round=round_, role=TeamRole.LEADER).select_related("user"):
        for name, query in _VIEWS:
            saved_views.save_view(actor=post.user, page="findings:review", name=name, query=query)
        papers = list(_papers(post.user, round_))
        for paper in papers[:-_UNREAD]:
            services.note_look(actor=post.user, finding=paper)
        open_ones = [row for row in papers[:-_UNREAD] if row.status in Finding.OPEN]
        for paper, words in zip(open_ones, _LATER, strict=False):
            services.edit_finding(
                actor=paper.handler,
                finding=paper,
                revision=paper.revision,
                values={"open_question": words},
            )
    return round_


def _papers(leader: Any, round_: Round) -> Any:
    rows = Finding.objects.visible_to(leader).alive().filter(round=round_)
    rows = rows.filter(inspection__status__in=[Stage.FINDING, Stage.REPORT])
    return rows.select_related("inspection", "team", "handler", "category", "subcategory").order_by("id")
