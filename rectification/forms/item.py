"""Forms of the rectification stage; those of the portal are made for a thumb."""

from typing import Any

from django import forms

from core.files import EVIDENCE, PHOTO
from core.forms import DayInput, ManyFiles, ManyFilesField, SheetForm
from rectification.models import RectifyItem
from villages.models import Village


def _photos() -> ManyFilesField:
    return ManyFilesField(
        label="照片",
        required=False,
        widget=ManyFiles(attrs={"accept": "image/*"}),
        help_text=f"可直接拍照，也可从相册选多张。{PHOTO.hint}",
    )


def _papers() -> ManyFilesField:
    return ManyFilesField(
        label="其他材料",
        required=False,
        widget=ManyFiles(attrs={"accept": EVIDENCE.accept}),
        help_text=f"票据、会议记录、公示等。{EVIDENCE.hint}",
    )


class PlanForm(SheetForm):
    """What will be done, by whom, until when."""

    groups = (("整改措施", ["plan"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    plan = forms.CharField(
        label="整改措施", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写清做什么、谁负责、什么时候完成。",
    )  # fmt: skip


class ProgressForm(SheetForm):
    """One step told."""

    groups = (("进展", ["text", "on"]), ("照片和材料", ["photos", "papers"]))
    text = forms.CharField(label="做了什么", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    on = forms.DateField(label="日期", widget=DayInput)
    photos = _photos()
    papers = _papers()


class DoneForm(SheetForm):
    """Reporting an item done; evidence is asked for by the service, which knows what was handed in before."""

    groups = (("整改结果", ["result"]), ("证明整改到位的照片和材料", ["photos", "papers"]))
    revision = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.CharField(
        label="整改结果", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写清改到什么程度、金额和数量，核验人员会逐项核对。",
    )  # fmt: skip
    photos = _photos()
    papers = _papers()


class VillageForm(SheetForm):
    """Which village has to do the work."""

    groups = (("责任村（社区）", ["village"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    village = forms.ModelChoiceField(
        Village.objects.none(), label="村（社区）", required=False, empty_label="由镇（街道）直接办理"
    )

    def __init__(self, *args: Any, item: RectifyItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = Village.objects.alive().filter(town=item.town_id)  # type: ignore[attr-defined]


class VerifyForm(SheetForm):
    """How it was verified and what was seen."""

    groups = (("核验", ["note"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="核验方式和结果", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="例如：现场查看、核对票据、走访群众，各看到什么。",
    )  # fmt: skip


class CloseForm(SheetForm):
    """On what basis the item is struck off."""

    groups = (("对账销号", ["basis"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    basis = forms.CharField(
        label="销号依据", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明核验记录、佐证材料等依据。销号后不再改动。",
    )  # fmt: skip
