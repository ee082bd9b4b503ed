"""What the papers of this stage say, taken from their rows: no layout here, no database in the documents."""

import datetime as dt
from typing import Any

from core.display import cn_date
from core.office.official import OfficialText
from prep.documents.letters import RegisterLine
from prep.documents.meetings import Attendant, Minutes, VillageTalk
from prep.models import DataLetter, FocusMeeting, OfficialPaper, PaperStatus
from prep.selectors.letters import places_of, register
from prep.selectors.meetings import discussed
from prep.selectors.official_texts import OFFICE
from villages.models import Round
from villages.selectors.calendar import add_working_days, load_calendar

_OPENING = "根据区委巡察工作安排，近期开展{}，本函涉及{}。为全面了解情况，请你单位协助提供以下资料："


def paper_text(row: OfficialPaper, today: dt.date) -> OfficialText:
    """An official paper in its own words."""
    return OfficialText(
        title=row.title, masthead=row.masthead, issuer=row.issuer, number=row.doc_no, day=row.dated_on,
        created=today, addressee=row.addressee, copy_to=row.copy_to, body=row.body, annexes=tuple(row.annexes),
        draft=row.status == PaperStatus.DRAFT,
    )  # fmt: skip


def _letter(row: DataLetter, title: str, body: list[str], day: dt.date | None, number: str) -> OfficialText:
    office = OFFICE.format(row.round.district.name)
    return OfficialText(
        title=title, masthead=office, issuer=office, number=number, day=day, created=day or row.due_on,
        addressee=row.department.addressee, copy_to="", body="\n".join(body), annexes=(), draft=not number,
        secrecy=row.get_marking_display(),
    )  # fmt: skip


def letter_text(row: DataLetter) -> OfficialText:
    """The letter to a department."""
    body = [
        _OPENING.format(row.round.name, places_of(row)),
        "一、请提供的资料",
        *(f"{line.strip()}。" if not line.strip().endswith("。") else line for line in row.asks.splitlines()),
        "二、提供的方式和时间",
        f"请于{cn_date(row.due_on)}前回复。回复形式：{row.form or '书面材料并加盖公章'}。"
        "没有有关情况的，也请书面说明。",
        "三、保密要求",
        f"本函及回复按“{row.get_marking_display()}”管理，不得扩大知悉范围，不得告知被巡察单位和有关人员；"
        "资料当面交接或通过机要渠道传递，不用互联网传输。",
    ]  # fmt: skip
    return _letter(row, f"关于提供{row.round.name}有关资料的函", body, row.sent_on, row.doc_no)


def reminder_text(row: DataLetter, today: dt.date) -> OfficialText:
    """The reminder: which letter, how late, for the how manieth time."""
    day = row.reminded_on or today
    asked = (
        f"我办于{cn_date(row.sent_on)}发出{row.doc_no}函，"
        f"请你单位于{cn_date(row.due_on)}前提供{row.round.name}有关资料。"
    )
    state = "目前只收到部分资料" if row.replies.exists() else "目前尚未收到回复"
    body = [
        f"{asked}{state}，已逾期{row.days_late(day)}天。"
        f"巡察工作时间紧，请抓紧办理，于{cn_date(add_working_days(load_calendar(), day, 3))}前回复；"
        "确有困难的，请说明原因和预计完成的时间。",
        f"这是第{max(1, row.reminders)}次催办。",
    ]
    return _letter(row, f"关于催办{row.round.name}有关资料的函", body, day, row.reminder_no)


def minutes(viewer: Any, row: FocusMeeting) -> Minutes:
    """A meeting's record with the villages open to the viewer."""
    shown = discussed(viewer, row)
    return Minutes(
        kind=row.get_kind_display(), name=row.name, round=row.round.name, team=row.team.name, held_at=row.held_at,
        place=row.place, chair=row.chair.display_name, recorder=row.recorder.display_name,
        attendance=tuple(
            Attendant(line["name"], line["post"], bool(line["present"]), line["reason"]) for line in row.attendance
        ),
        guests=tuple(row.guests), content=row.content,
        villages=tuple(
            VillageTalk(one.village.name, one.analysis, tuple(one.focus)) for one in shown
        ),
        files=tuple(one.file.name for one in row.files.select_related("file")),
        recorded_at=row.recorded_at, signed_at=row.signed_at, office=f"{row.round.district.name}委巡察办",
        hidden=row.villages.count() - len(shown),
    )  # fmt: skip


def register_lines(viewer: Any, round_: Round, today: dt.date) -> list[RegisterLine]:
    """Every letter of the round the viewer may see."""
    return [
        RegisterLine(
            row.department.name, row.doc_no, row.sent_on, row.due_on, row.get_status_display(), row.days_late(today),
            row.reminders, row.replied_on, row.file_count, places_of(row), row.asks, row.get_marking_display(),
        )
        for row in register(viewer, round_)
    ]  # fmt: skip
