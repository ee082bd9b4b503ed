"""Typed-in paper sheets: previewed, confirmed once, never counted twice."""

from collections import defaultdict
from typing import Any, NamedTuple

from django.db import transaction

from core import audit, records
from core.access import demand
from core.audit import SYSTEM
from core.errors import ServiceError
from core.office.columns import CellError
from surveys import rules
from surveys.models import AnswerImport, Occasion, SheetNumber, Survey
from surveys.services.mixing import put_away
from surveys.services.reading import AnswerReading, content_digest, read_answers
from surveys.workflow import IMPORT


@transaction.atomic
def preview_answer_import(
    *,
    actor: Any,
    survey: Survey,
    channel: str,
    filename: str,
    content: bytes,
    occasion: Occasion | None = None,
) -> AnswerImport:
    """Read a workbook and keep what it holds until its owner says yes; nothing is counted yet."""
    pile = Pile(survey, channel, occasion)
    reading = _read(actor, pile, filename, content)
    staged = AnswerImport(
        survey=survey, owner=actor, channel=channel, occasion=occasion, filename=filename[:200],
        payload=reading.to_json(),
        **_figures(reading),
    )  # fmt: skip
    return records.create(staged, actor=actor, verb="surveys.preview_import")


@transaction.atomic
def commit_answer_import(*, actor: Any, staged: AnswerImport, revision: int | None = None) -> AnswerImport:
    """Store the sheets of a preview; those that came into the system meanwhile are left out and counted as repeated."""
    demand(IMPORT.check(actor, staged, "commit"))
    queue_up(staged.survey)
    reading = AnswerReading(sheets=staged.payload["sheets"])
    pile = Pile(staged.survey, staged.channel, staged.occasion)
    set_repeated_apart(pile, reading)
    store_pile(actor, pile, reading)
    repeated = staged.repeated + len(reading.repeated)
    changes = {"payload": {}, "accepted": len(reading.sheets), "repeated": repeated}
    return IMPORT.apply(staged, "commit", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def discard_answer_import(*, actor: Any, staged: AnswerImport, revision: int | None = None) -> AnswerImport:
    """Give a preview up; its answers are not kept."""
    return IMPORT.apply(staged, "discard", actor=actor, revision=revision, changes={"payload": {}})


@transaction.atomic
def import_answers(
    *, actor: Any = SYSTEM, survey: Survey, channel: str, filename: str, content: bytes, commit: bool
) -> AnswerReading:
    """Read a workbook and with ``commit`` store its good sheets at once: the way of the command line."""
    queue_up(survey)
    pile = Pile(survey, channel)
    reading = _read(actor, pile, filename, content)
    if commit:
        store_pile(actor, pile, reading)
        audit.record(actor=actor, verb="surveys.import_answers", target=survey, after=_in_words(reading))
    return reading


class Pile(NamedTuple):
    """Paper sheets that belong together: one survey, one channel, one occasion where one is named."""

    survey: Survey
    channel: str
    occasion: Occasion | None = None

    @property
    def where(self) -> str | Occasion:
        """Numbers of sheets are told apart within this."""
        return self.occasion or self.channel


def queue_up(survey: Survey) -> None:
    """Imports of one survey one after the other: each must know the numbers the other has taken."""
    Survey.objects.select_for_update().get(pk=survey.pk)


def _read(actor: Any, pile: Pile, filename: str, content: bytes) -> AnswerReading:
    demand(rules.can_collect(actor, pile.survey))
    demand_paper(pile)
    reading = read_answers(content, filename, pile.survey)
    set_repeated_apart(pile, reading)
    return reading


def demand_paper(pile: Pile) -> None:
    """Raise ``ServiceError`` for a pile that comes from nowhere."""
    if pile.channel not in rules.PAPER:
        raise ServiceError("请选择纸质问卷在哪个场合发放。", "channel")
    occasion = pile.occasion
    if occasion is not None and (occasion.survey_id, occasion.channel) != (pile.survey.pk, pile.channel):
        raise ServiceError("场次不属于本次调查，请重新选择。", "channel")


def _figures(reading: AnswerReading) -> dict[str, int]:
    return {
        "accepted": len(reading.sheets),
        "refused": reading.refused,
        "repeated": len(reading.repeated),
        "defects": len(reading.defects),
    }


def _in_words(reading: AnswerReading) -> dict[str, int]:
    words = {"accepted": "计入份数", "refused": "有误份数", "repeated": "重复份数", "defects": "有误处数"}
    return {words[name]: figure for name, figure in _figures(reading).items()}


def set_repeated_apart(pile: Pile, reading: AnswerReading) -> None:
    """Take out sheets whose number is there twice: the same sheet once more, or one number with other answers."""
    survey, channel, occasion = pile
    numbers = SheetNumber.objects.filter(survey=survey, channel=channel, occasion=occasion)
    taken = dict(numbers.values_list("number", "digest"))
    by_number: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for sheet in reading.sheets:
        by_number[sheet["number"]].append(sheet)
    good: list[dict[str, Any]] = by_number.pop("", [])
    for number, sheets in by_number.items():
        digests = [content_digest(survey, pile.where, sheet) for sheet in sheets]
        if number in taken:
            same = [digest == taken[number] for digest in digests]
            for sheet, known in zip(sheets, same, strict=True):
                _report(
                    reading,
                    sheet,
                    "已在系统中，不再计入" if known else "已在系统中，但答案不同，请对照纸卷核对",
                )
        elif len(set(digests)) > 1:
            rows = "、".join(str(sheet["row"]) for sheet in sheets)
            for sheet in sheets:
                _report(reading, sheet, f"在第{rows}行都有，答案不同，都没有计入，请对照纸卷核对")
        else:
            good.append(sheets[0])
            for sheet in sheets[1:]:
                _report(reading, sheet, f"与第{sheets[0]['row']}行是同一份，只计一份")
    reading.sheets = sorted(good, key=lambda sheet: (sheet["sheet"], sheet["row"]))


def _report(reading: AnswerReading, sheet: dict[str, Any], what: str) -> None:
    message = f"份号{sheet['number']}{what}。"
    reading.repeated.append(CellError(sheet["row"], "份号", message, sheet["sheet"]))


def store_pile(actor: Any, pile: Pile, reading: AnswerReading) -> None:
    """Put the good sheets of a pile away and take their numbers."""
    survey, channel, occasion = pile
    numbers = [
        SheetNumber(
            survey=survey, channel=channel, occasion=occasion, number=sheet["number"],
            digest=content_digest(survey, pile.where, sheet),
        )
        for sheet in reading.sheets
        if sheet["number"]
    ]  # fmt: skip
    records.bulk_create(
        numbers, actor=actor, verb="surveys.store_paper", target=survey, summary=f"{survey}纸质问卷"
    )
    put_away(survey, reading.sheets, channel)
