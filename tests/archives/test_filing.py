"""The last step of a village: filed when its package is sealed and its matters are struck off."""

import datetime as dt

import pytest

from archives import services
from core.errors import NotAllowed, ServiceError
from core.jobs.runner import run_due
from rectification import services as rectification
from rectification.models import RectifyItem
from tests.archives.papers import make_papers
from tests.rectification.ledger import make_item
from tests.reports.papers import make_finding
from tests.reports.stages import fed_back
from villages.models import Stage, VillageInspection

CLOSED = {"status": "closed", "closed_on": dt.date(2026, 6, 1), "closure_basis": "齐全"}


def at(cast, stage):
    VillageInspection.objects.filter(pk=cast.inspection.pk).update(status=stage)


def stage_of(cast):
    return VillageInspection.objects.get(pk=cast.inspection.pk).status


@pytest.fixture
def sealed(cast):
    make_papers(cast)
    at(cast, Stage.RECTIFY)
    package = services.request_package(actor=cast.office_clerk, round=cast.round)
    assert run_due().state == "done"
    package.refresh_from_db()
    return package


def test_opening_the_ledger_moves_the_villages_that_wait_at_the_report_stage(cast):
    make_finding(cast)
    at(cast, Stage.REPORT)
    feedback = fed_back(cast)
    rectification.create_items_from_feedback(actor=cast.office_clerk, feedback=feedback)
    assert stage_of(cast) == Stage.RECTIFY


def test_a_village_still_at_work_is_left_where_it_is(cast):
    make_finding(cast)
    at(cast, Stage.FINDING)
    rectification.create_items_from_feedback(actor=cast.office_clerk, feedback=fed_back(cast))
    assert stage_of(cast) == Stage.FINDING


def test_a_village_with_an_open_matter_is_not_filed_and_named(cast, sealed):
    with pytest.raises(ServiceError, match="云溪村还有未销号"):
        services.file_villages(actor=cast.office_clerk, package=sealed)
    assert stage_of(cast) == Stage.RECTIFY


def test_a_village_whose_matters_are_struck_off_is_filed(cast, sealed):
    RectifyItem.objects.update(**CLOSED)
    services.file_villages(actor=cast.office_clerk, package=sealed)
    assert stage_of(cast) == Stage.FILED


def test_a_lasting_matter_has_only_to_be_verified(cast, sealed):
    RectifyItem.objects.update(**CLOSED)
    lasting = make_item(cast, village=cast.village_place, term="lasting", status="in_progress")
    with pytest.raises(ServiceError, match="未销号"):
        services.file_villages(actor=cast.office_clerk, package=sealed)
    RectifyItem.objects.filter(pk=lasting.pk).update(status="verified")
    services.file_villages(actor=cast.office_clerk, package=sealed)
    assert stage_of(cast) == Stage.FILED


def test_what_the_town_owes_for_all_its_villages_keeps_them_open(cast, sealed):
    RectifyItem.objects.update(**CLOSED)
    make_item(cast, status="in_progress")
    with pytest.raises(ServiceError, match="未销号"):
        services.file_villages(actor=cast.office_clerk, package=sealed)


def test_nothing_is_filed_on_a_package_that_is_not_sealed(cast):
    package = services.open_package(actor=cast.office_clerk, round=cast.round)
    with pytest.raises(ServiceError, match="封存后"):
        services.file_villages(actor=cast.office_clerk, package=package)
    with pytest.raises(NotAllowed):
        services.file_villages(actor=cast.leader, package=package)
