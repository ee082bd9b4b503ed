"""Writing papers: one category scheme, no lost update, nothing vanishes, names of persons stay where they are."""

import json

import pytest

from core import audit
from core.audit import AuditEntry
from core.errors import NotAllowed, ServiceError, StaleRecord
from findings import selectors, services
from findings.models import Comment, Finding, FindingPerson, SourceKind
from tests.factories import make_user
from tests.findings import papers
from villages.models import Category, CategoryScheme, Role

pytestmark = pytest.mark.django_db

SECRET = "姓名金丝雀甲"


def edit(finding, person, **values):
    return services.edit_finding(actor=person, finding=finding, revision=finding.revision, values=values)


def test_a_new_paper_belongs_to_its_village_and_its_writer(cast):
    finding = papers.draft(cast)
    assert (finding.village, finding.team, finding.handler) == (cast.village_place, cast.team, cast.member)
    assert finding.draft_no.endswith("-YB-0001")
    assert finding.years == [2023, 2024, 2025]
    assert audit.history(finding).filter(verb="findings.create").count() == 1


@pytest.mark.parametrize(
    ("no", "draft_no", "told"),
    [
        ("", "", "未编号"), ("", "青巡2026-5-1-203-YB-0089", "预1-89"),
        ("青巡2026-5-12-203-DG-0107", "青巡2026-5-12-203-YB-0089", "12-107"), ("巡底-7", "", "巡底-7"),
    ],
)  # fmt: skip
def test_a_paper_is_called_by_team_and_serial_and_a_foreign_number_as_it_stands(no, draft_no, told):
    assert Finding(no=no, draft_no=draft_no).short_no == told


def test_years_that_were_named_stay_as_named(cast):
    assert papers.draft(cast, years=[2023, 2025]).years == [2023, 2025]


def test_a_category_of_another_scheme_or_branch_is_refused(cast):
    other = CategoryScheme.objects.create(code="other", name="另一方案")
    foreign = Category.objects.create(scheme=other, code="A", name="政治建设")
    for wrong in ({"category": foreign}, {"category": papers.category(cast, "E3")}, {"category": None}):
        with pytest.raises(ServiceError, match="一级类别"):
            papers.draft(cast, **wrong)
    with pytest.raises(ServiceError, match="不属于"):
        papers.draft(cast, subcategory=papers.category(cast, "A1"))


def test_a_period_that_ends_before_it_begins_is_refused(cast):
    values = papers.values(cast)
    with pytest.raises(ServiceError, match="早于"):
        papers.draft(cast, period_from=values["period_to"], period_to=values["period_from"])


def test_the_second_of_two_editors_sees_both_versions_and_nothing_is_lost(cast):
    finding = papers.draft(cast)
    seen_by_both = finding.revision
    edit(papers.reload(finding), cast.member, facts="甲写的事实", title="甲的标题")
    with pytest.raises(StaleRecord) as clash:
        services.edit_finding(
            actor=cast.deputy,
            finding=papers.reload(finding),
            revision=seen_by_both,
            values={"facts": "乙写的事实"},
            steps=[papers.STEPS[0] | {"text": "乙的步骤"}],
        )
    assert clash.value.current.facts == "甲写的事实"
    assert clash.value.attempted["facts"] == "乙写的事实"
    assert "乙的步骤" in clash.value.attempted["discovery"]
    assert papers.reload(finding).facts == "甲写的事实"


def test_two_people_adding_evidence_to_the_same_revision_are_told_apart(cast):
    finding = papers.draft(cast)
    seen = finding.revision
    services.add_evidence(actor=cast.member, finding=finding, items=[{"name": "甲的材料"}], revision=seen)
    with pytest.raises(StaleRecord):
        services.add_evidence(
            actor=cast.deputy, finding=papers.reload(finding), items=[{"name": "乙的材料"}], revision=seen
        )
    assert list(finding.evidence.values_list("seq", flat=True)) == [1, 2, 3]


def test_control_characters_are_cleaned_and_the_rest_kept(cast):
    text = "第一行\r\n第二行\x00\x0b 𠮷 <b>'\"=1+1"
    assert papers.draft(cast, facts=text).facts == "第一行\n第二行 𠮷 <b>'\"=1+1"


def test_a_draft_is_deleted_with_a_reason_and_comes_back_whole(cast):
    finding = papers.draft(cast)
    with pytest.raises(ServiceError, match="理由"):
        services.delete_finding(actor=cast.member, finding=finding, revision=finding.revision, reason=" ")
    services.delete_finding(actor=cast.member, finding=finding, revision=finding.revision, reason="重复")
    gone = papers.reload(finding)
    assert gone.pk not in Finding.objects.alive().values_list("pk", flat=True)
    with pytest.raises(NotAllowed):
        edit(gone, cast.member, facts="x")
    services.restore_finding(actor=cast.member, finding=gone, revision=gone.revision)
    back = papers.reload(finding)
    assert (back.deleted_at, back.evidence_count, back.title) == (None, 2, finding.title)


def test_a_numbered_paper_is_never_deleted(cast):
    finding = papers.numbered_draft(cast)
    with pytest.raises(NotAllowed, match="撤销"):
        services.delete_finding(actor=cast.member, finding=finding, revision=finding.revision, reason="x")


