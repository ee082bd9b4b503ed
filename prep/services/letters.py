"""Data letters: written many at once, sent, answered with files, reminded of; the list of departments."""

import csv
import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from core.files import UploadPolicy, store_uploads
from core.files.policy import EVIDENCE, MEGABYTE
from core.jobs import enqueue
from core.models import Job
from core.text import clean, clean_deep
from prep.models import AskedDepartment, DataLetter, LetterReply, Marking, Origin, ReplyFile, WatchItem
from prep.rules import letters as rules
from prep.selectors.letters import letter_number
from prep.selectors.meetings import source_of
from prep.services.seeding import WatchSeed, seed_watch_items
from prep.workflow.letters import LETTER
from villages.models import Round, VillageInspection
from villages.rules import is_system

# What departments send: the kinds of evidence, old workbooks and packed folders too.
REPLY = UploadPolicy((*EVIDENCE.extensions, "xls", "csv", "zip"), 50 * MEGABYTE, 20)
MOST_AT_ONCE = 40
_DATA = Path(__file__).resolve().parent.parent / "data" / "departments_v1.csv"


@transaction.atomic
def load_departments(*, actor: Any) -> int:
    """Put the initial list of departments in when there is none; return how many were added."""
    if not is_system(actor):
        demand(rules.can_write_letters(actor))
    if AskedDepartment.objects.exists():
        return 0
    with _DATA.open(encoding="utf-8", newline="") as file:
        rows = [
            AskedDepartment(
                name=row["部门"],
                addressee=row["主送名称"],
                asks=row["请提供的内容"],
                form=row["回复形式"],
                order=order,
            )
            for order, row in enumerate(csv.DictReader(file), 1)
        ]
    return len(records.bulk_create(rows, actor=actor, verb="prep.load_departments", summary="函询部门"))


@transaction.atomic
def save_department(
    *,
    actor: Any,
    values: dict[str, Any],
    department: AskedDepartment | None = None,
    revision: int | None = None,
) -> AskedDepartment:
    """Add a department, or change what it is usually asked for."""
    demand(rules.can_write_letters(actor))
    changes = clean_deep(values)
    same = AskedDepartment.objects.filter(name=changes["name"])
    if same.exclude(pk=getattr(department, "pk", None)).exists():
        raise ServiceError(f"已有名为“{changes['name']}”的部门。", "name")
    if department is None:
        return records.create(AskedDepartment(**changes), actor=actor, verb="prep.add_department")
    return records.update(
        department, actor=actor, verb="prep.edit_department", revision=revision, changes=changes
    )


@transaction.atomic
def write_letters(
    *,
    actor: Any,
    round: Round,
    departments: Iterable[AskedDepartment],
    due_on: dt.date,
    inspections: Iterable[VillageInspection] = (),
    marking: str = Marking.INTERNAL,
) -> Round:
    """Write one letter to each of ``departments`` with its usual asks, as drafts; about ``inspections``, or all."""
    demand(rules.can_ask(actor, round))
    chosen, villages = list(departments), list(inspections)
    if not 0 < len(chosen) <= MOST_AT_ONCE:
        raise ServiceError(f"请勾选要发函的部门，一次不超过{MOST_AT_ONCE}个。", "departments")
    _check_due(due_on, clock.today())
    if any(row.round_id != round.pk for row in villages):
        raise ServiceError("只能选本轮的村（社区）。", "inspections")
    for department in chosen:
        made = DataLetter(
            round=round, department=department, asks=department.asks, form=department.form, marking=marking,
            due_on=due_on,
        )  # fmt: skip
        records.create(made, actor=actor, verb="prep.write_letter")
        made.inspections.set(villages)
    return round


def _check_due(due_on: dt.date, start: dt.date) -> None:
    if due_on <= start:
        raise ServiceError("回复期限应晚于发出的日期。", "due_on")


@transaction.atomic
def edit_letter(*, actor: Any, letter: DataLetter, revision: int, values: dict[str, Any]) -> DataLetter:
    """Change a draft: asks, form, due day, marking, villages."""
    demand(rules.can_edit_letter(actor, letter))
    changes = clean_deep({n: values[n] for n in ("asks", "form", "due_on", "marking") if n in values})
    records.update(letter, actor=actor, verb="prep.edit_letter", revision=revision, changes=changes)
    if "inspections" in values:
        letter.inspections.set(values["inspections"])
    return letter


@transaction.atomic
def send_letters(
    *, actor: Any, round: Round, letters: Iterable[DataLetter], sent_on: dt.date | None = None
) -> Round:
    """Send drafts of one round, each under the next number: all of them or none."""
    day = sent_on or clock.today()
    chosen = [letter for letter in letters if letter.round_id == round.pk]
    if not chosen:
        raise ServiceError("请先勾选要发出的函。")
    if day > clock.today():
        raise ServiceError("发出日期不能晚于今天。", "sent_on")
    for letter in chosen:
        _check_due(letter.due_on, day)
        changes = {"doc_no": letter_number(round, day.year), "sent_on": day}
        LETTER.apply(letter, "send", actor=actor, changes=changes)
    return round


