"""Reads ballots from a workbook, one by one or counted. A cell that is not plainly one thing is named, never guessed.

One ballot a row: 票号, 人员类别, then a column for each subject. Counted: 测评对象, 人员类别, then 好, 较好, 一般, 差,
弃权, 无效. Which of the two it is, and where the columns stand, is read from the heads.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from core.office import parse
from core.office.columns import CellError, Column, TableReading, find_columns, normalised
from core.office.tables import Cell, ImportRefused, Table
from surveys.models import LEVELS, BallotCount, Mark, Rating, RatingSubject, group_names, respondent_groups
from surveys.selectors.scoring import Votes, added, count_ballots
from surveys.services.cells import group_reader
from surveys.services.reading import village_tables

_HEAD_ROWS = 30
_ABSTAIN, _VOID = str(Mark.ABSTAIN), str(Mark.VOID)
_MARKS = {label: value for value, label in Mark.choices} | {
    value: value for value in Mark.values if value != _VOID
}
_NUMBER = re.compile(r"(\d+)\.0*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_COMMITTEE = ("班子", "两委班子", "村两委班子", "社区两委班子", "村（社区）两委班子", "领导班子", "班子整体")
_SUBJECT = ("测评对象", "姓名", "对象", "被测评人", "被测评对象")
_GROUP = ("人员类别", "类别", "身份", "投票人类别", "票种")
_NUMBERS = ("票号", "测评票编号", "编号", "份号")


@dataclass
class BallotReading:
    """What a workbook holds for one rating.

    ``ballots``: good ones, each ``number``, ``group``, ``marks``. ``counts``: good counted rows, each ``subject``
    (number), ``group``, ``figures`` (in the order of ``Mark``). Both know their ``row`` and ``sheet``. ``defects``
    name a cell each; ``repeated``: what is there twice or in the system already, reported and not counted.
    """

    way: str = BallotCount.Way.SINGLE
    ballots: list[dict[str, Any]] = field(default_factory=list)
    counts: list[dict[str, Any]] = field(default_factory=list)
    defects: list[CellError] = field(default_factory=list)
    repeated: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        """How many ballots, or counted rows, are good."""
        return len(self.ballots) + len(self.counts)

    @property
    def refused(self) -> int:
        """How many rows are kept out by a defect."""
        return len({(fault.sheet, fault.row) for fault in self.defects})

    def votes(self) -> dict[int, Votes]:
        """The good votes by subject number and group."""
        counted: dict[int, Votes] = {}
        for row in self.counts:
            marks = dict(zip(Mark.values, row["figures"], strict=True))
            counted = added(counted, {row["subject"]: {row["group"]: marks}})  # type: ignore[dict-item]
        return added(counted, count_ballots((b["group"], b["marks"]) for b in self.ballots))

    def to_json(self) -> dict[str, Any]:
        """Plain JSON for the preview."""
        lists = {name: getattr(self, name) for name in ("defects", "repeated", "warnings")}
        faults = {n: [[f.row, f.column, f.message, f.sheet] for f in found] for n, found in lists.items()}
        return {"ballots": self.ballots, "counts": self.counts, **faults}


def read_ballots(content: bytes, filename: str, rating: Rating) -> BallotReading:
    """Read the ballots meant for ``rating`` out of a workbook; raises ``ImportRefused`` when there are none."""
    subjects = list(rating.subjects.all())
    reading = BallotReading()
    tables = village_tables(content, filename, rating.village.name)
    ways = {_is_counted(table) for table in tables}
    if len(ways) > 1:
        raise ImportRefused("工作簿里既有逐票录入表又有汇总表，请分成两个文件分别上传。")
    if ways == {True}:
        reading.way = BallotCount.Way.COUNTED
    for table in tables:
        if reading.way == BallotCount.Way.COUNTED:
            _take_counts(find_columns(table, _count_columns()), subjects, reading)
        else:
            _take_ballots(_find(table, _ballot_columns(subjects)), subjects, reading)
    if not (reading.accepted or reading.defects or reading.repeated):
        raise ImportRefused("表头下面没有测评票，请填写后重新上传。")
    return reading


def _is_counted(table: Table) -> bool:
    """Does a head name the levels beside a column of subjects?"""
    heads = [{normalised(cell) for cell in row if cell != ""} for row in table.rows[:_HEAD_ROWS]]
    levels, subjects = {mark.label for mark in LEVELS}, {normalised(title) for title in _SUBJECT}
    return any(levels <= head and subjects & head for head in heads)


def plain(cell: Cell) -> str:
    """A cell without blanks, half-width."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", parse.shown(cell)))