def test_another_member_may_write_on_a_draft_but_not_delete_it(cast):
    finding = papers.draft(cast)
    edit(finding, cast.archivist, facts="补充")
    finding = papers.reload(finding)
    with pytest.raises(NotAllowed):
        services.delete_finding(actor=cast.archivist, finding=finding, revision=finding.revision, reason="x")


@pytest.mark.parametrize("state", ["filed", "withdrawn"])
@pytest.mark.parametrize("role", ["member", "deputy", "leader", "office_head"])
def test_a_filed_or_withdrawn_paper_is_read_only(state, role, cast):
    finding = papers.BY_STATE[state](cast)
    person = getattr(cast, role)
    for attempt in (
        lambda: edit(finding, person, facts="x"),
        lambda: services.add_evidence(actor=person, finding=finding, items=[{"name": "x"}]),
        lambda: services.add_person(actor=person, finding=finding, revision=finding.revision, name="x"),
        lambda: services.delete_finding(actor=person, finding=finding, revision=finding.revision, reason="x"),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_member_of_another_team_writes_nothing_here(cast):
    finding = papers.draft(cast)
    with pytest.raises(NotAllowed):
        edit(finding, cast.outsider, facts="x")
    with pytest.raises(NotAllowed):
        services.create_finding(actor=cast.outsider, inspection=cast.inspection, values=papers.values(cast))


def test_remarks_do_not_touch_what_is_signed(cast):
    finding = papers.signed(cast)
    services.add_comment(actor=cast.office_head, finding=finding, text="金额请再核对。")
    after = papers.reload(finding)
    assert (after.status, after.revision) == ("signed", finding.revision)
    assert Comment.objects.get().text == "金额请再核对。"
    with pytest.raises(NotAllowed):
        services.add_comment(actor=cast.outsider, finding=finding, text="x")


# --- evidence ---------------------------------------------------------------------------------------------


def test_evidence_keeps_its_order_through_moves_and_removals(cast):
    finding = papers.draft(cast, evidence=[{"name": name} for name in "甲乙丙丁"])

    def names():
        return list(finding.evidence.order_by("seq").values_list("seq", "name"))

    def item(name):
        return finding.evidence.select_related("finding__inspection", "finding__team").get(name=name)

    def current():
        return papers.reload(finding).revision

    services.move_evidence(actor=cast.member, item=item("丙"), revision=current(), up=True)
    assert names() == [(1, "甲"), (2, "丙"), (3, "乙"), (4, "丁")]
    services.remove_evidence(actor=cast.member, item=item("甲"), revision=current())
    assert names() == [(1, "丙"), (2, "乙"), (3, "丁")]
    services.move_evidence(actor=cast.member, item=item("丁"), revision=current(), up=False)
    assert names() == [(1, "丙"), (2, "乙"), (3, "丁")]
    assert papers.reload(finding).evidence_count == 3


def test_a_talk_of_another_village_cannot_be_cited(cast):
    talk = papers.talk(cast)
    foreign = papers.draft(cast, handler=cast.outsider, inspection=cast.other_inspection)
    with pytest.raises(ServiceError, match="本村"):
        services.add_evidence(actor=cast.outsider, finding=foreign, items=[{"talk": talk}])


def test_a_cited_talk_counts_as_talk_whatever_was_chosen(cast):
    finding = papers.draft(cast, evidence=[{"talk": papers.signed_talk(cast), "kind": SourceKind.LEDGER}])
    assert finding.evidence_kinds == ["talk"]


# --- persons ----------------------------------------------------------------------------------------------


def named(cast):
    finding = papers.draft(cast)
    services.add_person(
        actor=cast.member,
        finding=finding,
        revision=finding.revision,
        name=SECRET,
        post=f"{SECRET}职务",
        part="经手",
    )
    return papers.reload(finding)


def test_persons_are_seen_by_the_team_and_the_head_of_the_office_only(cast):
    named(cast)
    may = {"leader", "deputy", "member", "archivist", "office_head"}
    for role in (
        "office_head", "office_clerk", "leader", "deputy", "member", "archivist", "outsider", "town",
        "village", "discipline", "organisation", "department", "sysadmin", "stranger",
    ):  # fmt: skip
        seen = FindingPerson.objects.visible_to(getattr(cast, role)).exists()
        assert seen == (role in may), role


def test_names_of_persons_never_reach_trail_search_or_documents(cast):
    finding = named(cast)
    person = FindingPerson.objects.select_related("finding__inspection", "finding__team").get()
    services.remove_person(actor=cast.member, person=person, revision=finding.revision)
    finding = papers.reload(finding)
    services.add_person(actor=cast.member, finding=finding, revision=finding.revision, name=SECRET)
    trail = json.dumps(
        list(AuditEntry.objects.values("target_label", "before", "after", "reason")), ensure_ascii=False
    )
    assert "findings.add_person" in set(AuditEntry.objects.values_list("verb", flat=True))
    assert SECRET not in trail
    assert selectors.search(cast.member, SECRET) == []


def test_a_person_without_a_role_sees_nothing_and_an_inactive_one_neither(cast):
    finding = papers.signed(cast)
    inactive = make_user(Role.OFFICE_HEAD, is_active=False)
    for person in (cast.stranger, inactive):
        assert not Finding.objects.visible_to(person).filter(pk=finding.pk).exists()
