"""Meeting records: two people sign, then they stand; recusal hides a village; matters reach the list once."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from docx import Document

from core import clock
from core.errors import NotAllowed, ServiceError, StaleRecord
from core.files import read_bytes
from core.jobs.runner import run_due
from core.models.jobs import Job
from prep.models import FocusMeeting, MeetingVillage, Origin, WatchItem
from prep.selectors.meetings import discussed
from prep.selectors.office_desk import office_desk_items
from prep.services import meetings as services
from tests.core.ooxml import assert_valid
from tests.factories import make_inspection, make_member, make_village
from tests.prep.office_papers import meeting, meeting_values
from villages.models import Recusal, Round, TeamRole

pytestmark = pytest.mark.django_db
FOCUS = ["核对鱼塘合同和租金", "入户核对低保对象"]


@pytest.fixture
def second(cast):
    """A second village of the cast's team, from which the archivist stands aside."""
    row = make_inspection(cast.team, make_village(cast.town_place, name="石塘村"))
    Recusal.objects.create(user=cast.archivist, village=row.village, relation="kin")
    return row


def write(row, actor, analysis="信访集中在鱼塘承包。", focus=FOCUS):
    return services.record_village(
        actor=actor, row=row, revision=row.revision, analysis=analysis, focus=list(focus)
    )


def signed(cast, record):
    services.step_meeting(actor=record.recorder, meeting=record, step="sign_recorder")
    return services.step_meeting(actor=record.chair, meeting=record, step="sign_chair")


# --- signing ----------------------------------------------------------------------------------------------


def test_recorder_then_chair_sign_and_the_record_stands(cast):
    record = meeting(cast)
    with pytest.raises(NotAllowed, match="不能主持人签署"):
        services.step_meeting(actor=cast.leader, meeting=record, step="sign_chair")
    for other in (cast.leader, cast.deputy, cast.office_head, cast.outsider):
        with pytest.raises(NotAllowed):
            services.step_meeting(actor=other, meeting=record, step="sign_recorder")
    services.step_meeting(actor=cast.member, meeting=record, step="sign_recorder")
    for other in (cast.member, cast.deputy, cast.office_head):
        with pytest.raises(NotAllowed):
            services.step_meeting(actor=other, meeting=record, step="sign_chair")
    services.step_meeting(actor=cast.leader, meeting=record, step="sign_chair")
    assert record.recorded_at and record.signed_at
    row = record.villages.get()
    for change in (
        lambda: services.edit_meeting(actor=cast.leader, meeting=record, revision=record.revision, values={}),
        lambda: write(row, cast.member),
        lambda: services.attach_to_meeting(actor=cast.member, meeting=record, uploads=[]),
    ):
        with pytest.raises(NotAllowed, match="已签"):
            change()


def test_the_chair_gives_it_back_with_a_reason_and_it_may_be_changed_again(cast):
    record = meeting(cast)
    services.step_meeting(actor=cast.member, meeting=record, step="sign_recorder")
    with pytest.raises(ServiceError, match="理由"):
        services.step_meeting(actor=cast.leader, meeting=record, step="give_back")
    services.step_meeting(actor=cast.leader, meeting=record, step="give_back", reason="补写分工")
    assert (record.status, record.recorded_at) == ("draft", None)
    services.edit_meeting(
        actor=cast.member, meeting=record, revision=record.revision, values={"content": "分工：…"}
    )


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"attendance": []}, "至少两人到会"),
        ({"content": ""}, "会议内容和各村研判都还没有填写"),
        (
            {"attendance": [{"name": n, "post": "", "present": p, "reason": ""} for n, p in
                            (("甲", True), ("乙", True), ("丙", False))]},
            "有缺席人员没有写明原因",
        ),
    ],
)  # fmt: skip
def test_an_incomplete_record_is_not_signed_and_says_why(cast, over, words):
    with pytest.raises(NotAllowed, match=words):
        services.step_meeting(actor=cast.member, meeting=meeting(cast, **over), step="sign_recorder")


