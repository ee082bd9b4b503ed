"""Forms of the anonymous box, in words for a villager."""

from typing import Any

from django import forms

from core.forms import ManyFiles, ManyFilesField
from core.text import clean
from findings.models import PetitionKind
from findings.services.petitions.sealed import SEALED_PICTURES

_OFF = {"autocomplete": "off"}


class _Letter(forms.Form):
    sealed_text = forms.CharField(
        label="内容",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control"} | _OFF),
    )
    sealed_files = ManyFilesField(
        label="照片（可以不选）", required=False,
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png", "class": "form-control"}),
        help_text=f"最多{SEALED_PICTURES.max_count}张，每张不超过5 MB。",
    )  # fmt: skip

    def letter(self) -> dict[str, Any]:
        """What the service takes."""
        pictures = self.cleaned_data.get("sealed_files") or []
        return {"text": clean(self.cleaned_data["sealed_text"]), "pictures": pictures}


class LetterForm(_Letter):
    """The first letter."""

    kind = forms.ChoiceField(
        label="这是",
        choices=[
            (PetitionKind.ACCUSATION, "反映村（社区）干部的问题"),
            (PetitionKind.ADVICE, "提意见建议"),
            (PetitionKind.APPEAL, "个人困难、诉求"),
        ],
        widget=forms.RadioSelect,
        initial=PetitionKind.ACCUSATION,
    )
    field_order = ["kind", "sealed_text", "sealed_files"]


class LookForm(forms.Form):
    """Receipt and query code."""

    receipt = forms.CharField(
        label="受理号", max_length=12, widget=forms.TextInput(attrs={"class": "form-control"} | _OFF)
    )
    sealed_code = forms.CharField(
        label="查询码",
        max_length=24,
        widget=forms.TextInput(attrs={"class": "form-control", "inputmode": "numeric"} | _OFF),
    )


class MoreForm(_Letter):
    """Something to add."""


class BackForm(forms.Form):
    """A message of the team."""

    text = forms.CharField(max_length=1000)
