"""What the office types into a draft of the library."""

from typing import Any

from django import forms

from core.files import SPREADSHEET
from core.forms import SheetForm
from prep.models import AttentionClass, Trait


class LibraryForm(SheetForm):
    """Name of a draft and what was revised."""

    groups = (("要点库", ["name", "note"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="名称", max_length=80)
    note = forms.CharField(
        label="修订说明",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="这一版增了什么、减了什么、为什么，启用后各组可以看到。",
    )


class PointForm(SheetForm):
    """One check point. ``categories``: codes with their names; a known point has no code to type."""

    groups = (
        ("要点", [("code", "category"), "title"]),
        ("怎么查", ["basis", "method", "evidence_hint"]),
        ("哪些村（社区）要查", ["traits", "attention"]),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(
        label="编号",
        max_length=12,
        required=False,
        help_text="不填则接着本类别的最后一号；以后各版不再改动。",
    )
    category = forms.ChoiceField(label="类别")
    title = forms.CharField(label="要点", max_length=120, help_text="写成可能存在的问题，一句话。")
    basis = forms.CharField(label="依据", max_length=300, help_text="写文件名称，不抄原文。")
    method = forms.CharField(label="查法", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    evidence_hint = forms.CharField(label="看什么材料", max_length=300)
    traits = forms.MultipleChoiceField(
        label="村情类型",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="都不选则所有村（社区）都查；选了则有其中一项的才查，列为个性问题。",
    )
    attention = forms.MultipleChoiceField(
        label="关注类别",
        choices=AttentionClass,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="都不选则不论关注类别；与村情类型同时选的，两项都要符合。",
    )

    def __init__(self, *args: Any, categories: dict[str, str], known: bool = False, **kwargs: Any) -> None:
        if known:
            self.base_fields = {name: f for name, f in self.base_fields.items() if name != "code"}
        super().__init__(*args, **kwargs)
        offered = Trait.objects.offered((self.initial or {}).get("traits"))
        self.fields["traits"].choices = list(offered.values_list("code", "label"))  # type: ignore[attr-defined]
        choices = [(code, f"{code} {name}") for code, name in categories.items()]
        self.fields["category"].choices = [("", "请选择"), *choices]  # type: ignore[attr-defined]


class LibraryUploadForm(SheetForm):
    """One workbook of check points."""

    groups = (("", ["file"]),)
    file = forms.FileField(
        label="要点表",
        widget=forms.ClearableFileInput(attrs={"accept": SPREADSHEET.accept}),
        help_text=f"每行一个要点，可用本系统导出的表改好后上传。{SPREADSHEET.hint}",
    )
