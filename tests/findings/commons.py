"""Rounds with common problems for tests: papers of several villages, proposed as groups."""

from findings import services
from findings.models import CommonGroup, CommonMember
from findings.selectors.common_proposal import compare_round
from tests.factories import make_inspection, make_village
from tests.findings import papers

WHITE = {"title": "支出以白条入账", "summary": "没有正式发票，仅凭手写收条报账。"}
IDLE = {"title": "集体资产闲置", "summary": "旧校舍空置多年，没有盘活，没有出租。"}


def villages(cast, count, team=None):
    return [make_inspection(team or cast.team, make_village(cast.town_place)) for _ in range(count)]


def paper(cast, inspection, words=WHITE, **over):
    return papers.draft(cast, inspection=inspection, evidence=[], steps=[], **words, **over)


def propose(cast, actor=None):
    """Compare the cast's round and write the proposal, as the job does."""
    services.write_proposal(
        actor=actor or cast.office_head, round=cast.round, compared=compare_round(cast.round)
    )
    return CommonGroup.objects.filter(round=cast.round).exclude(status="dissolved").order_by("id")


def white_slips(cast, count=3):
    """A proposed group of ``count`` villages of the cast's team, and its papers."""
    written = [paper(cast, place) for place in villages(cast, count)]
    group = propose(cast).get()
    return group, written


def members(group):
    return {row.key for row in CommonMember.objects.filter(group=group)}
