"""Visits, spot checks and meetings: two people, signed in order, fixed by kind, counted when signed."""

import datetime as dt
import hashlib
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import NotAllowed, ServiceError, StaleRecord
from core.models import AuditEntry
from findings import services
from findings.models import SPECS, FieldPaper
from findings.rules import missing_minutes
from findings.workflow import FIELD_FLOW
from prep.selectors.duties import visit_board
from tests.findings import papers
from tests.findings.test_views import photo

pytestmark = pytest.mark.django_db

KINDS = sorted(SPECS)
EXPECTED = {
    ("draft", "submit"): {"member"},
    ("checking", "sign"): {"deputy"},
    ("checking", "return"): {"deputy"},
    ("checking", "reopen"): {"member", "deputy"},
    ("signed", "reopen"): {"member", "deputy"},
}
ROLES = (
    "office_head", "office_clerk", "leader", "deputy", "member", "archivist", "outsider", "town", "village",
    "discipline", "organisation", "department", "sysadmin", "stranger",
)  # fmt: skip
STATES = {"draft": papers.field, "checking": papers.checking_field, "signed": papers.signed_field}


@pytest.mark.parametrize("state", sorted(STATES))
def test_each_role_may_take_exactly_the_steps_of_the_table(state, cast):
    paper = STATES[state](cast)
    for step in FIELD_FLOW.transitions:
        may = {role for role in ROLES if FIELD_FLOW.check(getattr(cast, role), paper, step)}
        assert may == EXPECTED.get((state, step), set()), step


@pytest.mark.parametrize(("kind", "code"), [("visit", "ZF"), ("check", "CC"), ("meeting", "ZT")])
def test_each_kind_is_numbered_by_itself_at_its_first_signature(cast, kind, code):
    draft = papers.field(cast, kind)
    assert draft.no == ""
    first, second = papers.checking_field(cast, kind), papers.checking_field(cast, kind)
    assert (first.no[-7:], second.no[-7:]) == (f"{code}-0001", f"{code}-0002")


@pytest.mark.parametrize("kind", KINDS)
def test_both_sign_one_content_and_any_change_breaks_it(cast, kind):
    paper = papers.signed_field(cast, kind)
    marks = list(paper.signatures.order_by("at"))
    assert [(m.role, m.user) for m in marks] == [("recorder", cast.member), ("companion", cast.deputy)]
    assert marks[0].content_hash == marks[1].content_hash
    details = papers.DETAILS[kind] | {SPECS[kind].parts[0].name: SPECS[kind].parts[0].empty() or None}
    details = {key: value for key, value in details.items() if value is not None}
    services.edit_field_paper(
        actor=cast.member, paper=paper, revision=paper.revision, values={"content": "改了。"}, details=details
    )
    paper = papers.reload(paper)
    assert paper.status == "draft" and not paper.signatures.filter(cleared_at=None).exists()


def test_what_was_signed_can_be_worked_out_from_the_rows_alone(cast):
    """The digest is that of the canonical text a second reader builds from the stored values."""
    paper = papers.signed_field(cast)
    body = {
        "v": 1, "no": paper.no, "kind": "visit", "subject": "三组农户", "place": "云溪村三组",
        "content": "户主说水塘有人承包多年。", "details": paper.details, "files": [],
        "happened_at": paper.happened_at.isoformat(), "ended_at": paper.ended_at.isoformat(),
        "village": str(paper.village_id), "people": [str(cast.deputy.pk), str(cast.member.pk)],
    }  # fmt: skip
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert paper.signatures.first().content_hash == hashlib.sha256(text.encode()).hexdigest()


