"""The portrait form (自画像、预画像) as a workbook: labels locked, cells to fill open, what is known already in it."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import xlsxwriter

from prep.models import Body, Gender, PortraitKind, ProjectState
from prep.selectors.portraits.fields import (
    ABOUT,
    BASICS,
    EDITION,
    EXPLANATION,
    FORM_CODES,
    LONG,
    MEMBERS,
    PROJECTS,
    SECTIONS,
    TITLES,
    TRAIT_LEAD,
    WELFARE,
    WHO,
    YEARS,
    Ask,
    AskTable,
)

_LAST = 9  # columns A to J
_WIDTH = 9.6
# Which columns each part of a list covers, in the order of its questions.
_SPANS = {"year": (1, 2, 2, 2, 1, 2), "member": (1,) * 10, "project": (1, 2, 2, 2, 2, 1)}
_LISTS = {
    "gender": Gender.labels,
    "body": Body.labels,
    "state": ProjectState.labels,
    "yes": ["是", "否"],
}
_STYLE = (
    {"count": "number", "few": "number", "year": "year", "money": "money", "day": "day"}
    | dict.fromkeys(("month", "since", "until"), "month")
    | dict.fromkeys(("gender", "yes", "body", "state"), "center")
)
_BASE = {"font_name": "仿宋_GB2312", "font_size": 11, "valign": "vcenter", "border": 1, "text_wrap": True}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "方正小标宋简体", "font_size": 20, "align": "center", "valign": "vcenter"},
    "line": {"font_name": "仿宋_GB2312", "font_size": 11, "valign": "vcenter"},
    "section": {"font_name": "黑体", "font_size": 12, "valign": "vcenter"},
    "label": _BASE | {"font_name": "黑体", "align": "center", "bg_color": "#F2F2F2"},
    "note": {"font_name": "仿宋_GB2312", "font_size": 10, "valign": "top", "text_wrap": True},
    "text": _BASE | {"align": "left", "locked": False, "num_format": "@"},
    "center": _BASE | {"align": "center", "locked": False, "num_format": "@"},
    "long": _BASE | {"align": "left", "valign": "top", "locked": False, "num_format": "@"},
    "number": _BASE | {"align": "center", "locked": False, "num_format": "0"},
    "year": _BASE | {"align": "center", "locked": False, "num_format": "0"},
    "money": _BASE | {"align": "right", "locked": False, "num_format": "#,##0.00"},
    "day": _BASE | {"align": "center", "locked": False, "num_format": "yyyy-mm-dd"},
    "month": _BASE | {"align": "center", "locked": False, "num_format": "yyyy-mm"},
}


@dataclass(frozen=True)
class PortraitForm:
    """What the form is made for and what is known already, in the words of the form's questions."""

    kind: PortraitKind
    place: str
    code: str
    round: str
    office: str
    made_on: dt.date
    values: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    traits: Sequence[str] = ()


