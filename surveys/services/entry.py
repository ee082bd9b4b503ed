"""Paper sheets typed in by keyboard: kept as they are typed, typed again by somebody else, compared, put away."""

from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from core.office.parse import BadCell
from core.text import clean
from surveys import rules
from surveys.models import EntryBatch, Occasion, Specification, Survey, group_names
from surveys.models.anonymous import OPEN_ANSWER_LIMIT
from surveys.services.cells import sheet_number
from surveys.services.imports import Pile, demand_paper, queue_up, set_repeated_apart, store_pile
from surveys.services.reading import AnswerReading
from surveys.workflow import BATCH

MOST_AT_ONCE = 50
MOST_SHEETS = 1000
Status = EntryBatch.Status


@transaction.atomic
def create_batch(
    *,
    actor: Any,
    survey: Survey,
    channel: str,
    expected: int,
    double: bool = True,
    occasion: Occasion | None = None,
) -> EntryBatch:
    """Begin a pile of ``expected`` sheets, counted by hand."""
    demand(rules.can_collect(actor, survey))
    demand_paper(Pile(survey, channel, occasion))
    if not 1 <= expected <= MOST_SHEETS:
        raise ServiceError(f"一批录入1至{MOST_SHEETS}份，多的请分批。", "expected")
    queue_up(survey)
    last = survey.batches.order_by("-number").values_list("number", flat=True).first() or 0
    batch = EntryBatch(
        survey=survey, channel=channel, occasion=occasion, expected=expected, double=double,
        number=last + 1, first_by=actor,
    )  # fmt: skip
    return records.create(batch, actor=actor, verb="surveys.create_batch")


@transaction.atomic
def keep_sheets(*, actor: Any, batch: EntryBatch, sheets: list[Any], dropped: list[Any] = ()) -> EntryBatch:  # type: ignore[assignment]
    """Keep sheets as typed, each ``number``, ``group``, ``answers`` and ``words`` (0: the closing question).

    A number that is there already is replaced; ``dropped`` numbers go. Raises ``ServiceError`` naming the first sheet
    that is none; then nothing of this call is kept.
    """
    batch = _held(batch)
    demand(rules.can_type(actor, batch))
    if len(sheets) > MOST_AT_ONCE:
        raise ServiceError(f"一次最多保存{MOST_AT_ONCE}份。")
    compiled, groups = rules.specification(batch.survey.questionnaire), frozenset(group_names())
    part = "first" if batch.status == Status.FIRST else "second"
    kept = dict(batch.payload.get(part, {}))
    for sheet in sheets:
        number, content = _checked(sheet, compiled, groups)
        kept[number] = content
    for number in dropped:
        kept.pop(str(number), None)
    if len(kept) > MOST_SHEETS:
        raise ServiceError(f"一批最多{MOST_SHEETS}份，请另起一批。")
    changes: dict[str, Any] = {"payload": batch.payload | {part: kept}}
    changes["typed" if part == "first" else "retyped"] = len(kept)
    if part == "second":
        changes["second_by"] = actor
    return records.update(batch, actor=actor, verb="surveys.keep_sheets", revision=None, changes=changes)


def _held(batch: EntryBatch) -> EntryBatch:
    rows = EntryBatch.objects.select_for_update(of=("self",))
    return rows.select_related("survey__questionnaire", "survey__village", "survey__team", "occasion").get(
        pk=batch.pk
    )


def _checked(sheet: Any, compiled: Specification, groups: frozenset[str]) -> tuple[str, list[Any]]:
    """Number and content of one typed sheet; raises ``ServiceError``."""
    given = sheet if isinstance(sheet, dict) else {}
    try:
        number = sheet_number(clean(str(given.get("number") or "")))
    except BadCell as fault:
        raise ServiceError(str(fault)) from None
    if number == "0":
        raise ServiceError("份号不能为空，请给纸卷编号后录入。")
    group, answers = given.get("group") or "", given.get("answers")
    if group and (not isinstance(group, str) or group not in groups):
        raise ServiceError(f"份号{number}的人员类别不对，请重新选择。")
    if not isinstance(answers, str) or not compiled.holds(answers):
        raise ServiceError(f"份号{number}的答案不完整，请重新录入这一份。")
    words = _words(given.get("words"), compiled, number)
    if not answers.strip("0"):
        raise ServiceError(f"份号{number}整份没有作答，按无效卷计，不录入。")
    return number, [group, answers, words]


