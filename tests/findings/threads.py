"""Villages inspected twice for tests: the fourth round long over, the cast's round running, papers in both."""

import datetime as dt
from types import SimpleNamespace

from findings import services
from findings.models import Finding, FindingStatus
from tests.factories import make_inspection, make_member, make_round, make_team
from tests.findings import papers
from villages.models import TeamRole, VillageInspection

POND = {"title": "集体鱼塘合同到期未收回", "summary": "鱼塘合同到期后没有重新发包，由原承包户继续使用。"}


def loaded(finding):
    """The paper as a view loads it."""
    return Finding.objects.select_related(
        "inspection", "round", "team", "village", "category__scheme", "subcategory__scheme",
        "watch_item__check_point",
    ).get(pk=finding.pk)  # fmt: skip


def earlier_round(cast, year=2024, team=True):
    """A closed round of ``year`` in the cast's village, by another team, with one member."""
    days = {"starts_on": dt.date(year, 3, 1), "ends_on": dt.date(year, 5, 31)}
    round_ = make_round(cast.district, cast.scheme, year=year, status="closed", name=f"{year}年轮", **days)
    crew = make_team(round_)
    inspection = make_inspection(
        crew, cast.village_place, entry_on=dt.date(year, 3, 2), exit_on=dt.date(year, 3, 22)
    )
    return SimpleNamespace(
        round=round_, team=crew, inspection=inspection, member=make_member(crew, TeamRole.MEMBER)
    )


def over(inspection, status="filed"):
    """The stage of the village is past."""
    VillageInspection.objects.filter(pk=inspection.pk).update(status=status)


def earlier_paper(cast, old, state=FindingStatus.FILED, **values):
    """A paper of an earlier round, written straight into the state it has had since."""
    paper = papers.draft(cast, handler=old.member, inspection=old.inspection, **(POND | values))
    Finding.objects.filter(pk=paper.pk).update(status=state, no=f"旧{paper.pk.hex[-6:]}-01")
    return loaded(paper)


def paper(cast, **values):
    """A paper of the cast's member in the cast's round."""
    return loaded(papers.draft(cast, **(POND | values)))


def thread(cast, old=None, **values):
    """A thread of an earlier paper and one of now."""
    old = old or earlier_round(cast)
    before = earlier_paper(cast, old, **values)
    return services.put_together(
        actor=cast.member, finding=paper(cast, **values), other=before, note="同一口塘"
    )


def two_threads(cast, old):
    oldest = earlier_round(cast, year=2022)
    first = services.put_together(
        actor=cast.office_clerk, finding=earlier_paper(cast, old, years=[2023]),
        other=earlier_paper(cast, oldest, years=[2021]),
    )  # fmt: skip
    second = services.put_together(
        actor=cast.member, finding=paper(cast, years=[2025]), other=paper(cast, years=[2024])
    )
    return first, second
