"""Survey tables as forms: the head as fields, the rows as one field the grid fills in."""

import json
from typing import Any

from django import forms

from core.files import SPREADSHEET
from core.forms import JoinedField, MomentInput, SheetForm
from core.merging import merge_rows
from core.text import clean_deep
from findings.models import TableSpec
from findings.rules.table_cells import MOST_ROWS, is_blank, read_rows, typed_rows
from villages.models import User

_HEAD = ("scope", "happened_at", "ended_at", "place", "checker", "recorder", "present", "remarks")
# More than a sheet holds, so that the sentence on too many rows can be said.
_MOST_READ = 5 * MOST_ROWS
# Begins the passing name of a row that is not stored yet.
_NEW = "+"


def rows_of(text: str, sealed: str = "") -> list[dict[str, str]]:
    """Rows as the grid sends them: ``[{"id", column: text}]``; ``sealed``: numbers typed in full, by row and column.

    Raises ``ValueError`` for anything else.
    """
    rows, whole = json.loads(text or "[]"), json.loads(sealed or "{}")
    if not _is_grid(rows) or not isinstance(whole, dict):
        raise ValueError("no grid")
    for number, cells in whole.items():
        if number.isdigit() and int(number) < len(rows) and isinstance(cells, dict):
            rows[int(number)] |= {str(name): str(cell) for name, cell in cells.items()}
    cleaned: list[dict[str, str]] = clean_deep(rows)
    return cleaned


def _is_grid(rows: Any) -> bool:
    return (
        isinstance(rows, list)
        and len(rows) <= _MOST_READ
        and all(isinstance(row, dict) and all(isinstance(cell, str) for cell in row.values()) for row in rows)
    )


class GridField(JoinedField):
    """The rows of a grid as one JSON text; versions of it are joined row by row."""

    def __init__(self, spec: TableSpec, **kwargs: Any) -> None:
        self.spec = spec
        super().__init__(label="各行", required=False, **kwargs)

    def plain(self, value: Any) -> list[dict[str, str]]:
        """Rows as the grid takes them, numbers masked; a row without an ``id`` gets its place for one."""
        if isinstance(value, str):
            rows: list[dict[str, str]] = json.loads(value or "[]")
            return rows
        filled = [cells for cells in value or [] if not is_blank(self.spec, cells)]
        kept, _ = read_rows(self.spec, filled, [])
        return [
            row | {"id": cells.get("id") or f"{_NEW}{place}"}
            for place, (row, cells) in enumerate(zip(typed_rows(self.spec, kept), filled, strict=True))
        ]

    def join(self, base: Any, mine: Any, theirs: Any) -> tuple[Any, bool]:
        """Row by row and cell by cell."""
        return merge_rows(base, mine, theirs)

    def put(self, form: forms.BaseForm, name: str, value: Any) -> None:
        """Rows into their field; numbers the person typed in full go along, wherever their row stands now."""
        filled = [cells for cells in form.cleaned_data[name] if not is_blank(self.spec, cells)]
        typed = {row["id"]: (row, cells) for row, cells in zip(self.plain(filled), filled, strict=True)}
        whole: dict[str, dict[str, str]] = {}
        for place, row in enumerate(value):
            masked, cells = typed.get(row["id"], ({}, {}))
            for column in self.spec.typed:
                if column.secret and row[column.name] and row[column.name] == masked.get(column.name):
                    whole.setdefault(str(place), {})[column.name] = cells[column.name]
        data: Any = form.data
        data[form.add_prefix(name)] = json.dumps(
            [row | {"id": "" if row["id"].startswith(_NEW) else row["id"]} for row in value],
            ensure_ascii=False,
        )
        data[form.add_prefix("sealed_rows")] = json.dumps(whole) if whole else ""

    def in_words(self, value: Any) -> str:
        """Rows as lines to be compared by eye."""
        return "\n".join(
            f"{number}. " + "｜".join(row[c.name] or "—" for c in self.spec.typed)
            for number, row in enumerate(value, 1)
        )


class TableForm(SheetForm):
    """One sheet by two people of the team; its rows arrive in ``rows``, numbers typed in full in ``sealed_rows``.

    The name of the latter keeps it out of drafts, form keys and the browser's own memory.
    """

    groups = (
        (
            "时间、地点和人员",
            [("happened_at", "ended_at"), ("place", "scope"), ("checker", "recorder"), "present"],
        ),
        ("情况说明", ["remarks"]),
    )
    happened_at = forms.DateTimeField(
        label="清查开始时间", widget=MomentInput, help_text="账龄、应收租金算到这一天。"
    )
    ended_at = forms.DateTimeField(label="清查结束时间", widget=MomentInput, required=False)
    place = forms.CharField(label="地点", max_length=120)
    scope = forms.CharField(
        label="清查范围", max_length=120, required=False, help_text="例如“一组”“2025年度”；全村一张表的不填。"
    )
    checker = forms.ModelChoiceField(
        User.objects.none(), label="核对人", empty_label="请选择", help_text="二人清查，记录人先签名。"
    )
    recorder = forms.ModelChoiceField(User.objects.none(), label="记录人", empty_label="请选择")
    present = forms.CharField(
        label="村、镇在场人员",
        max_length=200,
        required=False,
        help_text="写姓名和职务，例如“报账员某某、监委会主任某某”；签名前必填。",
    )
    remarks = forms.CharField(
        label="清查情况说明", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    sealed_rows = forms.CharField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, spec: TableSpec, members: Any, new: bool = False, **kwargs: Any) -> None:
        """``members``: accounts of the team; ``new``: there is no stored sheet yet."""
        self.base_fields = self.base_fields | {"rows": GridField(spec)}
        if new:
            del self.base_fields["revision"]
        super().__init__(*args, **kwargs)
        for name in ("checker", "recorder"):
            self.fields[name].queryset = members  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two different people, an end after the start, and rows the grid can have sent."""
        sealed = self.cleaned_data.get("sealed_rows", "")
        values = super().clean()
        try:
            values["rows"] = rows_of(self.cleaned_data.get("rows", ""), sealed)
        except (ValueError, RecursionError):
            self.add_error("rows", "表格内容没有传完整，请刷新页面后再保存。")
        if values.get("checker") and values.get("checker") == values.get("recorder"):
            self.add_error("recorder", "核对人和记录人不能是同一人。")
        start, end = values.get("happened_at"), values.get("ended_at")
        if start and end and end < start:
            self.add_error("ended_at", "结束时间早于开始时间。")
        return values

    @property
    def head(self) -> dict[str, Any]:
        """The fields above the rows."""
        return {name: self.cleaned_data[name] for name in _HEAD}


class TableUploadForm(SheetForm):
    """A filled workbook, and what all sheets made of it share."""

    groups = (
        ("文件", ["file"]),
        ("清查时间、地点和人员", [("happened_at", "ended_at"), "place", ("checker", "present")]),
    )
    file = forms.FileField(
        label="填好的“三资”调查表",
        widget=forms.ClearableFileInput(attrs={"accept": SPREADSHEET.accept}),
        help_text=f"用表SZ-1填写，可以只填其中几张表。{SPREADSHEET.hint}",
    )
    happened_at = forms.DateTimeField(label="清查开始时间", widget=MomentInput)
    ended_at = forms.DateTimeField(label="清查结束时间", widget=MomentInput, required=False)
    place = forms.CharField(label="地点", max_length=120)
    checker = forms.ModelChoiceField(User.objects.none(), label="核对人", empty_label="请选择")
    present = forms.CharField(label="村、镇在场人员", max_length=200, required=False)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checker"].queryset = members  # type: ignore[attr-defined]
