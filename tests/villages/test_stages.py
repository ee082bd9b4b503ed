import pytest

from core import audit
from core.errors import NotAllowed, ServiceError, StaleRecord
from villages import services
from villages.models import VillageInspection
from villages.workflow import ORDER


def go(cast, to, who="leader", **over):
    return services.advance_stage(actor=getattr(cast, who), inspection=cast.inspection, to=to, **over)


def test_a_village_goes_through_the_stages_one_by_one_to_the_archive(cast):
    for stage in ORDER[1:]:
        assert go(cast, stage, "office_clerk").status == stage
    with pytest.raises(ServiceError):
        go(cast, "filed", "office_clerk")
    assert audit.history(cast.inspection).count() == 5


@pytest.mark.parametrize("to", ["prep", "finding", "report", "rectify", "filed"])
def test_no_stage_is_skipped_or_repeated(cast, to):
    with pytest.raises(ServiceError):
        go(cast, to)
    assert VillageInspection.objects.get(pk=cast.inspection.pk).status == "prep"


@pytest.mark.parametrize(
    "who", ["member", "archivist", "outsider", "town", "village", "discipline", "sysadmin", "stranger"]
)
def test_who_does_not_lead_the_team_cannot_move_a_village_on(cast, who):
    with pytest.raises(NotAllowed):
        go(cast, "survey", who)


@pytest.mark.parametrize("who", ["leader", "deputy", "office_clerk", "office_head"])
def test_leader_deputy_and_office_move_a_village_on(cast, who):
    assert go(cast, "survey", who).status == "survey"


def test_a_leader_who_stands_aside_cannot_move_the_village(cast):
    services.declare_recusal(actor=cast.leader, user=cast.leader, relation="kin", village=cast.village_place)
    with pytest.raises(NotAllowed):
        go(cast, "survey")


def test_the_archivist_closes_the_last_stage_only(cast):
    for stage in ("survey", "finding", "report", "rectify"):
        go(cast, stage)
    assert go(cast, "filed", "archivist").status == "filed"


def test_one_step_back_is_the_offices_and_needs_a_reason(cast):
    go(cast, "survey")
    with pytest.raises(NotAllowed):
        services.step_back(actor=cast.leader, inspection=cast.inspection, reason="补材料")
    with pytest.raises(ServiceError, match="理由"):
        services.step_back(actor=cast.office_clerk, inspection=cast.inspection, reason=" ")
    row = services.step_back(actor=cast.office_clerk, inspection=cast.inspection, reason="补材料")
    assert row.status == "prep"
    with pytest.raises(ServiceError, match="第一个阶段"):
        services.step_back(actor=cast.office_clerk, inspection=cast.inspection, reason="再退")


def test_of_two_people_moving_a_village_the_second_is_told(cast):
    stale = VillageInspection.objects.get(pk=cast.inspection.pk)
    go(cast, "survey")
    with pytest.raises(StaleRecord):
        services.advance_stage(actor=cast.deputy, inspection=stale, to="survey")