def _words(given: Any, compiled: Specification, number: str) -> dict[str, str]:
    texts = given if isinstance(given, dict) else {}
    found = {}
    for asked in compiled.words:
        text = texts.get(str(asked), "")
        text = clean(text).strip() if isinstance(text, str) else ""
        if len(text) > OPEN_ANSWER_LIMIT:
            raise ServiceError(f"份号{number}的文字有{len(text)}字，超过{OPEN_ANSWER_LIMIT}字，请摘要录入。")
        if text:
            found[str(asked)] = text
    return found


@transaction.atomic
def recount_batch(*, actor: Any, batch: EntryBatch, expected: int, revision: int | None = None) -> EntryBatch:
    """Correct how many sheets were counted by hand."""
    demand(rules.can_type(actor, batch))
    if not 1 <= expected <= MOST_SHEETS:
        raise ServiceError(f"一批录入1至{MOST_SHEETS}份。", "expected")
    changes = {"expected": expected}
    return records.update(
        batch, actor=actor, verb="surveys.recount_batch", revision=revision, changes=changes
    )


@transaction.atomic
def hand_on_batch(*, actor: Any, batch: EntryBatch, step: str, revision: int | None = None) -> EntryBatch:
    """End the first typing (``hand_on``, or ``finish`` without a second one) or the second (``compare``)."""
    return BATCH.apply(batch, step, actor=actor, revision=revision)


@transaction.atomic
def settle_sheet(*, actor: Any, batch: EntryBatch, number: str, content: dict[str, Any] | None) -> EntryBatch:
    """Write down what a third look at the paper says of one sheet; ``None``: there is no such sheet.

    The trail names who decided, never what.
    """
    batch = _held(batch)
    demand(rules.can_collect(actor, batch.survey))
    if batch.status != Status.SETTLING:
        raise ServiceError("这一批不在核对差异。")
    if number not in rules.open_differences(batch) and number not in batch.payload.get("settled", {}):
        raise ServiceError(f"份号{number}没有差异。")
    value = None
    if content is not None:
        compiled = rules.specification(batch.survey.questionnaire)
        _, value = _checked(content | {"number": number}, compiled, frozenset(group_names()))
    settled = batch.payload.get("settled", {}) | {number: value}
    changes = {"payload": batch.payload | {"settled": settled}, "settled_by": actor}
    return records.update(batch, actor=actor, verb="surveys.settle_sheet", revision=None, changes=changes)


@transaction.atomic
def store_batch(*, actor: Any, batch: EntryBatch, revision: int | None = None) -> EntryBatch:
    """Put a pile away like an imported workbook; sheets whose number is in the system already stop it by name."""
    batch = _held(batch)
    demand(BATCH.check(actor, batch, "store"))
    queue_up(batch.survey)
    reading = AnswerReading(sheets=final_sheets(batch))
    pile = Pile(batch.survey, batch.channel, batch.occasion)
    set_repeated_apart(pile, reading)
    if reading.repeated:
        raise ServiceError(f"{reading.repeated[0].message[:-1]}。请放弃本批中的这一份或核对纸卷编号。")
    store_pile(actor, pile, reading)
    changes = {"payload": {}, "stored": len(reading.sheets)}
    return BATCH.apply(batch, "store", actor=actor, revision=revision, changes=changes)


def final_sheets(batch: EntryBatch) -> list[dict[str, Any]]:
    """The sheets of a pile as they will be stored: what was settled, else what both typed."""
    settled = batch.payload.get("settled", {})
    contents = batch.payload.get("first", {}) | settled
    found = []
    for row, (number, content) in enumerate(sorted(contents.items()), 1):
        if content is None:
            continue
        group, answers, words = content
        sheet = {"number": number, "group": group, "answers": answers, "comment": words.get("0", "")}
        others = {asked: text for asked, text in words.items() if asked != "0"}
        found.append(sheet | {"row": row, "sheet": ""} | ({"words": others} if others else {}))
    return found


@transaction.atomic
def discard_batch(*, actor: Any, batch: EntryBatch, reason: str, revision: int | None = None) -> EntryBatch:
    """Give a pile up; what was typed is not kept."""
    return BATCH.apply(
        batch, "discard", actor=actor, revision=revision, reason=reason, changes={"payload": {}}
    )
