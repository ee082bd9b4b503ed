"""What the forms of this room share on top of the common sheet: the revision, the reason, a day."""

from typing import Any

from django import forms

from core.forms import DayInput, SheetForm


class EditForm(SheetForm):
    """A form over an existing record: it remembers the revision the person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def split(self) -> tuple[int, dict[str, Any]]:
        """The revision, and the values to write."""
        values = dict(self.cleaned_data)
        return values.pop("revision"), values


class DayField(forms.DateField):
    """A day chosen from the calendar."""

    widget = DayInput