# --- one ballot a row -------------------------------------------------------------------------------------


def _names(subject: RatingSubject) -> tuple[str, ...]:
    """What a column of this subject may be called."""
    if subject.kind == RatingSubject.Kind.COMMITTEE:
        return (*_COMMITTEE, *(f"{subject.number}{name}" for name in _COMMITTEE))
    full = f"{subject.name}{subject.post}"
    return (
        full,
        f"{subject.number}{subject.name}",
        f"{subject.number}{full}",
        f"{subject.post}{subject.name}",
    )


def _ballot_columns(subjects: list[RatingSubject]) -> list[Column]:
    return [
        Column("number", _NUMBERS[0], _NUMBERS[1:], parse=ballot_number),
        Column("group", _GROUP[0], _GROUP[1:], parse=group_reader(respondent_groups())),
        *(
            Column(str(s.number), s.name, _names(s), required=False, parse=read_mark)
            for s in subjects
        ),
    ]  # fmt: skip


def _find(table: Table, columns: list[Column]) -> TableReading:
    """Without a column of ballot numbers a serial number does: it still tells one ballot from another."""
    found = find_columns(table, columns)
    if columns[0].title not in _absent(found):
        return found
    return find_columns(table, [Column("number", "票号", ("序号",), parse=ballot_number), *columns[1:]])


def _absent(found: TableReading) -> set[str]:
    return {warning.column for warning in found.warnings if "没有这一列" in warning.message}


def read_mark(cell: Cell) -> str:
    """One mark as its digit. Width, blanks, a trailing dot and the label itself are harmless."""
    if isinstance(cell, bool):
        raise parse.BadCell(f"“{parse.shown(cell)}”不是等次，应为好、较好、一般、差。")
    text = plain(cell)
    if _DAY.match(text):
        raise parse.BadCell("这一格是日期，可能是输入“1-2”时被表格软件改的，请对照纸票改正。")
    number = _NUMBER.fullmatch(text)
    text = number.group(1) if number else text.rstrip(".。、")
    if text in _MARKS:
        return _MARKS[text]
    if text.startswith("#"):
        raise parse.BadCell(f"这一格是公式错误（{text[:12]}），请填写等次。")
    parts = [part for part in re.split(r"[,，、;；/和+|\-或]+", text) if part]
    if (len(parts) > 1 and all(part in _MARKS for part in parts)) or _is_run(text):
        raise parse.BadCell(
            f"“{text[:20]}”是两个等次，一人只能选一项，请对照纸票处理；确实划了两项的填“无效”。"
        )
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        raise parse.BadCell(f"“{text[:20]}”超出范围，应为1至5（1好、2较好、3一般、4差、5弃权）。")
    raise parse.BadCell(f"“{text[:20]}”不是等次，应为好、较好、一般、差、弃权或无效。")


def _is_run(text: str) -> bool:
    """Several digits or several labels without anything between: ``12``, ``好较好``."""
    if len(text) > 1 and set(text) <= set("12345"):
        return True
    rest = text
    for label in sorted(Mark.labels, key=len, reverse=True):
        rest = rest.replace(label, "")
    return not rest and len(text) > 1


def ballot_number(cell: Cell) -> str:
    """A ballot's own number without leading zeros."""
    text = plain(cell)
    number = _NUMBER.fullmatch(text)
    text = (number.group(1) if number else text).upper()
    if len(text) > 20:
        raise parse.BadCell("票号最多20个字符。")
    return text.lstrip("0") or "0"


def _take_ballots(found: TableReading, subjects: list[RatingSubject], reading: BallotReading) -> None:
    absent = _absent(found)
    missing = [subject.name for subject in subjects if subject.name in absent]
    if missing:
        names = "、".join(f"“{name}”" for name in missing[:5])
        raise ImportRefused(f"表头里没有{names}这一列。测评名单上的每个对象都要有一列，请补上后重新上传。")
    reading.defects += found.errors
    reading.warnings += [w for w in found.warnings if w.column not in (_NUMBERS[0], _GROUP[0])]
    if _NUMBERS[0] in absent:
        reading.warnings.append(CellError(0, _NUMBERS[0], "没有票号，查不出重复录入的票。", ""))
    for row in found.rows:
        given = [row.values[str(subject.number)] for subject in subjects]
        number, group = row.values["number"] or "", row.values["group"] or ""
        if any(given):
            marks = "".join(mark or _ABSTAIN for mark in given)
            place = {"row": row.number, "sheet": row.sheet}
            reading.ballots.append({"number": number, "group": group, "marks": marks, **place})
        elif group or re.fullmatch(r"[0-9A-Z-]+", number):
            text = "整张没有划票，按废票清点，不导入。"
            reading.defects.append(CellError(row.number, "", text, row.sheet))
        else:
            reading.warnings.append(
                CellError(row.number, "", f"这一行不是测评票，未读取：{number}", row.sheet)
            )


