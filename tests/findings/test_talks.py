"""Talk records: two people, signed in order, fixed once a signed paper rests on them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.audit import AuditEntry
from core.errors import NotAllowed, ServiceError, StaleRecord
from findings import services
from findings.models import Talk
from findings.workflow import TALK_FLOW
from prep.services import finalise_outline
from tests.findings import papers
from tests.prep import outlines

pytestmark = pytest.mark.django_db

# Recorder is the member, talker the deputy; whoever is not named may not.
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


def submitted(cast, **over):
    record = papers.talk(cast, **over)
    return papers.reload(services.submit_minutes(actor=record.recorder, paper=record))


STATES = {"draft": papers.talk, "checking": submitted, "signed": papers.signed_talk}


@pytest.mark.parametrize("state", sorted(STATES))
def test_each_role_may_take_exactly_the_steps_of_the_table(state, cast):
    record = STATES[state](cast)
    for step in TALK_FLOW.transitions:
        may = {role for role in ROLES if TALK_FLOW.check(getattr(cast, role), record, step)}
        assert may == EXPECTED.get((state, step), set()), step


def test_recorder_and_talker_sign_one_content(cast):
    record = papers.signed_talk(cast)
    marks = list(record.signatures.order_by("at"))
    assert [(m.role, m.user_id) for m in marks] == [("recorder", cast.member.pk), ("talker", cast.deputy.pk)]
    assert marks[0].content_hash == marks[1].content_hash
    assert record.no.endswith("-TH-0001")


def test_one_person_cannot_hold_a_talk_alone(cast):
    with pytest.raises(ServiceError, match="二人"):
        papers.talk(cast, talker=cast.member, recorder=cast.member)
    record = papers.talk(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Talk.objects.filter(pk=record.pk).update(talker=cast.member)


def test_both_belong_to_the_team(cast):
    with pytest.raises(ServiceError, match="不是本巡察组成员"):
        papers.talk(cast, talker=cast.outsider)


def test_an_unfinished_record_is_not_submitted(cast):
    record = papers.talk(cast, read_back=False, ended_at=None)
    with pytest.raises(NotAllowed, match="结束时间.*宣读"):
        services.submit_minutes(actor=cast.member, paper=record)
    assert papers.reload(record).no == ""


def test_an_end_before_the_start_is_refused(cast):
    with pytest.raises(ServiceError, match="早于"):
        papers.talk(cast, ended_at=dt.datetime(2026, 3, 6, 8, 0, tzinfo=dt.UTC))


def test_an_edit_after_signing_clears_the_signatures_and_keeps_the_number(cast):
    record = papers.signed_talk(cast)
    points = [{"question": "问", "answer": "改后的回答", "key_point": ""}]
    services.edit_talk(actor=cast.member, talk=record, revision=record.revision, values={}, points=points)
    after = papers.reload(record)
    assert (after.status, after.no) == ("draft", record.no)
    assert after.signatures.filter(cleared_at=None).count() == 0
    assert after.signatures.count() == 2


def test_saving_without_a_change_leaves_the_signatures_alone(cast):
    record = papers.signed_talk(cast)
    services.edit_talk(
        actor=cast.member, talk=record, revision=record.revision, values={"place": record.place},
        points=record.point_rows(),
    )  # fmt: skip
    assert papers.reload(record).status == "signed"


def test_a_record_under_a_signed_paper_stands_still(cast):
    record = papers.signed_talk(cast)
    finding = papers.checking(cast, evidence=[{"talk": record}])
    record = papers.reload(record)
    with pytest.raises(NotAllowed, match="支撑材料"):
        services.edit_talk(actor=cast.member, talk=record, revision=record.revision, values={"place": "别处"})
    services.return_finding(actor=cast.deputy, finding=finding, reason="核对谈话地点")
    record = papers.reload(record)
    services.edit_talk(actor=cast.member, talk=record, revision=record.revision, values={"place": "别处"})


def test_a_returned_record_is_the_recorders_draft_again(cast):
    record = submitted(cast)
    services.return_minutes(actor=cast.deputy, paper=record, reason="第二问漏记")
    after = papers.reload(record)
    assert (after.status, after.signatures.filter(cleared_at=None).count()) == ("draft", 0)


def test_a_lost_update_of_a_record_is_noticed(cast):
    record = papers.talk(cast)
    seen = record.revision
    services.edit_talk(actor=cast.member, talk=papers.reload(record), revision=seen, values={"place": "甲处"})
    with pytest.raises(StaleRecord) as clash:
        services.edit_talk(
            actor=cast.deputy, talk=papers.reload(record), revision=seen, values={"place": "乙处"}, points=[]
        )
    assert (clash.value.current.place, clash.value.attempted["place"]) == ("甲处", "乙处")


def test_a_cited_or_numbered_record_is_not_deleted_a_plain_draft_is_and_comes_back(cast):
    numbered = submitted(cast)
    with pytest.raises(NotAllowed):
        services.delete_minutes(actor=cast.member, paper=numbered, revision=numbered.revision, reason="x")
    cited = papers.talk(cast)
    papers.draft(cast, evidence=[{"talk": cited}])
    with pytest.raises(NotAllowed, match="移除"):
        services.delete_minutes(actor=cast.member, paper=cited, revision=cited.revision, reason="x")
    plain = papers.talk(cast)
    services.delete_minutes(actor=cast.member, paper=plain, revision=plain.revision, reason="记重了")
    gone = papers.reload(plain)
    assert gone.deleted_at
    services.restore_minutes(actor=cast.member, paper=gone, revision=gone.revision)
    assert papers.reload(plain).deleted_at is None


def test_who_was_talked_to_is_not_quoted_in_the_trail(cast):
    papers.signed_talk(cast, target_name="谈话对象金丝雀")
    entries = AuditEntry.objects.values_list("target_label", "after", "before", "reason")
    assert "金丝雀" not in str(list(entries))


def test_only_the_own_team_and_the_office_see_records(cast):
    record = papers.talk(cast)
    seen = {
        role for role in ROLES if Talk.objects.visible_to(getattr(cast, role)).filter(pk=record.pk).exists()
    }
    assert seen == {"office_head", "office_clerk", "leader", "deputy", "member", "archivist"}


def test_the_page_shows_what_was_said_and_folds_the_questions_left_open_must_ask_ones_first(cast, client):
    outline = outlines.draw(cast)
    line = outline.lines.order_by("seq").first()
    outlines.save(cast, outline, [
        {"id": str(line.pk), "text": "平时几个人碰头？", "must": False},
        {"id": "", "text": "租金由谁收取？", "must": True},
        {"id": "", "text": "收据由谁保管？", "must": True},
    ])  # fmt: skip
    outline = finalise_outline(actor=cast.member, outline=type(outline).objects.get(pk=outline.pk))
    record = papers.talk(cast, outline=outline, points=[
        {"question": "平时几个人碰头？", "answer": "", "key_point": ""},
        {"question": "租金由谁收取？", "answer": "会计收。", "key_point": ""},
        {"question": "收据由谁保管？", "answer": "", "key_point": ""},
    ])  # fmt: skip
    client.force_login(cast.member)
    page = client.get(reverse("findings:talk", kwargs={"pk": record.pk})).content.decode()
    shown, folded = page.split('<details class="talk-unasked">')
    folded = folded.split("</details>")[0]
    assert "租金由谁收取？" in shown and "租金由谁收取？" not in folded
    assert "碰头" not in shown and "收据" not in shown and "未回答" not in page
    assert "还有2问未谈" in folded
    assert folded.index("必问</span> 收据由谁保管？") < folded.index("平时几个人碰头？")
