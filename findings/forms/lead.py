"""Forms of a lead: put in by hand, given out, handed over."""

from typing import Any

from django import forms

from core.forms import DayInput, SheetForm
from villages.models import Category, Round, User, VillageInspection


class LeadForm(SheetForm):
    """A suspicion in words; ``village`` only for a new one."""

    groups = (("疑点", ["village", "title", "category", "text"]), ("来处", ["origin"]))

    village = forms.ModelChoiceField(
        VillageInspection.objects.none(), label="村（社区）", empty_label="请选择"
    )
    title = forms.CharField(
        label="疑点", max_length=120, help_text="一句话说清怀疑什么，例如“鱼塘租金去向不明”。"
    )
    category = forms.ModelChoiceField(
        Category.objects.none(), label="类别", required=False, empty_label="暂不归类"
    )
    text = forms.CharField(
        label="具体情况",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="什么时间、什么事、涉及多少。不写反映人的姓名和能认出他的细节。",
    )
    origin = forms.CharField(
        label="来源说明",
        required=False,
        max_length=300,
        help_text="在哪里看到或听到的，例如“走访三组时看见”。",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, round_: Round, villages: Any = None, **kwargs: Any) -> None:
        """``villages``: the choice for a new lead; an existing one keeps its village and where it came from."""
        self.base_fields = self.base_fields.copy()
        for name in ("village", "origin") if villages is None else ("revision",):
            del self.base_fields[name]
        super().__init__(*args, **kwargs)
        rows = Category.objects.filter(scheme=round_.scheme_id).select_related("parent").order_by("code")
        self.fields["category"].queryset = rows  # type: ignore[attr-defined]
        self.fields["category"].label_from_instance = lambda row: row.name  # type: ignore[attr-defined]
        if villages is not None:
            self.fields["village"].queryset = villages  # type: ignore[attr-defined]
            self.fields["village"].label_from_instance = lambda row: row.village.name  # type: ignore[attr-defined]


class LeadAssignForm(SheetForm):
    """Who checks it, and until when."""

    groups = (("分派疑点", [("handler", "due_on")]),)
    handler = forms.ModelChoiceField(User.objects.none(), label="承办人", empty_label="请选择")
    due_on = forms.DateField(label="核查期限", required=False, widget=DayInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = members  # type: ignore[attr-defined]


class LeadHandOverForm(SheetForm):
    """Whose business it is, and why not the team's."""

    groups = (("移交疑点", ["receiver", "reason"]),)
    receiver = forms.CharField(label="移交给", max_length=120, help_text="单位全称，例如“青岚区纪委监委”。")
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    revision = forms.IntegerField(widget=forms.HiddenInput)
