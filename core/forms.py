"""What every form shares: groups like on paper, cleaned text, the calendar, and lists of rows without a script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Fieldset, Layout, Row
from django import forms

from core.days import plausible
from core.text import clean, clean_deep

Group = tuple[str, Sequence[str | tuple[str, ...]]]
# What Django offers as "nothing chosen": a row of hyphens says nothing to anybody.
_UNWORDED = "---------"


class SheetForm(forms.Form):
    """A form in groups; fields named together in a tuple stand side by side.

    ``groups`` is the layout: (title, fields). Text is cleaned of characters no database or document takes.
    """

    groups: ClassVar[Sequence[Group]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _ask_plausible(field)
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == _UNWORDED:
                field.empty_label = "请选择" if field.required else "（不填）"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.include_media = False
        sheets = [
            Fieldset(title, *(_cell(item) for item in present), css_id=f"group-{number}")
            for number, (title, fields) in enumerate(self.groups, 1)
            if (present := self._present(fields))
        ]
        hidden = [Field(name) for name, field in self.fields.items() if field.widget.is_hidden]
        self.helper.layout = Layout(*hidden, *sheets)

    def _present(self, items: Sequence[str | tuple[str, ...]]) -> list[str | tuple[str, ...]]:
        """The named fields this form has: one layout serves a new and a known record."""
        found: list[str | tuple[str, ...]] = []
        for item in items:
            names = tuple(n for n in (item if isinstance(item, tuple) else (item,)) if n in self.fields)
            if names:
                found.append(names if isinstance(item, tuple) else names[0])
        return found

    def clean(self) -> dict[str, Any]:
        """Apply the one text cleaner to everything that was typed."""
        values = super().clean() or self.cleaned_data
        return {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}


def _ask_plausible(field: forms.Field) -> None:
    """Days are checked in every form alike."""
    if isinstance(field, forms.DateField | forms.DateTimeField):
        field.validators.append(plausible)


def _cell(item: str | tuple[str, ...]) -> Any:
    return Row(*(Column(name) for name in item)) if isinstance(item, tuple) else Field(item)


class DayInput(forms.DateInput):
    """The browser's own calendar; it wants and sends the ISO form."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own calendar and clock, to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes many at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Gives a list of uploads."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Check each upload by itself."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not given:
            raise forms.ValidationError("请选择文件。")
        return [super(ManyFilesField, self).clean(item, initial) for item in given]


class LinesField(forms.CharField):
    """A list of short texts, one on each line; blank lines are left out."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """A stored list as lines; what was typed stays as typed."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        """The lines, trimmed and cleaned."""
        text = clean(super().clean(value))
        return [line.strip() for line in text.split("\n") if line.strip()]


class JoinedField(forms.CharField):
    """A hidden field that says itself what of it is compared and joined when two people saved."""

    widget = forms.HiddenInput

    def plain(self, value: Any) -> Any:
        """The value as plain JSON, alike however it was typed or stored, without secrets."""
        raise NotImplementedError

    def join(self, base: Any, mine: Any, theirs: Any) -> tuple[Any, bool]:
        """Three plain values made into one, and whether both changed one place."""
        raise NotImplementedError

    def put(self, form: forms.BaseForm, name: str, value: Any) -> None:
        """Let the bound ``form``, whose data may be written, hold the plain ``value`` as if it had been typed."""
        raise NotImplementedError

    def in_words(self, value: Any) -> str:
        """A plain value as people compare it by eye."""
        raise NotImplementedError


@dataclass(frozen=True)
class RowColumn:
    """One column of a :class:`RowsField`: its key, its heading, the field that reads one cell."""

    name: str
    label: str
    field: forms.Field
    width: str = ""


class RowsWidget(forms.Widget):
    """A small table of inputs, with some empty rows at the end; works without a script."""

    template_name = "components/rows_widget.html"
    use_fieldset = True

    def __init__(self, columns: Sequence[RowColumn], least: int, spare: int) -> None:
        super().__init__()
        self.columns, self.least, self.spare = columns, least, spare

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, Any]]:
        """The rows as sent, blank ones included, up to the first number that is not there."""
        rows: list[dict[str, Any]] = []
        while any(f"{name}-{len(rows)}-{column.name}" in data for column in self.columns):
            number = len(rows)
            rows.append({c.name: data.get(f"{name}-{number}-{c.name}", "") for c in self.columns})
        return rows

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """A table without a first row was not in the page."""
        return not self.value_from_datadict(data, files, name)

    def data_of(self, name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        """``rows`` as a page would send them."""
        return {
            f"{name}-{number}-{column.name}": str(row.get(column.name) or "")
            for number, row in enumerate(rows)
            for column in self.columns
        }

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Rows of rendered cells for the template."""
        filled = [row for row in value or [] if any(row.values())]
        total = max(self.least, len(filled) + self.spare)
        rows = filled + [{} for _ in range(total - len(filled))]
        table = [
            [self._cell(name, number, column, row) for column in self.columns]
            for number, row in enumerate(rows)
        ]
        return super().get_context(name, value, attrs) | {"columns": self.columns, "rows": table}

    def _cell(self, name: str, number: int, column: RowColumn, row: dict[str, Any]) -> dict[str, str]:
        widget = column.field.widget
        css = "form-control form-control-sm"
        if isinstance(widget, forms.Select):
            css = "form-select form-select-sm"
        elif isinstance(widget, forms.CheckboxInput):
            css = "form-check-input"
        attrs = {
            "class": css,
            "aria-label": f"第{number + 1}行{column.label}",
            "id": f"id_{name}-{number}-{column.name}",
        }
        html = widget.render(f"{name}-{number}-{column.name}", row.get(column.name), attrs)
        return {"label": column.label, "html": html}


class RowsField(forms.Field):
    """A list of rows with the same columns; gives ``list[dict]`` without the blank rows."""

    def __init__(
        self, columns: Sequence[RowColumn], *, least: int = 3, spare: int = 2, **kwargs: Any
    ) -> None:
        self.columns = columns
        for column in columns:
            _ask_plausible(column.field)
        super().__init__(widget=RowsWidget(columns, least, spare), **kwargs)

    def words(self, row: Mapping[str, Any]) -> str:
        """One row in words: its filled cells in order, a choice by its label."""
        said = []
        for column in self.columns:
            value = row.get(column.name)
            choosing = isinstance(column.field, forms.ChoiceField)
            labels: dict[Any, Any] = dict(column.field.choices) if choosing else {}  # type: ignore[attr-defined]
            said += [str(labels.get(value, value))] if value not in (None, "") else []
        return " · ".join(said)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """Check every cell; an error names its row and column."""
        rows, errors = [], []
        for number, row in enumerate(value or [], 1):
            if not any(str(cell or "").strip() for cell in row.values()):
                continue
            rows.append({})
            for column in self.columns:
                try:
                    rows[-1][column.name] = clean_deep(column.field.clean(row.get(column.name)))
                except forms.ValidationError as error:
                    errors += [f"第{number}行{column.label}：{message}" for message in error.messages]
        if self.required and not rows:
            errors.append("请至少填写一行。")
        if errors:
            raise forms.ValidationError(errors)
        return rows
