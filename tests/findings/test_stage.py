"""The stage ends when every paper is decided and one at least is signed."""

import pytest

from core.errors import NotAllowed, ServiceError
from findings import services
from prep.models import PriorCount
from tests.findings import papers
from villages.models import VillageInspection

pytestmark = pytest.mark.django_db


@pytest.fixture
def fieldwork(cast):
    VillageInspection.objects.filter(pk=cast.inspection.pk).update(status="finding")
    cast.inspection.refresh_from_db()
    return cast


def test_the_number_of_problems_found_is_told_to_the_preparation_of_later_rounds(fieldwork):
    papers.signed(fieldwork)
    papers.signed(fieldwork)
    papers.withdrawn(fieldwork)
    finish(fieldwork)
    assert PriorCount.objects.get().problems == 2


def finish(cast, person=None):
    inspection = VillageInspection.objects.get(pk=cast.inspection.pk)
    return services.finish_findings(actor=person or cast.leader, inspection=inspection)


@pytest.mark.parametrize(
    ("state", "said"),
    [("checking", "1份底稿待复核"), ("signing", "1份底稿待审签"), ("returned", "1份底稿退回")],
)
def test_an_undecided_paper_keeps_the_stage_open(state, said, fieldwork):
    papers.signed(fieldwork)
    papers.BY_STATE[state](fieldwork)
    with pytest.raises(ServiceError, match=said):
        finish(fieldwork)
    assert VillageInspection.objects.get(pk=fieldwork.inspection.pk).status == "finding"


def test_without_a_signed_paper_the_stage_does_not_end(fieldwork):
    papers.draft(fieldwork)
    papers.withdrawn(fieldwork)
    with pytest.raises(ServiceError, match="还没有已审签"):
        finish(fieldwork)


def test_drafts_withdrawn_and_deleted_papers_are_not_in_the_way(fieldwork):
    papers.signed(fieldwork)
    papers.draft(fieldwork)
    papers.withdrawn(fieldwork)
    gone = papers.draft(fieldwork)
    services.delete_finding(actor=fieldwork.member, finding=gone, revision=gone.revision, reason="重复")
    assert finish(fieldwork).status == "report"


def test_only_those_who_lead_the_team_end_the_stage(fieldwork):
    papers.signed(fieldwork)
    for person in (fieldwork.member, fieldwork.outsider, fieldwork.office_clerk, fieldwork.town):
        with pytest.raises(NotAllowed):
            finish(fieldwork, person)


def test_a_village_in_another_stage_is_not_moved(cast):
    papers.signed(cast)
    with pytest.raises(NotAllowed):
        finish(cast)
