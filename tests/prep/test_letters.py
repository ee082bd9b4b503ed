"""Data letters: many at once, numbered, answered with files as they came, late ones reminded of, seeds of lists."""

import datetime as dt
import hashlib
import io

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from docx import Document

from core import clock
from core.audit import SYSTEM
from core.errors import NotAllowed, ServiceError
from core.files import read_bytes
from core.jobs.runner import run_due
from core.models.jobs import Job
from prep.models import AskedDepartment, DataLetter, LetterReply, Origin, ReplyFile, WatchItem
from prep.selectors import letters as selectors
from prep.selectors.office_desk import office_desk_items
from prep.services import letters as services
from tests.core.ooxml import assert_valid
from tests.factories import make_inspection, make_member, make_village
from tests.prep.office_papers import department, letter, reply, upload
from villages.models import Recusal, Round, TeamRole

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 5)


def made(cast, ask, tmp_path):
    row = ask()
    run_due(row.pk)
    content = read_bytes(Job.objects.get(pk=row.pk).result_file)
    assert_valid(content, tmp_path)
    return content


def text_of(content):
    return "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)


# --- writing and sending ----------------------------------------------------------------------------------


def test_the_initial_list_has_twenty_departments_and_loads_once(cast):
    assert services.load_departments(actor=SYSTEM) == 20
    AskedDepartment.objects.filter(name="财政局").update(asks="改过的")
    assert services.load_departments(actor=SYSTEM) == 0
    assert AskedDepartment.objects.get(name="财政局").asks == "改过的"
    assert all(row.asks and row.form and row.addressee for row in AskedDepartment.objects.all())


def test_twenty_letters_are_written_and_sent_in_one_go_with_numbers_in_a_row(cast):
    services.load_departments(actor=SYSTEM)
    with clock.held(dt.date(2026, 2, 16)):
        services.write_letters(
            actor=cast.office_clerk, round=cast.round, departments=AskedDepartment.objects.all(),
            due_on=dt.date(2026, 2, 27), inspections=[cast.inspection],
        )  # fmt: skip
        drafts = list(DataLetter.objects.order_by("department__order"))
        assert len(drafts) == 20 and {row.status for row in drafts} == {"draft"}
        services.send_letters(actor=cast.office_clerk, round=cast.round, letters=drafts)
    rows = DataLetter.objects.order_by("department__order")
    assert [row.doc_no for row in rows] == [f"{cast.district.short}巡函〔2026〕{n}号" for n in range(1, 21)]
    assert {row.sent_on for row in rows} == {dt.date(2026, 2, 16)}
    first = rows.get(department__name="纪委监委")
    assert first.asks == first.department.asks and list(first.inspections.all()) == [cast.inspection]


def test_all_are_sent_or_none(cast):
    good = letter(cast, "财政局", sent=None)
    due = letter(cast, "民政局", due=dt.date(2026, 2, 20), sent=None)
    with clock.held(dt.date(2026, 2, 20)), pytest.raises(ServiceError, match="回复期限应晚于"):
        services.send_letters(actor=cast.office_clerk, round=cast.round, letters=[good, due])
    assert set(DataLetter.objects.values_list("status", "doc_no")) == {("draft", "")}


@pytest.mark.parametrize("case", ["nobody", "past", "foreign"])
def test_letters_that_make_no_sense_are_not_written(cast, case):
    other = Round.objects.create(
        district=cast.district, scheme=cast.scheme, term=9, year=2025, number=9, name="另一轮",
        starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2025, 2, 1),
    )  # fmt: skip
    values = {
        "round": other if case == "foreign" else cast.round,
        "departments": [] if case == "nobody" else [department()],
        "due_on": dt.date(2026, 2, 1) if case == "past" else dt.date(2026, 2, 27),
        "inspections": [cast.inspection],
    }
    with clock.held(dt.date(2026, 2, 16)), pytest.raises(ServiceError):
        services.write_letters(actor=cast.office_clerk, **values)
    assert not DataLetter.objects.exists()


def test_a_sent_letter_is_not_changed_any_more(cast):
    row = letter(cast)
    with pytest.raises(NotAllowed, match="不能再改"):
        services.edit_letter(
            actor=cast.office_clerk, letter=row, revision=row.revision, values={"asks": "别的"}
        )


