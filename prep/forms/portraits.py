"""Putting a portrait in, mending what could not be read of it, and choosing what the profile takes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from core.files import SPREADSHEET
from core.forms import SheetForm
from prep.selectors.portraits import CompareRow, PortraitCell, ask_of, label_of


class PortraitUploadForm(SheetForm):
    """The one file."""

    groups = (("上传填好的表", ["file"]),)

    file = forms.FileField(
        label="画像表",
        widget=forms.FileInput(attrs={"accept": SPREADSHEET.accept}),
        help_text=f"自画像、预画像都从这里上传，系统按表号识别。{SPREADSHEET.hint}",
    )


class MendForm(forms.Form):
    """One input for each cell that was not understood, with what stood there in it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, cells: Mapping[str, PortraitCell], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels = {key: label_of(key, cells) for key in cells}
        self.faults = {key: cell for key, cell in cells.items() if cell.fault}
        for key, cell in self.faults.items():
            long = ask_of(key).read == "long"
            widget: forms.Widget = (
                forms.Textarea(attrs={"rows": 3, "class": "form-control"})
                if long
                else forms.TextInput(attrs={"class": "form-control form-control-sm"})
            )
            widget.attrs["aria-label"] = f"{self.labels[key]}（{cell.place or '无位置'}）改为"
            self.fields[key] = forms.CharField(
                label=self.labels[key], required=False, max_length=4000, initial=cell.text, widget=widget
            )

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each fault with its input."""
        return [
            {"label": self.labels[key], "cell": cell, "field": self[key]} for key, cell in self.faults.items()
        ]

    def texts(self) -> dict[str, str]:
        """What was typed, by the key of the cell; an input that was not sent says nothing."""
        return {key: self.cleaned_data.get(key, "") for key in self.faults if key in self.data}


class TakeForm(forms.Form):
    """For each thing that can be taken: from which portrait, or from none."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, rows: Iterable[CompareRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [row.key for row in rows if row.offers]
        for row in rows:
            if row.offers:
                options = [(kind, kind) for kind in row.offers]
                self.fields[row.key] = forms.ChoiceField(
                    label=row.label, choices=[("", "不采用"), *options], required=False, initial=row.usual
                )

    def choices(self) -> dict[str, str]:
        """The chosen portrait by key."""
        return {key: self.cleaned_data[key] for key in self.keys if self.cleaned_data.get(key)}
