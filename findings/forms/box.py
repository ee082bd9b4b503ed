"""Forms of the anonymous box, in words for a villager."""

from typing import Any

from django import forms

from core.forms import ManyFiles, ManyFilesField
from core.text import clean
from findings.models import PetitionKind
from findings.services.petitions.sealed import SEALED_FILES

_OFF = {"autocomplete": "off"}


class _Letter(forms.Form):
    sealed_text = forms.CharField(
        label="内容",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "form-control"} | _OFF),
    )
    sealed_files = ManyFilesField(
        label="照片、录音或文件（可以不选）", required=False,
        widget=ManyFiles(attrs={"accept": f"image/jpeg,image/png,{SEALED_FILES.accept}", "class": "form-control"}),
        help_text=f"最多{SEALED_FILES.max_count}个：照片每张不超过5 MB，PDF、Word、录音、录像每个不超过20 MB。"
        "文件名不保留；除照片外，文件里写着的作者等信息去不掉，不想让人知道的请拍成照片再传。",
    )  # fmt: skip

    def letter(self) -> dict[str, Any]:
        """What the service takes."""
        files = self.cleaned_data.get("sealed_files") or []
        return {"text": clean(self.cleaned_data["sealed_text"]), "files": files}


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