def test_chair_and_recorder_are_two_members_of_the_team(cast):
    unsworn = make_member(cast.team, TeamRole.MEMBER, sworn=False)
    for over in ({"recorder": cast.leader}, {"chair": cast.outsider}, {"recorder": unsworn}):
        with pytest.raises(ServiceError):
            meeting(cast, **over)
    record = meeting(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        FocusMeeting.objects.filter(pk=record.pk).update(recorder=cast.leader)


def test_only_the_team_records_in_a_running_round_and_not_the_future(cast):
    for other in (cast.outsider, cast.office_clerk, cast.town):
        with pytest.raises(NotAllowed):
            services.open_meeting(actor=other, team=cast.team, values=meeting_values(cast))
    with clock.held(dt.date(2026, 2, 28)), pytest.raises(ServiceError, match="不能晚于现在"):
        services.open_meeting(actor=cast.member, team=cast.team, values=meeting_values(cast))
    Round.objects.filter(pk=cast.round.pk).update(status="closed")
    cast.team.round.refresh_from_db()
    with pytest.raises(NotAllowed, match="已结束"):
        meeting(cast)


# --- villages ---------------------------------------------------------------------------------------------


def test_who_stands_aside_from_a_village_sees_the_record_without_it(cast, second, client, tmp_path):
    record = meeting(cast, [cast.inspection, second])
    for row in MeetingVillage.objects.filter(meeting=record):
        write(row, cast.member, f"{row.village.name}的分析")
    assert [row.village.name for row in discussed(cast.archivist, record)] == ["云溪村"]
    assert len(discussed(cast.member, record)) == 2
    client.force_login(cast.archivist)
    text = client.get(reverse("prep:focusmeeting", kwargs={"pk": record.pk})).content.decode()
    assert "云溪村的分析" in text and "石塘村" not in text
    printed = {who: word(who, record, tmp_path) for who in (cast.archivist, cast.member)}
    assert "石塘村" not in printed[cast.archivist] and "须回避的1个村" in printed[cast.archivist]
    assert "石塘村的分析" in printed[cast.member]


def test_a_recused_deputy_cannot_list_the_village_and_does_not_drop_it_either(cast, second):
    Recusal.objects.create(user=cast.deputy, village=second.village, relation="kin")
    with pytest.raises(ServiceError, match="不须回避"):
        services.open_meeting(
            actor=cast.deputy, team=cast.team, values=meeting_values(cast), villages=[second]
        )
    record = meeting(cast, [cast.inspection, second])
    services.edit_meeting(
        actor=cast.deputy, meeting=record, revision=record.revision, values={}, villages=[cast.inspection]
    )
    assert record.villages.count() == 2


def test_a_village_of_which_something_was_written_is_not_dropped(cast, second):
    record = meeting(cast, [cast.inspection, second])
    write(record.villages.get(inspection=second), cast.member)
    with pytest.raises(ServiceError, match="石塘村已经有研判内容"):
        services.edit_meeting(
            actor=cast.member, meeting=record, revision=record.revision, values={}, villages=[cast.inspection]
        )
    services.edit_meeting(
        actor=cast.member, meeting=record, revision=record.revision, values={}, villages=[second]
    )
    assert [row.inspection for row in record.villages.all()] == [second]


def test_the_second_of_two_writers_is_noticed(cast):
    row = meeting(cast).villages.get()
    stale = MeetingVillage.objects.get(pk=row.pk)
    write(row, cast.member)
    with pytest.raises(StaleRecord):
        services.record_village(
            actor=cast.leader, row=stale, revision=1, analysis="另一种说法", focus=["别的"]
        )


# --- the watch list ---------------------------------------------------------------------------------------


def test_agreed_matters_reach_the_watch_list_once(cast):
    row = write(meeting(cast).villages.get(), cast.member)
    made = services.seed_from_meeting(actor=cast.member, row=row)
    assert [(item.title, item.origin, item.scope) for item in made] == [
        (title, Origin.MEETING, "individual") for title in FOCUS
    ]
    assert made[0].basis == "巡前研判会议定" and "鱼塘承包" in made[0].origin_note
    assert services.seed_from_meeting(actor=cast.leader, row=row) == []
    row = write(row, cast.member, focus=[*FOCUS, "查清往来款"])
    assert [item.title for item in services.seed_from_meeting(actor=cast.member, row=row)] == ["查清往来款"]
    assert WatchItem.objects.filter(inspection=cast.inspection).count() == 3


def test_matters_that_begin_alike_are_two_matters(cast):
    long = "核对二〇二三年以来全部承包租赁合同的签订、续签、变更和终止情况"
    row = write(meeting(cast).villages.get(), cast.member, focus=[f"{long}甲", f"{long}乙"])
    assert len(services.seed_from_meeting(actor=cast.member, row=row)) == 2


def test_outsiders_and_the_office_do_not_write_watch_lists(cast):
    row = write(meeting(cast).villages.get(), cast.member)
    for other in (cast.outsider, cast.office_head):
        with pytest.raises(NotAllowed):
            services.seed_from_meeting(actor=other, row=row)


def test_the_button_on_the_page_takes_them_over_and_then_says_so(cast, client):
    record = meeting(cast)
    row = write(record.villages.get(), cast.member)
    client.force_login(cast.member)
    page = reverse("prep:focusmeeting", kwargs={"pk": record.pk})
    assert "列入待查问题清单（2条）" in client.get(page).content.decode()
    assert client.post(reverse("prep:meeting_seed", kwargs={"pk": row.pk})).url == page
    assert "已全部列入" in client.get(page).content.decode()


# --- files, form, paper -----------------------------------------------------------------------------------


def test_attachments_are_kept_untouched_and_fetched_by_who_sees_the_record(cast, client):
    record = meeting(cast)
    upload = SimpleUploadedFile("方案.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    services.attach_to_meeting(actor=cast.member, meeting=record, uploads=[upload])
    kept = record.files.get()
    assert read_bytes(kept.file) == b"%PDF-1.4\n%%EOF\n"
    address = reverse("prep:meeting_file", kwargs={"pk": kept.pk})
    for who, code in ((cast.leader, 200), (cast.office_clerk, 200), (cast.outsider, 404)):
        client.force_login(who)
        assert client.get(address).status_code == code


def sheet(**over):
    values = {
        "name": "巡前研判会", "kind": "focus", "held_at": "2026-03-01T09:30", "place": "党校", "content": "研究分工。",
        "guests": "巡察办联络员\n\n镇纪委书记", "attendance-0-name": "组长", "attendance-0-present": "yes",
        "attendance-1-name": "组员", "attendance-1-present": "no", "attendance-1-reason": "出差",
        "attendance-2-name": "", "attendance-2-present": "", "_key": "k",
    }  # fmt: skip
    return values | over


def test_the_form_opens_a_record_with_attendance_and_villages(cast, client):
    client.force_login(cast.member)
    address = reverse("prep:meeting_new", kwargs={"pk": cast.team.pk})
    assert "云溪村" in client.get(address).content.decode()
    people = {"chair": str(cast.leader.pk), "recorder": str(cast.member.pk)}
    response = client.post(address, sheet(villages=[str(cast.inspection.pk)], **people))
    record = FocusMeeting.objects.get()
    assert response.url == reverse("prep:focusmeeting", kwargs={"pk": record.pk})
    assert [(row["name"], row["present"], row["reason"]) for row in record.attendance] == [
        ("组长", True, ""), ("组员", False, "出差"),
    ]  # fmt: skip
    assert record.guests == ["巡察办联络员", "镇纪委书记"]
    assert [row.village.name for row in record.villages.all()] == ["云溪村"]


def word(who, record, tmp_path):
    row = services.request_minutes(actor=who, meeting=record)
    run_due(row.pk)
    content = read_bytes(Job.objects.get(pk=row.pk).result_file)
    assert_valid(content, tmp_path)
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_record_on_paper_holds_attendance_villages_and_both_signatures(cast, tmp_path):
    record = meeting(cast)
    write(record.villages.get(), cast.member)
    text = word(cast.leader, signed(cast, record), tmp_path)
    for part in (
        "巡前研判会记录", "2026年3月1日 09:30", "党校会议室", "应到", "4人", "档案员（档案管理员）", "巡察办联络员",
        "研究了分工。", "信访集中在鱼塘承包。", "1.核对鱼塘合同和租金", "记录人：组员", "主持人：组长",
    ):  # fmt: skip
        assert part in text, part


# --- reach and cost ---------------------------------------------------------------------------------------


def test_the_chair_finds_the_record_on_the_desk(cast):
    record = meeting(cast)
    assert office_desk_items(cast.leader, cast.round) == []
    services.step_meeting(actor=cast.member, meeting=record, step="sign_recorder")
    assert [line.title for line in office_desk_items(cast.leader, cast.round)] == ["巡前研判会等我签署"]
    assert office_desk_items(cast.deputy, cast.round) == []


def test_own_team_and_office_see_the_record_nobody_else(cast):
    meeting(cast)
    unsworn = make_member(cast.team, TeamRole.MEMBER, sworn=False)
    seen = [who for who in (cast.archivist, cast.office_clerk, cast.outsider, cast.town, cast.sysadmin, unsworn)
            if FocusMeeting.objects.visible_to(who).exists()]  # fmt: skip
    assert seen == [cast.archivist, cast.office_clerk]


def test_list_and_record_cost_the_same_with_one_and_with_three(cast, client, django_assert_max_num_queries):
    def cost(address):
        with django_assert_max_num_queries(70) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    record = meeting(cast)
    write(record.villages.get(), cast.member)
    client.force_login(cast.member)
    pages = [reverse("prep:meetings"), reverse("prep:focusmeeting", kwargs={"pk": record.pk})]
    cost(pages[0])
    before = [cost(page) for page in pages]
    more = [make_inspection(cast.team, make_village(cast.town_place)) for _ in range(2)]
    services.edit_meeting(
        actor=cast.member, meeting=record, revision=record.revision, values={},
        villages=[cast.inspection, *more],
    )  # fmt: skip
    for row in record.villages.exclude(inspection=cast.inspection):
        write(row, cast.member)
    meeting(cast)
    meeting(cast)
    assert [cost(page) for page in pages] == before
