"""Three different people under one content; what each change does to the signatures."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core import audit
from core.errors import NotAllowed, ServiceError, StaleRecord
from findings import services
from findings.models import Finding, Signature, SignRole, SourceKind
from findings.selectors.content import content_hash
from tests.findings import papers

pytestmark = pytest.mark.django_db


def live(finding):
    return list(finding.signatures.filter(cleared_at=None).order_by("at").values_list("role", flat=True))


def test_three_people_sign_one_content_in_order(cast):
    finding = papers.signed(cast)
    marks = list(finding.signatures.order_by("at"))
    assert [(m.role, m.user_id) for m in marks] == [
        ("handler", cast.member.pk),
        ("deputy", cast.deputy.pk),
        ("leader", cast.leader.pk),
    ]
    assert {m.content_hash for m in marks} == {content_hash(finding)}
    assert (finding.deputy_id, finding.leader_id) == (cast.deputy.pk, cast.leader.pk)


def test_the_number_is_given_at_the_first_signature_and_kept_for_ever(cast):
    finding = papers.draft(cast)
    assert finding.no == ""
    finding = papers.reload(services.sign_as_handler(actor=cast.member, finding=finding))
    assert finding.no.endswith("-DG-0001")
    number = finding.no
    finding = papers.reload(services.return_finding(actor=cast.deputy, finding=finding, reason="补充"))
    finding = papers.reload(services.sign_as_handler(actor=cast.member, finding=finding))
    assert finding.no == number


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"summary": "  "}, "问题表现"),
        ({"facts": ""}, "查证事实"),
        ({"basis": []}, "政策依据"),
        ({"origins": []}, "问题来源"),
        ({"disposal": ""}, "处置建议"),
        ({"period_from": None, "period_to": None}, "发生时间"),
        ({"subcategory": None}, "二级类别"),
        ({"response_of_target": ""}, "反映意见"),
        ({"evidence": []}, "支撑材料"),
        ({"steps": []}, "发现过程"),
    ],
)
def test_an_incomplete_paper_is_refused_naming_what_is_missing(lacking, said, cast):
    finding = papers.draft(cast, **lacking)
    with pytest.raises(ServiceError, match=said):
        services.sign_as_handler(actor=cast.member, finding=finding)
    assert papers.reload(finding).no == ""


def test_everything_missing_is_said_at_once(cast):
    finding = papers.draft(cast, summary="", facts="", evidence=[])
    with pytest.raises(ServiceError) as refusal:
        services.sign_as_handler(actor=cast.member, finding=finding)
    assert all(word in refusal.value.message for word in ("问题表现", "查证事实", "支撑材料"))


def test_a_reason_may_stand_for_the_missing_response(cast):
    finding = papers.draft(cast, response_of_target="", no_response_reason="当事人外出未归，已两次电话联系。")
    services.sign_as_handler(actor=cast.member, finding=finding)
    assert papers.reload(finding).status == "checking"


def test_a_cited_talk_must_be_signed_first(cast):
    talk = papers.talk(cast)
    finding = papers.draft(cast, evidence=[{"talk": talk}])
    with pytest.raises(ServiceError, match="谈话记录"):
        services.sign_as_handler(actor=cast.member, finding=finding)
    services.submit_minutes(actor=cast.member, paper=talk)
    services.sign_minutes(actor=cast.deputy, paper=papers.reload(talk))
    services.sign_as_handler(actor=cast.member, finding=papers.reload(finding))


@pytest.mark.parametrize("state", ["checking", "signing", "signed"])
@pytest.mark.parametrize("editor", ["member", "deputy", "leader"])
def test_an_edit_under_signatures_clears_them_all_and_reopens_the_paper(state, editor, cast):
    finding = papers.BY_STATE[state](cast)
    before = len(live(finding))
    services.edit_finding(
        actor=getattr(cast, editor), finding=finding, revision=finding.revision, values={"facts": "另查明……"}
    )
    after = papers.reload(finding)
    assert (after.status, live(after), after.deputy, after.leader) == ("draft", [], None, None)
    fallen = list(after.signatures.exclude(cleared_at=None))
    assert len(fallen) == before
    assert all("修改" in mark.clear_reason for mark in fallen)
    assert audit.history(after).filter(verb="findings.clear_signatures").exists()


def test_saving_without_a_change_leaves_the_signatures_alone(cast):
    finding = papers.signed(cast)
    services.edit_finding(
        actor=cast.member,
        finding=finding,
        revision=finding.revision,
        values=papers.values(cast),
        steps=papers.STEPS,
    )
    after = papers.reload(finding)
    assert (after.status, live(after)) == ("signed", ["handler", "deputy", "leader"])


@pytest.mark.parametrize(
    "change",
    [
        lambda f, cast: services.add_evidence(actor=cast.member, finding=f, items=[{"name": "补充材料"}]),
        lambda f, cast: services.remove_evidence(
            actor=cast.member, item=f.evidence.first(), revision=f.revision
        ),
        lambda f, cast: services.edit_evidence(
            actor=cast.member, item=f.evidence.first(), revision=f.revision, values={"page_range": "第9页"}
        ),
        lambda f, cast: services.move_evidence(
            actor=cast.member, item=f.evidence.first(), revision=f.revision, up=False
        ),
        lambda f, cast: services.add_person(
            actor=cast.member, finding=f, revision=f.revision, name="涉及人甲"
        ),
        lambda f, cast: services.edit_finding(
            actor=cast.member, finding=f, revision=f.revision, values={}, steps=papers.STEPS * 2
        ),
    ],
    ids=["add", "remove", "caption", "order", "person", "steps"],
)
def test_parts_of_the_paper_are_content_too(change, cast):
    finding = papers.signed(cast)
    signed_over = content_hash(finding)
    change(finding, cast)
    after = papers.reload(finding)
    assert (after.status, live(after)) == ("draft", [])
    assert content_hash(after) != signed_over


def test_the_hash_covers_file_and_talk_not_status_or_figures(cast):
    finding = papers.draft(cast)
    first = content_hash(finding)
    assert content_hash(papers.reload(finding)) == first
    Finding.objects.filter(pk=finding.pk).update(status="returned", strength=9, revision=50)
    assert content_hash(papers.reload(finding)) == first
    Finding.objects.filter(pk=finding.pk).update(amount="59300.01")
    assert content_hash(papers.reload(finding)) != first


def test_a_paper_changed_behind_the_product_is_not_signed_further(cast):
    finding = papers.checking(cast)
    Finding.objects.filter(pk=finding.pk).update(facts="有人直接改了数据库")
    with pytest.raises(ServiceError, match="不一致"):
        services.sign_as_deputy(actor=cast.deputy, finding=papers.reload(finding))
    assert papers.reload(finding).status == "checking"


def test_what_was_signed_is_what_was_looked_at(cast):
    finding = papers.signing(cast)
    seen = finding.revision
    services.add_evidence(actor=cast.member, finding=papers.reload(finding), items=[{"name": "刚补的材料"}])
    services.sign_as_handler(actor=cast.member, finding=papers.reload(finding))
    services.sign_as_deputy(actor=cast.deputy, finding=papers.reload(finding))
    with pytest.raises(StaleRecord):
        services.sign_as_leader(actor=cast.leader, finding=papers.reload(finding), revision=seen)


def test_the_database_itself_refuses_one_person_twice(cast):
    finding = papers.checking(cast)
    mark = {"finding": finding, "user": cast.member, "at": dt.datetime.now(dt.UTC), "content_hash": "0" * 64}
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(role=SignRole.DEPUTY, **mark)
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(deputy=cast.member)
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(no="")


def test_bulk_signing_does_what_is_mine_and_says_what_it_left(cast):
    mine = [papers.signing(cast, title=f"问题{n}") for n in range(2)]
    not_yet, done = papers.checking(cast), papers.signed(cast)
    moved_on = papers.signing(cast)
    looked_at = moved_on.revision - 1
    rows = [(f, f.revision) for f in (*mine, not_yet, done)] + [(moved_on, looked_at)]
    outcome = services.sign_many(actor=cast.leader, findings=rows)
    assert [f.pk for f in outcome.done] == [f.pk for f in mine]
    assert [f.pk for f, _ in outcome.refused] == [not_yet.pk, done.pk, moved_on.pk]
    why = [text for _, text in outcome.refused]
    assert "副组长" in why[0] and "已审签" in why[1] and "改过" in why[2]
    assert papers.reload(moved_on).status == "signing"


def test_only_the_number_of_independent_kinds_counts(cast):
    finding = papers.draft(cast, evidence=[{"name": f"凭证{n}", "kind": SourceKind.LEDGER} for n in range(3)])
    assert (finding.evidence_count, finding.strength, finding.only_petition) == (3, 1, False)
    finding = papers.draft(cast, evidence=[{"name": "来信", "kind": SourceKind.PETITION}])
    assert finding.only_petition
    services.add_evidence(actor=cast.member, finding=finding, items=[{"name": "合同"}])
    assert (finding.strength, finding.only_petition) == (2, False)


def test_the_office_neither_writes_nor_signs(cast):
    finding = papers.draft(cast)
    for person in (cast.office_clerk, cast.office_head):
        with pytest.raises(NotAllowed):
            services.edit_finding(
                actor=person, finding=finding, revision=finding.revision, values={"facts": "x"}
            )
        with pytest.raises(NotAllowed):
            services.create_finding(actor=person, inspection=cast.inspection, values=papers.values(cast))


# --- the guards bite --------------------------------------------------------------------------------------


def test_a_hash_that_forgot_the_evidence_would_not_see_it_change(cast, monkeypatch):
    finding = papers.draft(cast)
    honest = content_hash(finding)
    monkeypatch.setattr("findings.selectors.content._evidence", lambda item: [])
    forgetful = content_hash(finding)
    finding.evidence.filter(seq=1).update(page_range="第9页")
    assert content_hash(finding) == forgetful
    monkeypatch.undo()
    assert content_hash(finding) != honest