def test_nobody_goes_alone_and_only_with_the_own_team(cast):
    with pytest.raises(ServiceError, match="不能是同一人"):
        papers.field(cast, companion=cast.member)
    with pytest.raises(ServiceError, match="不是本巡察组成员"):
        papers.field(cast, companion=cast.outsider)
    paper = papers.field(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        FieldPaper.objects.filter(pk=paper.pk).update(companion=cast.member)


def test_only_the_parts_of_its_kind_are_kept_and_empty_rows_are_not(cast):
    given = {
        "method": "账实核对", "items": [{"item": " 甲 ", "expected": "1", "foreign": "x"}, {"item": "  "}],
        "satisfaction": "满意",
    }  # fmt: skip
    paper = papers.field(cast, "check", details=given)
    assert "satisfaction" not in paper.details
    assert paper.details["items"] == [{"item": "甲", "expected": "1", "actual": "", "note": ""}]


@pytest.mark.parametrize(
    ("kind", "details", "word"),
    [("visit", {"visitee": "村霸"}, "身份类别"), ("visit", {"households": -1}, "走访户数"),
     ("meeting", {"attendance": 100_000}, "参加人数"), ("check", {"method": "猜"}, "抽查方法")],
)  # fmt: skip
def test_what_is_not_on_the_paper_form_is_refused(cast, kind, details, word):
    with pytest.raises(ServiceError, match=word):
        papers.field(cast, kind, details=details)


def test_a_paper_with_gaps_is_kept_but_not_signed_and_says_what_is_missing(cast):
    bare = {"visit_kind": "入户", "visitee": "", "households": None}
    paper = papers.field(cast, details=bare, ended_at=None, content=" ")
    assert missing_minutes(paper) == ["结束时间", "反映和看到的情况", "身份类别", "走访户数"]
    with pytest.raises(NotAllowed, match="走访户数"):
        services.submit_minutes(actor=cast.member, paper=paper)


def test_the_second_of_two_editors_keeps_his_words(cast):
    paper, again = papers.field(cast), None
    again = papers.reload(paper)
    services.edit_field_paper(
        actor=cast.member, paper=again, revision=again.revision, values={"content": "先到"}, details={}
    )
    with pytest.raises(StaleRecord) as caught:
        services.edit_field_paper(
            actor=cast.deputy, paper=paper, revision=paper.revision, values={"content": "后到"}, details={}
        )
    assert caught.value.attempted["content"] == "后到" and caught.value.current.content == "先到"


# --- counted ----------------------------------------------------------------------------------------------


def visited(cast, subject=""):
    lines = {line.duty.subject: line.done for line in visit_board(cast.member, cast.inspection).lines}
    return lines[subject]


def test_a_signed_household_visit_counts_until_its_signatures_fall(cast):
    before, group_before = visited(cast), visited(cast, "低保户")
    paper = papers.checking_field(cast, details={"households": 3})
    assert visited(cast) == before
    paper = papers.reload(services.sign_minutes(actor=cast.deputy, paper=paper))
    assert (visited(cast), visited(cast, "低保户")) == (before + 3, group_before + 3)
    services.edit_field_paper(
        actor=cast.member, paper=paper, revision=paper.revision, values={"content": "补充"}, details={}
    )
    assert (visited(cast), papers.reload(paper).counted) == (before, None)


@pytest.mark.parametrize("details", [{"visit_kind": "企业"}, {"visit_kind": "项目现场"}])
def test_other_visits_do_not_count_as_households(cast, details):
    before = visited(cast)
    papers.signed_field(cast, details=details)
    assert visited(cast) == before


def test_a_visit_of_tomorrow_is_not_signed(cast):
    start = timezone.now() + dt.timedelta(days=1)
    paper = papers.checking_field(cast, happened_at=start, ended_at=start + dt.timedelta(minutes=5))
    with pytest.raises(ServiceError, match="不能晚于今天"):
        services.sign_minutes(actor=cast.deputy, paper=paper)
    assert papers.reload(paper).status == "checking"


# --- files ------------------------------------------------------------------------------------------------


def with_files(cast, count=3):
    paper = papers.field(cast)
    uploads = [photo(f"照片{n}.jpg") for n in range(1, count + 1)]
    services.add_field_files(actor=cast.member, paper=paper, revision=paper.revision, uploads=uploads)
    return papers.reload(paper)


def names(paper):
    return list(paper.files.order_by("seq").values_list("seq", "file__name"))


def test_files_keep_their_order_through_moves_and_removal(cast):
    paper = with_files(cast)
    third = paper.files.get(seq=3)
    services.move_field_file(actor=cast.member, row=third, revision=paper.revision, up=True)
    assert names(paper) == [(1, "照片1.jpg"), (2, "照片3.jpg"), (3, "照片2.jpg")]
    first = papers.reload(paper).files.get(seq=1)
    services.remove_field_file(actor=cast.member, row=first, revision=papers.reload(paper).revision)
    assert names(paper) == [(1, "照片3.jpg"), (2, "照片2.jpg")]


def test_a_caption_after_the_signature_takes_the_signatures_with_it(cast):
    paper = with_files(cast, 1)
    services.submit_minutes(actor=cast.member, paper=paper)
    paper = papers.reload(paper)
    row = paper.files.get()
    services.caption_field_files(
        actor=cast.member, paper=paper, revision=paper.revision, captions={row.pk: "三组水塘"}
    )
    assert papers.reload(paper).status == "draft"


def test_a_file_that_lies_about_its_kind_is_refused_and_none_of_its_company_stays(cast):
    paper = papers.field(cast)
    uploads = [photo(), SimpleUploadedFile("照片.jpg", b"MZ\x90\x00", content_type="image/jpeg")]
    with pytest.raises(ServiceError):
        services.add_field_files(actor=cast.member, paper=paper, revision=paper.revision, uploads=uploads)
    assert not paper.files.exists()


# --- as evidence ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "source"), [("visit", "visit"), ("check", "site"), ("meeting", "talk")])
def test_cited_it_counts_as_its_kind_of_source_and_must_be_signed(cast, kind, source):
    finding, paper = papers.draft(cast, evidence=[]), papers.field(cast, kind)
    services.add_evidence(actor=cast.member, finding=finding, items=[{"paper": paper}])
    finding = papers.reload(finding)
    assert (finding.evidence_kinds, finding.strength) == ([source], 1)
    with pytest.raises(ServiceError, match="的签名"):
        services.sign_as_handler(actor=finding.handler, finding=finding)
    services.submit_minutes(actor=cast.member, paper=paper)
    services.sign_minutes(actor=cast.deputy, paper=papers.reload(paper))
    finding = papers.reload(services.sign_as_handler(actor=finding.handler, finding=papers.reload(finding)))
    assert finding.status == "checking"
    assert not FIELD_FLOW.check(cast.member, papers.reload(paper), "reopen")


def test_another_village_is_not_cited(cast):
    finding = papers.draft(cast)
    foreign = FieldPaper(inspection=cast.other_inspection, kind="visit")
    with pytest.raises(ServiceError, match="只能引用本村"):
        services.add_evidence(actor=cast.member, finding=finding, items=[{"paper": foreign}])


def test_the_trail_does_not_quote_it(cast):
    papers.signed_field(
        cast, subject="机密甲", place="机密乙", content="机密丙", details={"household_no": "机密丁"}
    )
    entries = AuditEntry.objects.values_list("target_label", "before", "after", "reason")
    assert "机密" not in str(list(entries))