def portrait_xlsx(form: PortraitForm) -> bytes:
    """Return the workbook; the same data give the same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    made = dt.datetime(form.made_on.year, form.made_on.month, form.made_on.day)
    book.set_properties({"title": TITLES[form.kind], "author": form.office, "created": made})
    _Writer(book, form).write()
    book.close()
    return stream.getvalue()


class _Writer:
    """Writes the one sheet from top to bottom."""

    def __init__(self, book: Any, form: PortraitForm) -> None:
        self._form = form
        self._page = book.add_worksheet(form.kind.label)
        self._formats = {name: book.add_format(style) for name, style in _FORMATS.items()}
        self._row = 0

    def write(self) -> None:
        """Heading, sections in the order of the profile, explanation, print set-up."""
        self._heading()
        self._section(0)
        self._pairs(BASICS)
        self._section(1)
        self._pairs(WELFARE)
        for number, table in ((2, YEARS), (3, MEMBERS), (4, PROJECTS)):
            if table is PROJECTS:
                self._page.set_h_pagebreaks([self._row])
            self._section(number)
            self._table(table)
        self._section(5)
        for ask in LONG:
            self._put(0, 1, ask.label, "label")
            self._ask(2, _LAST, ask)
            self._end(96)
        self._across(EXPLANATION, "note", 44)
        self._across(TRAIT_LEAD + "、".join(self._form.traits), "note", 30)
        self._set_up()

    def _heading(self) -> None:
        form = self._form
        self._across(TITLES[form.kind], "title", 36)
        line = f"表号：{FORM_CODES[form.kind]}　版次：第{EDITION}版　{form.place}　代码：{form.code}　{form.round}"
        self._across(f"{line}　{WHO[form.kind]}", "line", 20)
        self._put(0, 1, ABOUT[0].label, "label")
        self._ask(2, 4, ABOUT[0])
        self._put(5, 6, ABOUT[1].label, "label")
        self._ask(7, _LAST, ABOUT[1])
        self._end(24)

    def _section(self, number: int) -> None:
        self._across(SECTIONS[number], "section", 24)

    def _pairs(self, asks: Sequence[Ask]) -> None:
        for first, second in zip(asks[::2], asks[1::2], strict=True):
            self._put(0, 1, first.label, "label")
            self._ask(2, 4, first)
            self._put(5, 6, second.label, "label")
            self._ask(7, _LAST, second)
            self._end(32)

    def _table(self, table: AskTable) -> None:
        known = list(self._form.rows.get(table.key, ()))
        spans = _SPANS[table.key]
        spare = 0 if table is YEARS else 2
        for number in range(-1, max(table.rows, len(known) + spare)):
            left = 0
            for ask, span in zip(table.columns, spans, strict=True):
                if number < 0:
                    self._put(left, left + span - 1, ask.label, "label")
                else:
                    row = known[number] if number < len(known) else {}
                    self._ask(left, left + span - 1, ask, row.get(ask.key))
                left += span
            self._end(32 if number < 0 or table is MEMBERS else 24)

    # --- cells --------------------------------------------------------------------------------------------

    def _ask(self, first: int, last: int, ask: Ask, value: Any = None) -> None:
        """A cell to fill, with what is known in it and its hint beside it."""
        value = self._form.values.get(ask.key) if value is None else value
        style = "long" if ask.read == "long" else _STYLE.get(ask.read, "text")
        self._put(first, last, value, style)
        rule: dict[str, Any] = {"validate": "any"}
        if ask.read in _LISTS:
            rule = {"validate": "list", "source": _LISTS[ask.read]}
        elif ask.read in ("count", "few"):
            rule = {"validate": "integer", "criteria": ">=", "value": 0}
        elif ask.read == "year":
            rule = {"validate": "integer", "criteria": "between", "minimum": 1949, "maximum": 2999}
        if rule["validate"] != "any":
            rule |= {"error_title": ask.label[:32], "error_message": f"{ask.hint or '请按所列填写。'}"[:255]}
        if ask.hint:
            rule |= {"input_title": ask.label[:32], "input_message": ask.hint[:255]}
        if len(rule) > 1:
            self._page.data_validation(self._row, first, self._row, first, rule | {"ignore_blank": True})

    def _put(self, first: int, last: int, value: Any, style: str) -> None:
        chosen = self._formats[style]
        if last > first:
            self._page.merge_range(self._row, first, self._row, last, "", chosen)
        if value is None or value == "":
            self._page.write_blank(self._row, first, None, chosen)
        elif isinstance(value, bool):
            self._page.write_string(self._row, first, "是" if value else "", chosen)
        elif isinstance(value, int | float | Decimal):
            self._page.write_number(self._row, first, value, chosen)
        elif isinstance(value, dt.date):
            moment = dt.datetime(value.year, value.month, value.day)
            self._page.write_datetime(self._row, first, moment, chosen)
        else:
            self._page.write_string(self._row, first, str(value), chosen)

    def _across(self, text: str, style: str, height: int) -> None:
        self._put(0, _LAST, text, style)
        self._end(height)

    def _end(self, height: int) -> None:
        self._page.set_row(self._row, height)
        self._row += 1

    def _set_up(self) -> None:
        page = self._page
        page.set_column(0, _LAST, _WIDTH)
        page.set_paper(9)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        page.set_footer("&C内部资料　第 &P 页，共 &N 页")
        allowed = {"format_rows": True, "format_columns": True, "insert_rows": True, "delete_rows": True}
        page.protect("", allowed)
