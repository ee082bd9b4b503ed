"""What people fill in about a village's books."""

from typing import Any

from django import forms

from core.files import SPREADSHEET
from core.forms import SheetForm
from ledgers.models import LedgerSheet

BESIDE = "beside"


class UploadForm(SheetForm):
    """One file, and the year of sheets that name none."""

    groups = (("", ["file", "year"]),)
    file = forms.FileField(
        label="账册文件",
        widget=forms.FileInput(attrs={"accept": SPREADSHEET.accept}),
        help_text=f"{SPREADSHEET.hint}原样上传，不必改格式；一个文件里可以有多年、多张表。",
    )
    year = forms.IntegerField(
        label="年度",
        required=False,
        min_value=1990,
        max_value=2099,
        help_text="只在表里没有写年份时需要，如“2023”。",
    )


class ConfirmForm(SheetForm):
    """Why a sheet is taken although something does not agree, and which one it replaces."""

    groups = (("", ["reason", "replaces"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="按原样采用的理由",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明核对了什么、为什么照原样采用，如“已与村会计核对，原账合计写错，以各行为准”。",
    )
    replaces = forms.ChoiceField(
        label="账册里已有的同类表",
        required=False,
        help_text="同一张表改过后重新上传的，选择替换原来的那张；原来的行不再参加比对，仍可查看。",
    )

    def __init__(self, *args: Any, sheet: LedgerSheet, known: list[LedgerSheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {str(row.pk): row for row in known}
        if not sheet.doubtful:
            self.fields.pop("reason")
        if not known:
            self.fields.pop("replaces")
            return
        named = [(key, f"替换：{row}（{row.source.file.name}）") for key, row in self._known.items()]
        self.fields["replaces"].choices = [("", "没有要替换的"), *named, (BESIDE, "不是同一张，两张都留")]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> LedgerSheet | None:
        """The sheet that is to be replaced."""
        return self._known.get(self.cleaned_data.get("replaces", ""))

    @property
    def beside(self) -> bool:
        """Did the person say that both are to stay?"""
        return bool(self.cleaned_data.get("replaces") == BESIDE)


class WithdrawForm(SheetForm):
    """Why a sheet leaves the books."""

    groups = (("", ["reason"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="撤出的理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