def test_only_the_office_writes_sends_registers_and_reminds(cast):
    row = letter(cast)
    for other in (cast.leader, cast.member, cast.department, cast.sysadmin):
        for step in (
            lambda who: services.write_letters(
                actor=who, round=cast.round, departments=[department()], due_on=dt.date(2027, 1, 1)
            ),
            lambda who: services.register_reply(
                actor=who, letter=row, received_on=TODAY, complete=True, note="收到"
            ),
            lambda who: services.remind_letters(actor=who, round=cast.round, letters=[row]),
            lambda who: services.step_letter(actor=who, letter=row, step="close_short", reason="不等了"),
        ):
            with pytest.raises(NotAllowed):
                step(other)


# --- answers ----------------------------------------------------------------------------------------------


def test_an_answer_keeps_its_files_untouched_with_their_hash_and_who_received_them(cast):
    row = letter(cast)
    content = "镇,村,金额\n云溪,云溪村,1200\n".encode("gb18030")
    taken = reply(cast, row, uploads=[upload("明细.csv", content), upload("说明.csv")], note="含三年明细")
    first = ReplyFile.objects.order_by("created_at").first()
    assert read_bytes(first.file) == content
    assert first.file.sha256 == hashlib.sha256(content).hexdigest()
    assert (taken.received_by, taken.note, taken.files.count()) == (cast.office_clerk, "含三年明细", 2)
    row.refresh_from_db()
    assert (row.status, row.replied_on) == ("replied", dt.date(2026, 2, 20))


def test_answers_in_parts_then_whole_then_closed_then_taken_up_again(cast):
    row = letter(cast)
    reply(cast, row, complete=False, note="先交一年")
    assert (row.status, row.replied_on) == ("partial", None)
    reply(cast, row, dt.date(2026, 2, 23))
    assert row.status == "replied"
    services.step_letter(actor=cast.office_clerk, letter=row, step="close")
    with pytest.raises(NotAllowed):
        reply(cast, row)
    services.step_letter(actor=cast.office_clerk, letter=row, step="take_up", reason="缺2024年")
    assert (row.status, row.replied_on, row.replies.count()) == ("partial", None, 2)
    with pytest.raises(ServiceError, match="理由"):
        services.step_letter(actor=cast.office_clerk, letter=row, step="close_short")


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"day": dt.date(2026, 2, 15)}, "received_on"),  # before it was sent
        ({"uploads": [], "note": " "}, "uploads"),
        ({"uploads": [upload("坏.exe")]}, None),
    ],
)
def test_an_answer_that_cannot_be_is_refused(cast, over, field):
    with pytest.raises(ServiceError) as caught:
        reply(cast, letter(cast), **over)
    assert caught.value.field == field and not LetterReply.objects.exists()


# --- late ones --------------------------------------------------------------------------------------------


def test_lateness_counts_to_today_while_waiting_and_to_the_answer_afterwards(cast):
    waiting, answered, in_time = (letter(cast, name) for name in ("财政局", "民政局", "审计局"))
    reply(cast, answered, dt.date(2026, 3, 3))
    reply(cast, in_time)
    assert [row.days_late(TODAY) for row in (waiting, answered, in_time)] == [6, 4, 0]
    assert selectors.lateness(waiting, TODAY) == ("逾期6天", "bad")
    assert selectors.lateness(answered, TODAY) == ("迟复4天", "warn")
    assert selectors.lateness(in_time, TODAY) == ("按期", "ok")
    assert selectors.lateness(waiting, dt.date(2026, 2, 27)) == ("今天到期", "warn")
    assert selectors.lateness(waiting, dt.date(2026, 2, 24)) == ("余3天", "warn")
    assert list(DataLetter.objects.late(TODAY)) == [waiting]


def test_reminders_are_counted_numbered_and_sent_to_late_ones_once_a_day(cast, tmp_path):
    late, early = letter(cast), letter(cast, "民政局", due=dt.date(2026, 3, 20))
    for day in (5, 6):
        with clock.held(dt.date(2026, 3, day)):
            services.remind_letters(actor=cast.office_clerk, round=cast.round, letters=[late, early])
            with pytest.raises(ServiceError, match="没有要催办的函"):
                services.remind_letters(actor=cast.office_clerk, round=cast.round, letters=[late, early])
    late.refresh_from_db()
    assert (late.reminders, late.reminded_on) == (2, dt.date(2026, 3, 6))
    short = cast.district.short
    assert [late.doc_no, early.doc_no, late.reminder_no] == [f"{short}巡函〔2026〕{n}号" for n in (1, 2, 4)]
    asked = lambda: services.request_letter(actor=cast.office_clerk, letter=late, reminder=True)  # noqa: E731
    text = text_of(made(cast, asked, tmp_path))
    for part in (
        "关于催办",
        "区财政局：",
        late.doc_no,
        late.reminder_no,
        "已逾期7天",
        "第2次催办",
        "2026年3月11日前回复",
        "尚未收到",
    ):
        assert part in text, part


