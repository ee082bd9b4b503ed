"""Two villages and their towns fill the real form in, and it comes back through the real import."""

import io
import random
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from core.blanks import filled_papers
from core.office.tables import read_tables
from inspection.demo import cast
from prep import services
from prep.models import PortraitKind, VillageProfile, YearFigure
from villages.access import is_recused
from villages.models import Village, VillageInspection

# What each side writes differently: the label of a question and what is done with the number known.
_CHANGED: dict[PortraitKind, dict[str, Any]] = {
    PortraitKind.SELF: {"常住人口": 1.06, "低保户数": 1, "党员数": 1, "持证残疾人数": 0.96, "脱贫户数": 1},
    PortraitKind.TOWN: {"常住人口": 0.97, "低保户数": 1.18, "党员数": 1, "持证残疾人数": 1, "脱贫户数": 1.1},
}
_WORDS = {
    PortraitKind.SELF: "村级收入主要靠鱼塘和门面出租，账目按月公开；群众意见集中在道路养护和垃圾清运。",
    PortraitKind.TOWN: "班子年龄偏大，工程项目多、合同续签不规范；近两年因发包价格引起的信访较多，建议重点看合同。",
}
_BY_HAND = {PortraitKind.SELF: ("填表人", "村报账员"), PortraitKind.TOWN: ("填表人", "镇农经站")}


def come_back(inspection: VillageInspection) -> None:
    """Both portraits, put in by a member; in one village some values are taken over."""
    plan = cast.plan_of(inspection.team)
    member = next(user for user in map(cast.person, plan.members) if not is_recused(user, inspection))
    forms: dict[str, Any] = {paper.name: paper for paper in filled_papers()}
    for kind in (PortraitKind.SELF, PortraitKind.TOWN):
        name, blank = forms[f"prep.{kind}_portrait"].make(member, inspection)
        content = _filled(blank, inspection.village, kind)
        services.stage_portrait(actor=member, inspection=inspection, upload=SimpleUploadedFile(name, content))
    if inspection.village.name == "渔湖村":
        _take(member, inspection)


def _take(actor: Any, inspection: VillageInspection) -> None:
    profile = VillageProfile.objects.get(inspection=inspection)
    choices = {"residents": PortraitKind.SELF, "minimum_households": PortraitKind.TOWN}
    services.take_from_portraits(
        actor=actor, inspection=inspection, choices=choices, revision=profile.revision
    )


def _filled(blank: bytes, village: Village, kind: PortraitKind) -> bytes:
    """What the form says, typed over as people do, as a plain workbook."""
    rng = random.Random(village.code + kind)  # noqa: S311  (made-up figures, repeatable)
    rows = read_tables(blank)[0].rows
    for label, factor in _CHANGED[kind].items():
        number, column = _beside(rows, label)
        _put(rows, number, column, round(float(rows[number][column] or 0) * factor))
    for label, value in (_BY_HAND[kind], ("填表日期", "2026.9.28"), ("画像结论", _WORDS[kind])):
        _put(rows, *_beside(rows, label), value)
    _fill_years(rows, village, kind, rng)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(kind.label)
    for line, row in enumerate(rows):
        page.write_row(line, 0, row)
    book.close()
    return stream.getvalue()


def _fill_years(rows: list[list[Any]], village: Village, kind: PortraitKind, rng: random.Random) -> None:
    """Petitions and cases, of which the village names fewer; one income in words, one in 万, one debt higher."""
    head = next(number for number, row in enumerate(rows) if row and row[0] == "年度")
    known = {row.year: row for row in YearFigure.objects.filter(village=village)}
    for number in range(head + 1, head + 6):
        row = known[int(rows[number][0])]
        hidden = rng.randint(0, 2) if kind == PortraitKind.SELF else 0
        _put(rows, number, 7, max(0, row.petitions - hidden))
        _put(rows, number, 8, row.cases)
    if kind == PortraitKind.SELF:
        _put(rows, head + 3, 1, "约九十万")
        _put(rows, head + 5, 1, round(float(rows[head + 5][1]) * 0.93, 2))
    else:
        _put(rows, head + 3, 1, f"{round(float(rows[head + 3][1]) / 10_000, 2)}万")
        _put(rows, head + 4, 5, round(float(rows[head + 4][5]) * 1.4 + 60_000, 2))


def _beside(rows: list[list[Any]], label: str) -> tuple[int, int]:
    """Row and column of the cell to fill, behind the label's own merged cells."""
    number = next(number for number, row in enumerate(rows) if label in row)
    column = rows[number].index(label)
    while rows[number][column] == label:
        column += 1
    return number, column


def _put(rows: list[list[Any]], number: int, column: int, value: Any) -> None:
    """Write into a cell, and into the further ones of its merged range, which hold the same."""
    row = rows[number]
    row += [""] * (column + 1 - len(row))
    old, row[column] = row[column], value
    while old != "" and column + 1 < len(row) and row[column + 1] == old:
        column += 1
        row[column] = value
