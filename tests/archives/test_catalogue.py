"""The catalogue: gathered from the stages, numbered once, seen by keepers only."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archives import services
from archives.models import ArchiveEntry, ArchivePackage
from archives.selectors.desk import desk_items
from core.errors import NotAllowed, ServiceError
from core.jobs.runner import run_due
from core.models import AuditEntry
from findings.models import Finding
from tests.archives.papers import attach, make_papers
from tests.reports.papers import make_finding
from villages.models import Round


def gather(cast, **over):
    return services.gather_entries(**{"actor": cast.office_clerk, "round": cast.round} | over)


def test_the_catalogue_holds_the_papers_of_each_stage_in_order(cast):
    make_papers(cast)
    gather(cast)
    rows = list(ArchiveEntry.objects.order_by("seq"))
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    stages = [row.stage for row in rows]
    assert stages == sorted(stages, key=["finding", "report", "rectify"].index)
    by_source = {row.source.split("/")[0]: row for row in rows}
    report = by_source["reports.report"]
    assert (report.doc_no, report.dated_on, report.retention) == (
        "青巡办〔2026〕5号",
        dt.date(2026, 4, 20),
        "Y",
    )
    assert by_source["findings.finding"].retention == "D30"
    assert by_source["rectification.progress"].responsible == cast.town.office.name


def test_gathering_again_changes_nothing_and_a_new_paper_gets_the_next_number(cast):
    make_papers(cast)
    gather(cast)
    before = dict(ArchiveEntry.objects.values_list("source", "seq"))
    assert gather(cast) == {"新增": 0, "变动": 0, "移出": 0}
    make_finding(cast, title="后来审签的")
    assert gather(cast)["新增"] == 1
    after = dict(ArchiveEntry.objects.values_list("source", "seq"))
    new = set(after) - set(before)
    assert {after[source] for source in new} == {len(before) + 1}
    assert {source: after[source] for source in before} == before


def test_a_changed_paper_keeps_its_number_and_a_withdrawn_one_leaves(cast):
    kept, gone = make_finding(cast, title="原题"), make_finding(cast, title="要撤的")
    gather(cast)
    number = ArchiveEntry.objects.get(source=f"findings.finding/{kept.pk}").seq
    Finding.objects.filter(pk=kept.pk).update(title="新题")
    Finding.objects.filter(pk=gone.pk).update(status="withdrawn", group_decision="组务会决定")
    assert gather(cast) == {"新增": 0, "变动": 1, "移出": 1}
    row = ArchiveEntry.objects.get()
    assert (row.seq, row.title, row.revision) == (number, "问题底稿：新题", 2)


def test_unsigned_findings_and_unissued_reports_are_not_filed(cast):
    make_finding(cast, status="signing")
    assert gather(cast)["新增"] == 0


def test_gathering_is_traced_with_its_counts(cast):
    make_finding(cast)
    gather(cast)
    entry = AuditEntry.objects.get(verb="archives.gather")
    assert entry.after == {"新增": 1, "变动": 0, "移出": 0}


@pytest.mark.parametrize(
    "who", ["leader", "archivist", "member", "town", "discipline", "sysadmin", "stranger"]
)
def test_only_the_office_gathers_a_whole_round(cast, who):
    with pytest.raises(NotAllowed):
        gather(cast, actor=getattr(cast, who))


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("office_clerk", True), ("leader", True), ("archivist", True), ("deputy", False), ("member", False),
     ("outsider", False), ("town", False), ("sysadmin", False)],
)  # fmt: skip
def test_a_village_is_packed_by_those_who_keep_its_papers(cast, who, allowed):
    order = {"actor": getattr(cast, who), "round": cast.round, "inspection": cast.inspection}
    if allowed:
        assert services.request_package(**order).status == "building"
    else:
        with pytest.raises(NotAllowed):
            services.request_package(**order)


def test_catalogue_and_packages_are_seen_by_keepers_only(cast):
    make_finding(cast)
    gather(cast)
    ArchivePackage.objects.create(round=cast.round, made_by=cast.office_clerk)
    ArchivePackage.objects.create(round=cast.round, inspection=cast.inspection, made_by=cast.leader)
    people = [name for name, value in vars(cast).items() if hasattr(value, "role")]
    rows = {name: ArchiveEntry.objects.visible_to(getattr(cast, name)).count() for name in people}
    packages = {name: ArchivePackage.objects.visible_to(getattr(cast, name)).count() for name in people}
    keepers = {"office_head", "office_clerk", "leader", "archivist"}
    assert {name for name in people if rows[name]} == keepers
    assert {name: packages[name] for name in people if packages[name]} == {
        "office_head": 2, "office_clerk": 2, "leader": 1, "archivist": 1,
    }  # fmt: skip


def test_a_package_whose_maker_lost_the_post_is_not_built(cast):
    row = services.request_package(actor=cast.archivist, round=cast.round, inspection=cast.inspection)
    cast.archivist.memberships.all().delete()
    job = run_due()
    assert job.state == "failed"
    row.refresh_from_db()
    assert (row.status, row.file) == ("building", None)


def test_a_package_that_is_not_built_cannot_be_checked(cast):
    row = services.open_package(actor=cast.office_clerk, round=cast.round)
    with pytest.raises(ServiceError, match="还没有生成"):
        services.request_check(actor=cast.office_clerk, package=row)


def test_the_page_asks_the_same_number_of_questions_for_one_paper_and_for_many(cast, client):
    address = reverse("archives:index")
    for user in (cast.office_clerk, cast.archivist):
        client.force_login(user)
        counts = []
        for _ in range(2):
            attach(make_finding(cast))
            gather(cast)
            ArchivePackage.objects.create(
                round=cast.round, inspection=cast.inspection, made_by=cast.office_clerk
            )
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.append(len(captured))
        assert counts[0] == counts[1]


def test_a_round_that_ended_without_a_package_lies_on_the_offices_desk(cast):
    assert desk_items(cast.office_clerk, cast.round) == []
    Round.objects.filter(pk=cast.round.pk).update(status="closed")
    cast.round.refresh_from_db()
    assert [item.kind for item in desk_items(cast.office_clerk, cast.round)] == ["待归档"]
    assert desk_items(cast.leader, cast.round) == []
    services.request_package(actor=cast.office_clerk, round=cast.round)
    run_due()
    assert desk_items(cast.office_clerk, cast.round) == []