def test_the_office_finds_late_letters_on_its_desk(cast):
    letter(cast)
    letter(cast, "民政局", due=dt.date(2026, 3, 1))
    with clock.held(TODAY):
        lines = [line for line in office_desk_items(cast.office_clerk, cast.round) if line.kind == "部门函询"]
    assert [line.title for line in lines] == ["2份函逾期没有答全：财政局、民政局"]
    assert "最久的已逾期6天" in lines[0].detail and lines[0].is_late(TODAY)


# --- who reads them ---------------------------------------------------------------------------------------


def test_teams_read_what_concerns_their_villages_and_no_draft(cast):
    whole, own, other = (
        letter(cast), letter(cast, "民政局", [cast.inspection]), letter(cast, "审计局", [cast.other_inspection]),
    )  # fmt: skip
    letter(cast, "水利局", sent=None)
    unsworn = make_member(cast.team, TeamRole.MEMBER, sworn=False)
    seen = lambda who: set(DataLetter.objects.visible_to(who))  # noqa: E731
    assert seen(cast.member) == {whole, own} and seen(cast.outsider) == {whole, other}
    assert len(seen(cast.office_clerk)) == 4
    for nobody in (unsworn, cast.town, cast.department, cast.sysadmin):
        assert seen(nobody) == set()


def test_a_letter_about_a_village_one_stands_aside_from_is_hidden_with_its_files(cast, client):
    more = make_inspection(cast.team, make_village(cast.town_place))
    row = letter(cast, villages=[cast.inspection, more])
    reply(cast, row)
    Recusal.objects.create(user=cast.deputy, village=more.village, relation="kin")
    address = reverse("prep:reply_file", kwargs={"pk": ReplyFile.objects.get().pk})
    for who, code in ((cast.deputy, 404), (cast.member, 200), (cast.office_head, 200), (cast.outsider, 404)):
        assert DataLetter.objects.visible_to(who).exists() == (code == 200), who
        client.force_login(who)
        assert client.get(address).status_code == code, who


# --- to the watch list ------------------------------------------------------------------------------------


def test_an_answer_seeds_chosen_villages_once(cast):
    more = make_inspection(cast.team, make_village(cast.town_place))
    row = letter(cast)
    reply(cast, row)
    titles = ["核对2024年低保名单", "核对危房改造补助"]
    seed = lambda who: services.seed_from_reply(  # noqa: E731
        actor=who, letter=row, inspections=[cast.inspection, more], titles=titles
    )
    assert len(seed(cast.member)) == 4 and seed(cast.leader) == []
    item = WatchItem.objects.filter(inspection=more).first()
    assert (item.origin, item.basis) == (Origin.LETTER, f"财政局回复（{row.doc_no}）")
    for other in (cast.outsider, cast.office_clerk):
        with pytest.raises(NotAllowed):
            seed(other)


def test_the_seeding_form_offers_the_villages_the_letter_names(cast, client):
    make_inspection(cast.team, make_village(cast.town_place, name="石塘村"))
    row = letter(cast, villages=[cast.inspection])
    client.force_login(cast.member)
    address = reverse("prep:letter_seed", kwargs={"pk": row.pk})
    text = client.get(address).content.decode()
    assert "云溪村" in text and "石塘村" not in text
    sent = {"titles": "核对低保名单", "inspections": [str(cast.inspection.pk)], "_key": "k1"}
    assert client.post(address, sent).status_code == 302
    again = client.post(address, sent | {"_key": "k2"})
    assert again.status_code == 422 and "已在所选村" in again.content.decode()


# --- papers and pages -------------------------------------------------------------------------------------


def test_the_letter_on_paper(cast, tmp_path):
    row = letter(cast, villages=[cast.inspection])
    text = text_of(made(cast, lambda: services.request_letter(actor=cast.leader, letter=row), tmp_path))
    for part in (
        "内部", "中共青岚区委巡察工作领导小组办公室文件", row.doc_no, "区财政局：", "云溪村",
        "近三年拨付到村的资金明细。", "2026年2月27日前回复", "电子表格", "不用互联网传输", "2026年2月16日",
    ):  # fmt: skip
        assert part in text, part


