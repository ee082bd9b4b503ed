"""What people type where results are used."""

from typing import Any

from django import forms

from core.forms import DayInput, SheetForm
from villages.models import Office


class TownLetterForm(SheetForm):
    """The words of a letter; its figures are fixed."""

    groups = (("函件", ["title", "addressee", "body"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=120)
    addressee = forms.CharField(label="主送", max_length=120)
    body = forms.CharField(
        label="正文",
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text="一段一行；“一、”开头的短行排成标题。不写个人姓名。附件表格取自起草时锁定的结果，不能改。",
    )


class HandoverForm(SheetForm):
    """To whom a rating goes, and with which words."""

    groups = (("移交", ["to_office", "note"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    to_office = forms.ModelChoiceField(Office.objects.none(), label="接收单位")
    note = forms.CharField(
        label="移交说明",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="需要接收单位知道的情况，如票数不符的说明。没有可以不填。",
    )

    def __init__(self, *args: Any, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_office"].queryset = offices  # type: ignore[attr-defined]


class ReceiptForm(SheetForm):
    """Who signs for it."""

    groups = (("签收", [("receiver_name", "received_on"), "receipt_note"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    receiver_name = forms.CharField(label="接收人", max_length=60)
    received_on = forms.DateField(label="签收日期", widget=DayInput)
    receipt_note = forms.CharField(
        label="签收说明",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="如份数、内容核对无误，或者缺什么。",
    )
