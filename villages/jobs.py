"""Word papers of the shared model, made in the background."""

from typing import Any

from core import clock
from core.display import cn_date
from core.errors import ServiceError
from core.jobs import JobContext, job
from core.models import StoredFile
from villages import rules
from villages.documents import MemberPapers, pledge_docx, ties_docx
from villages.models import Membership, User
from villages.selectors.pledges import pledge_in_force

_RENDER = {"pledge": ("保密承诺书", pledge_docx), "ties": ("回避情况申报表", ties_docx)}


def _found(user: User | None, member: str) -> Membership | None:
    rows = Membership.objects.visible_to(user).select_related(
        "round__district", "team", "user__office", "pledge"
    )
    row = rows.filter(pk=member).first()
    return row if row is not None and rules.can_read_pledge(user, row) else None


def _may_have(user: User, member: str, paper: str) -> bool:
    return _found(user, member) is not None


@job("villages.pledge_paper", title="生成保密承诺书、申报表", allowed=_may_have)
def pledge_paper(ctx: JobContext, **args: Any) -> StoredFile:
    """One of a member's two papers, as signed or to be signed by hand."""
    member = _found(User.objects.filter(pk=ctx.actor_id).first(), args["member"])
    if member is None:
        raise ServiceError("您已不能查看这份材料，未生成文件。")
    title, render = _RENDER[args["paper"]]
    return ctx.store(f"{title} {member.user.display_name}.docx", render(_data(member)))


def _data(member: Membership) -> MemberPapers:
    pledge = member.pledge or pledge_in_force()
    if pledge is None:
        raise ServiceError("还没有生效的保密承诺书，请巡察办先发布。")
    round_ = member.round
    return MemberPapers(
        name=member.user.display_name,
        unit=str(member.user.office or ""),
        round=round_.name,
        team=member.team.name,
        post=member.get_role_display(),
        days=f"{cn_date(round_.starts_on)}至{cn_date(round_.ends_on)}",
        pledge=str(pledge),
        version=pledge.version,
        text=pledge.text,
        ties=member.get_ties_display(),
        named=tuple(filter(None, member.ties_named.split("\n"))),
        sworn_at=member.sworn_at,
        created=member.sworn_at.date() if member.sworn_at else clock.today(),
        office=f"{round_.district.name}委巡察办",
    )