# --- counted ----------------------------------------------------------------------------------------------


def _figure(cell: Cell) -> int | None:
    """A number of votes; width, blanks, a trailing dot and 票 are harmless."""
    if isinstance(cell, float | bool):
        return parse.whole(0, 100_000)(cell)
    return parse.whole(0, 100_000)(re.sub(r"[.。、]?[票张]?$", "", plain(cell)))


def _count_columns() -> list[Column]:
    return [
        Column("subject", _SUBJECT[0], _SUBJECT[1:], required=True),
        Column("group", _GROUP[0], _GROUP[1:], parse=group_reader(respondent_groups())),
        *(Column(mark, mark.label, (f"{mark.label}票", f"{mark.label}票数"), parse=_figure) for mark in Mark),
        Column("valid", "有效票", ("有效票数", "有效"), parse=_figure),
    ]


def _take_counts(found: TableReading, subjects: list[RatingSubject], reading: BallotReading) -> None:
    known = {normalised(name): s.number for s in subjects for name in (s.name, *_names(s))}
    names = {subject.number: subject.name for subject in subjects}
    reading.defects += found.errors
    optional = {_GROUP[0], Mark.ABSTAIN.label, Mark.VOID.label, "有效票"}
    reading.warnings += [w for w in found.warnings if w.column not in optional]
    rows: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in found.rows:
        subject = known.get(normalised(row.values["subject"]))
        given = [row.values[mark] for mark in Mark]
        if subject is None:
            text = f"“{row.values['subject'][:20]}”不在测评名单上，请核对姓名。"
            reading.defects.append(CellError(row.number, _SUBJECT[0], text, row.sheet))
            continue
        figures = [figure or 0 for figure in given]
        valid = sum(figures[: len(LEVELS)])
        stated = row.values["valid"]
        if all(figure is None for figure in given):
            reading.defects.append(CellError(row.number, "", f"“{names[subject]}”没有填票数。", row.sheet))
        elif stated is not None and stated != valid:
            text = f"有效票填了{stated}，四个等次合计{valid}，请核对。"
            reading.defects.append(CellError(row.number, "有效票", text, row.sheet))
        else:
            group = row.values["group"] or ""
            place = {"row": row.number, "sheet": row.sheet}
            rows[group, subject].append({"subject": subject, "group": group, "figures": figures, **place})
    reading.counts += _once(rows, names, reading)
    _warn_of_gaps(reading, names)


def _once(
    rows: dict[tuple[str, int], list[dict[str, Any]]], names: dict[int, str], reading: BallotReading
) -> list[dict[str, Any]]:
    """Each subject once per group: the same row again is left out, differing rows are all left out."""
    good = []
    for (_, subject), lines in rows.items():
        first, *others = lines
        if not others:
            good.append(first)
            continue
        same = all(line["figures"] == first["figures"] for line in others)
        good += [first] if same else []
        places = "、".join(str(line["row"]) for line in lines)
        text = "票数相同，只计一次" if same else "票数不同，都没有计入，请核对"
        for line in others if same else lines:
            message = f"“{names[subject]}”在第{places}行都有，{text}。"
            reading.repeated.append(CellError(line["row"], _SUBJECT[0], message, line["sheet"]))
    return good


def _warn_of_gaps(reading: BallotReading, names: dict[int, str]) -> None:
    """Say which subjects a group has no votes for, and where its sums differ: the count sheet will ask again."""
    by_group: dict[str, dict[int, int]] = defaultdict(dict)
    for line in reading.counts:
        by_group[line["group"]][line["subject"]] = sum(line["figures"])
    groups = group_names()
    for group, sums in by_group.items():
        label = groups.get(group, "不分类别")
        missing = [name for number, name in names.items() if number not in sums]
        if missing:
            reading.warnings.append(CellError(0, "", f"{label}没有{'、'.join(missing)}的票数。", ""))
        if len(set(sums.values())) > 1:
            words = "、".join(f"{names[number]}{total}" for number, total in sums.items())
            reading.warnings.append(CellError(0, "", f"{label}各对象合计票数不一致：{words}。", ""))
