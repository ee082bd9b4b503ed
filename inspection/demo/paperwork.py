"""What an office writes for a round: official papers, meetings of the teams, letters to departments."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core import clock
from core.audit import SYSTEM
from core.office.xlsx import Col, Sheet, write_bytes
from inspection.demo import cast
from prep.models import AskedDepartment, DataLetter, FocusMeeting, Marking, MeetingKind, PaperKind
from prep.selectors.meetings import attendance_sheet, discussed
from prep.selectors.official import wanted
from prep.services import letters, meetings, official
from villages.models import Round, Team

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _day(days: int) -> dt.date:
    """So many days from the first day of the fifth round."""
    return cast.the_round(5).starts_on + dt.timedelta(days=days)


# --- official papers --------------------------------------------------------------------------------------


def papers() -> Round:
    """Contacts of every team, then the authorisation, the notices and the announcements, all issued."""
    round_, clerk = cast.the_round(5), cast.office()
    with clock.held(_day(-17)):
        for reached in Team.objects.filter(round=round_).select_related("round"):
            official.save_contact(actor=clerk, team=reached, revision=0, values=_contact(reached.number))
    for kind, team, town in wanted(round_):
        ahead = {PaperKind.AUTHORISATION: -16, PaperKind.NOTICE: -12}.get(PaperKind(kind), -2)
        plan = cast.plan_of(team) if team else None
        day = min(_day(ahead + (plan.start if plan else 0)), clock.today())
        with clock.held(day):
            paper = official.draft_paper(actor=clerk, round=round_, kind=kind, team=team, town=town)
            values: dict[str, Any] = {"dated_on": day}
            if kind == PaperKind.AUTHORISATION:
                values["doc_no"] = f"青巡领〔{_day(0).year}〕5号"
            official.edit_paper(actor=clerk, paper=paper, revision=paper.revision, values=values)
            official.issue_paper(actor=clerk, paper=paper)
    return round_


def _contact(number: int) -> dict[str, Any]:
    return {
        "hotline": f"0990-610020{number}", "hours": "每天8:30—12:00、14:00—17:30",
        "message_number": f"0990-610030{number}", "post_box": f"青岚区第{number}号邮政专用信箱",
        "email": f"xunchazu{number}@qinglan.example", "supervision": "0990-6100100",
        "boxes": ["各村（社区）党群服务中心门口", "镇（街道）便民服务大厅入口", "集市停车场公告栏旁"],
        "reception": "镇（街道）党群服务中心二楼接待室，每周二、周四9:00—11:30",
        "station": "镇（街道）党校培训楼",
    }  # fmt: skip


# --- meetings ---------------------------------------------------------------------------------------------

SAID = {
    "石塘村": (
        "砂石料场租赁收入近三年下降四成，合同两次续签没有上会记录；信访反映低保对象中有村干部亲属。",
        ["核对料场租赁合同续签程序和租金到账", "入户核对低保对象与村干部的亲属关系"],
    ),
    "云溪村": (
        "鱼塘承包合同到期后仍由原承包户使用，年度收入没有入账记录；近两年道路工程拆分发包较多。",
        ["查清到期鱼塘的实际使用人和租金去向", "比对三年内道路工程的发包方式、结算和变更"],
    ),
    "东岭社区": (
        "社区集体门面房出租多为口头续约，物业费补贴标准不一；党员大会记录缺四次。",
        ["清点门面房，逐间核对合同、租金和欠租", "核实党员大会、主题党日记录的真实性"],
    ),
    "上田村": (
        "并村后原两村账目没有合并，往来款长期挂账；征地补偿发放名单与在册户数不一致。",
        ["核对并村前后账目移交和往来款", "比对征地补偿发放名单与户籍、土地台账"],
    ),
}


def hold_meetings() -> Round:
    """The first team's meeting before entry, signed and taken over; one that waits for the chair; another team's."""
    first = _meeting(1, "第一巡察组巡前研判会", -3, ["石塘村", "云溪村", "东岭社区"], MeetingKind.FOCUS)
    _sign(first, both=True)
    member = first.recorder
    for row in discussed(member, first)[:2]:
        with clock.held(_day(-2)):
            meetings.seed_from_meeting(actor=member, row=row)
    ahead = (clock.today() - _day(0)).days - 1
    _sign(_meeting(1, "上田村进驻前研判会", ahead, ["上田村"], MeetingKind.FOCUS), both=False)
    _sign(_meeting(3, "第三巡察组组务会", 41, [], MeetingKind.TEAM), both=True)
    return cast.the_round(5)


def _meeting(number: int, name: str, day: int, villages: list[str], kind: str) -> FocusMeeting:
    team = Team.objects.select_related("round").get(round=cast.the_round(5), number=number)
    plan = cast.plan_of(team)
    recorder, chair = cast.person(plan.members[0]), cast.person(plan.leader)
    sheet = [
        row | {"present": row["name"] != cast.person(plan.archivist).display_name}
        for row in attendance_sheet(team)
    ]
    for row in sheet:
        row["reason"] = "" if row["present"] else "在档案馆参加培训"
    held = timezone.make_aware(dt.datetime.combine(_day(day), dt.time(14, 30)))
    values = {
        "kind": kind, "name": name, "held_at": held, "place": "区委党校304会议室", "chair": chair, "recorder": recorder,
        "attendance": sheet, "guests": ["区委巡察办综合科 许清越"],
        "content": "会议学习了本轮巡察方案和保密纪律，通报了部门函询情况，研究了分工：账目、合同先查，谈话、走访跟上，"
        "两人一组，每天碰头一次。",
    }  # fmt: skip
    rows = [row for row in cast.inspections(5) if row.village.name in villages]
    with clock.held(_day(day), 17):
        meeting = meetings.open_meeting(actor=recorder, team=team, values=values, villages=rows)
        for one in discussed(recorder, meeting):
            analysis, focus = SAID[one.village.name]
            meetings.record_village(
                actor=recorder, row=one, revision=one.revision, analysis=analysis, focus=focus
            )
    return meeting


def _sign(meeting: FocusMeeting, *, both: bool) -> None:
    with clock.held(timezone.localdate(meeting.held_at), 18):
        meetings.step_meeting(actor=meeting.recorder, meeting=meeting, step="sign_recorder")
        if both:
            meetings.step_meeting(actor=meeting.chair, meeting=meeting, step="sign_chair")


# --- letters ----------------------------------------------------------------------------------------------

# How each letter went: days after sending until the answer, whether it was whole, whether it was closed.
ANSWERS = {
    "纪委监委": (6, True, True), "组织部": (5, True, True), "信访局": (4, True, False), "财政局": (9, True, True),
    "农业农村局": (14, True, False), "民政局": (7, True, False), "自然资源局": (8, False, False),
    "审计局": (3, True, True), "残联": (6, True, False), "住建局": (12, False, False),
}  # fmt: skip
SILENT = ["公安分局", "市场监管局", "水利局"]
DRAFTS = ["税务局", "医保局"]
FINDS = "反映有关村（社区）的信访事项集中在承包合同到期未重新发包和低保评定。"


def letters_out() -> Round:
    """Thirteen letters sent before the round, most of them answered; two reminded of; two drafts; one recent."""
    letters.load_departments(actor=SYSTEM)
    round_, clerk = cast.the_round(5), cast.office()
    with clock.held(_day(-14)):
        _write([*ANSWERS, *SILENT], _day(-4))
        letters.send_letters(actor=clerk, round=round_, letters=DataLetter.objects.filter(round=round_))
    for order, (name, (days, whole, closed)) in enumerate(ANSWERS.items()):
        _answer(name, _day(-14 + days), order, whole=whole, closed=closed)
    for days in (2, 25):
        with clock.held(_day(days)):
            late = DataLetter.objects.filter(department__name__in=SILENT[:2])
            letters.remind_letters(actor=clerk, round=round_, letters=late)
    with clock.held(clock.today() - dt.timedelta(days=5)):
        _ask_about_the_villages_ahead(round_)
    _write(DRAFTS, clock.today() + dt.timedelta(days=10))
    return round_


def _write(names: list[str], due_on: dt.date) -> None:
    letters.write_letters(
        actor=cast.office(), round=cast.the_round(5), due_on=due_on,
        departments=AskedDepartment.objects.filter(name__in=names),
    )  # fmt: skip


def _ask_about_the_villages_ahead(round_: Round) -> None:
    ahead = [row for row in cast.inspections(5) if row.village.name in ("上田村", "渔湖村")]
    letters.write_letters(
        actor=cast.office(), round=round_, departments=AskedDepartment.objects.filter(name="人社局"),
        due_on=clock.today() + dt.timedelta(days=10), inspections=ahead, marking=Marking.WORK_SECRET,
    )  # fmt: skip
    row = DataLetter.objects.filter(department__name="人社局")
    letters.send_letters(actor=cast.office(), round=round_, letters=row)


def _answer(name: str, day: dt.date, order: int, *, whole: bool, closed: bool) -> None:
    letter = DataLetter.objects.get(department__name=name)
    with clock.held(day, 11):
        letters.register_reply(
            actor=cast.office(), letter=letter, received_on=day, complete=whole, uploads=[_file(letter, day, order)],
            note=FINDS if name == "信访局" else "" if whole else "先提供近一年的资料，其余正在整理。",
        )  # fmt: skip
    if closed:
        with clock.held(day + dt.timedelta(days=2)):
            letters.step_letter(actor=cast.office(), letter=letter, step="close")


def _file(letter: DataLetter, day: dt.date, order: int) -> SimpleUploadedFile:
    """A small workbook as a department would send it."""
    villages = sorted({row.village.name for row in cast.inspections(5)})
    rows = [
        [number, village, day.year - 1 - number % 3, (order + number) * 7 % 12, "已核对"]
        for number, village in enumerate(villages, 1)
    ]
    columns = (
        Col("序号", 6, "int"),
        Col("村（社区）", 16),
        Col("年度", 8, "int"),
        Col("件（户、笔）数", 14, "int"),
        Col("备注", 14),
    )
    sheet = Sheet("明细", columns, rows, title=f"{letter.department.name}提供资料")
    content = write_bytes([sheet], created=day, author=letter.department.addressee)
    return SimpleUploadedFile(f"{letter.department.name}回复明细.xlsx", content, content_type=XLSX)