@transaction.atomic
def register_reply(
    *,
    actor: Any,
    letter: DataLetter,
    received_on: dt.date,
    complete: bool,
    note: str = "",
    uploads: Iterable[UploadedFile] = (),
) -> LetterReply:
    """Take an answer in: its files untouched, who received it, whether everything has been answered."""
    demand(rules.can_register_reply(actor, letter))
    if received_on > clock.today() or (letter.sent_on and received_on < letter.sent_on):
        raise ServiceError("收到日期应在发函之后、今天或以前。", "received_on")
    given = list(uploads)
    if not given and not note.strip():
        raise ServiceError("请上传回复文件，或写明回复的内容。", "uploads")
    reply = LetterReply(
        letter=letter, received_on=received_on, received_by=actor, complete=complete, note=clean(note).strip()
    )
    records.create(reply, actor=actor, verb="prep.register_reply")
    for file in store_uploads(actor=actor, uploads=given, policy=REPLY):
        records.create(ReplyFile(reply=reply, file=file), actor=actor, verb="prep.attach_reply")
    if complete:
        LETTER.apply(letter, "answer_whole", actor=actor, changes={"replied_on": received_on})
    else:
        LETTER.apply(letter, "answer_part", actor=actor)
    return reply


@transaction.atomic
def step_letter(
    *, actor: Any, letter: DataLetter, step: str, revision: int | None = None, reason: str = ""
) -> DataLetter:
    """Send, close, or ask for more; ``step`` is a name of the workflow."""
    if step == "send":
        _check_due(letter.due_on, clock.today())
        day = clock.today()
        changes: dict[str, Any] = {"doc_no": letter_number(letter.round, day.year), "sent_on": day}
    else:
        changes = {"replied_on": None} if step == "take_up" else {}
    return LETTER.apply(letter, step, actor=actor, revision=revision, reason=clean(reason), changes=changes)


@transaction.atomic
def remind_letters(*, actor: Any, round: Round, letters: Iterable[DataLetter]) -> Round:
    """Count a reminder for each of ``letters`` that is late; once a day is enough."""
    demand(rules.can_write_letters(actor))
    today = clock.today()
    chosen = [letter for letter in letters if letter.round_id == round.pk and letter.days_late(today)]
    chosen = [letter for letter in chosen if rules.can_remind(actor, letter) and letter.reminded_on != today]
    if not chosen:
        raise ServiceError("没有要催办的函：只催已逾期、今天还没有催过的。")
    for letter in chosen:
        number = letter_number(round, today.year)
        changes = {"reminders": letter.reminders + 1, "reminded_on": today, "reminder_no": number}
        records.update(letter, actor=actor, verb="prep.remind_letter", revision=None, changes=changes)
    return round


@transaction.atomic
def seed_from_reply(
    *, actor: Any, letter: DataLetter, inspections: Iterable[VillageInspection], titles: list[str]
) -> list[WatchItem]:
    """Put what an answer points to on the watch lists of chosen villages; the same words are taken once."""
    chosen = list(inspections)
    if not chosen or not titles:
        raise ServiceError("请选择村（社区），并写明要查的事项，一行一条。", "titles")
    origin = f"{letter.department.name}回复（{letter.doc_no}）"
    seeds = [WatchSeed(title=title, source=source_of(letter, title), basis=origin) for title in titles]
    made: list[WatchItem] = []
    for inspection in chosen:
        made += seed_watch_items(actor=actor, inspection=inspection, origin=Origin.LETTER, rows=seeds)
    return made


@transaction.atomic
def request_letter(*, actor: Any, letter: DataLetter, reminder: bool = False) -> Job:
    """Ask for the letter, or for its reminder, as Word."""
    demand(rules.can_read_letters(actor))
    kind = "prep.letter_reminder" if reminder else "prep.letter"
    return enqueue(
        kind, args={"letter": str(letter.pk)}, actor=actor,
        title=f"{'催办：' if reminder else ''}{letter}", dedupe=f"{kind}:{actor.pk}:{letter.pk}", subject=letter,
    )  # fmt: skip


@transaction.atomic
def request_letter_register(*, actor: Any, round: Round) -> Job:
    """Ask for the register of the round's letters as Excel."""
    demand(rules.can_read_letters(actor))
    return enqueue(
        "prep.letter_register", args={"round": str(round.pk)}, actor=actor, title=f"{round.name}部门函询台账",
        dedupe=f"prep.letter_register:{actor.pk}:{round.pk}", subject=round,
    )  # fmt: skip
