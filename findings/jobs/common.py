"""Comparing all papers of a round to find common problems."""

from core.errors import ServiceError
from core.jobs import JobContext, job
from findings.jobs.shared import asker
from findings.rules.grouping import can_propose_common
from findings.selectors.common_proposal import compare_round
from findings.services import write_proposal
from villages.models import Round, User


def _may(user: User, round: str) -> bool:
    row = Round.objects.visible_to(user).filter(pk=round).first()
    return row is not None and bool(can_propose_common(user, row))


@job("findings.common", title="横向比对共性问题", allowed=_may)
def propose(ctx: JobContext, round: str) -> None:
    """Propose for a whole round; the groups appear together with the job's end."""
    viewer = asker(ctx)
    row = Round.objects.visible_to(viewer).filter(pk=round).first()
    if row is None or not can_propose_common(viewer, row):
        raise ServiceError("您已不能进行本轮次的横向比对，没有执行。")
    compared = compare_round(
        row, lambda done, total: ctx.progress(done, total, f"已比对{done}份，共{total}份")
    )
    with ctx.finishing(papers=compared.papers, groups=len(compared.proposal.groups)):
        write_proposal(actor=viewer, round=row, compared=compared)
