"""What every form of this room shares: groups like on paper, cleaned text, the revision it was opened with."""

from collections.abc import Sequence
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Fieldset, Layout, Row
from django import forms

from core.text import clean

Group = tuple[str, Sequence[str | tuple[str, ...]]]


class SheetForm(forms.Form):
    """A form in groups; fields named together in a tuple stand side by side.

    ``groups`` is the layout: (title, fields). Text is cleaned of characters no database or document takes.
    """

    groups: ClassVar[Sequence[Group]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label:
                field.empty_label = "请选择" if field.required else "（不填）"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.include_media = False
        sheets = [Fieldset(title, *(_cell(item) for item in fields)) for title, fields in self.groups]
        hidden = [Field(name) for name, field in self.fields.items() if field.widget.is_hidden]
        self.helper.layout = Layout(*hidden, *sheets)

    def clean(self) -> dict[str, Any]:
        """Apply the one text cleaner to everything that was typed."""
        values = super().clean() or self.cleaned_data
        return {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}


def _cell(item: str | tuple[str, ...]) -> Any:
    return Row(*(Column(name) for name in item)) if isinstance(item, tuple) else Field(item)


class EditForm(SheetForm):
    """A form over an existing record: it remembers the revision the person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def split(self) -> tuple[int, dict[str, Any]]:
        """The revision, and the values to write."""
        values = dict(self.cleaned_data)
        return values.pop("revision"), values


class ReasonForm(SheetForm):
    """A step that is only taken with a reason."""

    groups = (("", ["reason"]),)
    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="理由会写入办理记录。",
    )


class DayInput(forms.DateInput):
    """The browser's own calendar; it wants and sends the ISO form."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day chosen from the calendar."""

    widget = DayInput