def test_the_register_lists_every_letter_in_excel(cast, tmp_path):
    late = letter(cast)
    reply(cast, letter(cast, "民政局", [cast.inspection]))
    with clock.held(TODAY):
        content = made(
            cast,
            lambda: services.request_letter_register(actor=cast.office_clerk, round=cast.round),
            tmp_path,
        )
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet["A1"].value == f"{cast.round.name}部门函询台账"
    heads = [cell.value for cell in sheet[3]]
    rows = [
        dict(zip(heads, [cell.value for cell in line], strict=True)) for line in sheet.iter_rows(min_row=4)
    ]
    assert [(r["部门"], r["状态"], r["逾期天数"], r["回复文件"], r["涉及的村（社区）"]) for r in rows] == [
        ("财政局", "已发出", 6, 0, "本轮各村（社区）"), ("民政局", "已回复", 0, 1, "云溪村"),
    ]  # fmt: skip
    assert rows[0]["发文字号"] == late.doc_no and rows[0]["发出日期"].date() == dt.date(2026, 2, 16)


def test_ticked_letters_are_sent_from_the_overview(cast, client):
    first, second = letter(cast, sent=None), letter(cast, "民政局", sent=None)
    client.force_login(cast.office_clerk)
    address = reverse("prep:letters_bulk", kwargs={"pk": cast.round.pk, "action": "send"})
    with clock.held(dt.date(2026, 2, 17)):
        client.post(address, {"letter": [str(first.pk)], "_key": "k"})
        text = client.get(reverse("prep:letters")).content.decode()
    assert (DataLetter.objects.get(pk=first.pk).status, DataLetter.objects.get(pk=second.pk).status) == (
        "sent", "draft",
    )  # fmt: skip
    assert "余10天" in text and "已发出" in text


def test_the_form_writes_many_and_a_department_is_edited(cast, client):
    chosen = [department(name) for name in ("财政局", "民政局")]
    client.force_login(cast.office_clerk)
    due = clock.today() + dt.timedelta(days=10)
    sent = {"departments": [str(row.pk) for row in chosen], "due_on": due.isoformat(), "marking": "internal"}
    assert client.post(reverse("prep:letters_new"), sent).url == reverse("prep:letters")
    assert DataLetter.objects.count() == 2
    row = chosen[0]
    values = {
        "name": "民政局",
        "addressee": "区财政局",
        "asks": "明细",
        "order": "1",
        "revision": row.revision,
    }
    address = reverse("prep:department_edit", kwargs={"pk": row.pk})
    assert "已有名为" in client.post(address, values).content.decode()
    client.post(address, values | {"name": "财政局", "asks": "全部明细"})
    row.refresh_from_db()
    assert (row.asks, row.active) == ("全部明细", False)


def test_the_database_knows_no_sent_letter_without_number(cast):
    row = letter(cast, sent=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataLetter.objects.filter(pk=row.pk).update(status="sent")


def test_overview_and_letter_cost_the_same_with_one_and_with_three(
    cast, client, django_assert_max_num_queries
):
    def cost(address):
        with django_assert_max_num_queries(70) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    row = letter(cast, villages=[cast.inspection])
    reply(cast, row, complete=False)
    client.force_login(cast.office_clerk)
    pages = [
        reverse("prep:letters"),
        reverse("prep:dataletter", kwargs={"pk": row.pk}),
        reverse("inspection:desk"),
    ]
    cost(pages[0])
    before = [cost(page) for page in pages]
    for name in ("民政局", "审计局"):
        more = letter(cast, name, [cast.inspection])
        reply(cast, more, complete=False)
        reply(cast, row, complete=False)
    assert [cost(page) for page in pages] == before


def test_an_answer_typed_into_the_form_is_whole_or_a_part(cast, client):
    first, second = letter(cast), letter(cast, "民政局")
    client.force_login(cast.office_clerk)
    for row, complete, status in ((first, "yes", "replied"), (second, "", "partial")):
        sent = {"received_on": clock.today().isoformat(), "complete": complete, "uploads": upload()}
        assert client.post(reverse("prep:letter_reply", kwargs={"pk": row.pk}), sent).status_code == 302
        row.refresh_from_db()
        assert row.status == status
