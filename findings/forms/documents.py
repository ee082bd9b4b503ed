"""Documents asked for, many at once; and what is noted when one is taken or returned."""

from typing import Any

from django import forms

from core.forms import DayInput, LinesField, SheetForm
from findings.models import Material, Owner
from villages.models import VillageInspection


class LoanAskForm(SheetForm):
    """Several documents of one kind from one place."""

    groups = (("调阅资料", ["village", "names", ("material", "owner"), ("copies", "due_on"), "note"]),)
    village = forms.ModelChoiceField(
        VillageInspection.objects.none(), label="村（社区）", empty_label="请选择"
    )
    names = LinesField(
        label="资料名称（年度）",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行一件，例如“2024年记账凭证”。已在清单上等待的不会重复登记。",
    )
    material = forms.ChoiceField(label="资料类型", choices=Material)
    owner = forms.ChoiceField(label="来源", choices=Owner)
    copies = forms.IntegerField(label="每件份数", min_value=1, max_value=999, initial=1)
    due_on = forms.DateField(label="提供时限", required=False, widget=DayInput)
    note = forms.CharField(label="备注", required=False, max_length=200)

    def __init__(self, *args: Any, villages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]
        self.fields["village"].label_from_instance = lambda row: row.village.name  # type: ignore[attr-defined]


class LoanEditForm(SheetForm):
    """One document, before the list is signed."""

    groups = (("调阅资料", ["name", ("material", "owner"), ("copies", "due_on"), "note"]),)
    name = forms.CharField(label="资料名称（年度）", max_length=120)
    material = forms.ChoiceField(label="资料类型", choices=Material)
    owner = forms.ChoiceField(label="来源", choices=Owner)
    copies = forms.IntegerField(label="份数", min_value=1, max_value=999)
    due_on = forms.DateField(label="提供时限", required=False, widget=DayInput)
    note = forms.CharField(label="备注", required=False, max_length=200)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class LoanTakeForm(SheetForm):
    """Handed to the team."""

    groups = (("借出", [("provider", "lent_on")]),)
    provider = forms.CharField(label="提供人", max_length=40)
    lent_on = forms.DateField(label="借出日期", widget=DayInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class LoanReturnForm(SheetForm):
    """Given back, counted by both."""

    groups = (("归还", [("receiver", "returned_on")]),)
    receiver = forms.CharField(label="接收人", max_length=40, help_text="双方当面点清。")
    returned_on = forms.DateField(label="归还日期", widget=DayInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class LoanCancelForm(SheetForm):
    """Not needed any more."""

    groups = (("不再调阅", ["reason"]),)
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    revision = forms.IntegerField(widget=forms.HiddenInput)
