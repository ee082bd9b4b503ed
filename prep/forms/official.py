"""What people type about official papers and about how a team is reached."""

from typing import Any

from django import forms

from core.forms import DayInput, LinesField, SheetForm
from prep.models import PaperKind
from villages.models import Team, Town


class PaperNewForm(SheetForm):
    """Which paper to draft."""

    groups = (("起草公文", ["kind", ("team", "town")]),)
    kind = forms.ChoiceField(label="文种", choices=PaperKind.choices, widget=forms.RadioSelect)
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label="巡察组",
        required=False,
        help_text="通知和公告按组起草；授权决定管全轮，不用选。",
    )
    town = forms.ModelChoiceField(
        Town.objects.none(), label="发往的镇（街道）", required=False, help_text="只有通知要选。"
    )

    def __init__(self, *args: Any, teams: Any, towns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        self.fields["town"].queryset = towns  # type: ignore[attr-defined]


class PaperForm(SheetForm):
    """The parts of a draft that people change."""

    groups = (
        ("文头", ["title", ("doc_no", "dated_on"), "addressee", "copy_to"]),
        ("正文", ["body"]),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=120)
    doc_no = forms.CharField(
        label="发文字号", max_length=60, required=False, help_text="如“青巡通〔2026〕5号”；一个文号只用一次。"
    )
    dated_on = forms.DateField(label="成文日期", required=False, widget=DayInput)
    addressee = forms.CharField(label="主送机关", max_length=200, required=False)
    copy_to = forms.CharField(label="抄送", max_length=200, required=False)
    body = forms.CharField(
        label="正文",
        widget=forms.Textarea(attrs={"rows": 26}),
        help_text="一段一行；“一、”“（一）”开头的短行排成标题。“（待填写）”全部填好后才能印发。",
    )


class ContactForm(SheetForm):
    """How a team is reached."""

    groups = (
        ("电话、短信", [("hotline", "hours"), ("message_number", "supervision")]),
        ("来信、来访", ["post_box", "email", "boxes", "reception", "station"]),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    hotline = forms.CharField(label="举报电话", max_length=60, required=False)
    hours = forms.CharField(label="接听时间", max_length=80, required=False, help_text="如“每天8:30—17:30”。")
    message_number = forms.CharField(label="短信号码", max_length=60, required=False)
    supervision = forms.CharField(
        label="监督电话", max_length=60, required=False, help_text="反映巡察组成员违纪问题，打给巡察办。"
    )
    post_box = forms.CharField(label="邮政信箱", max_length=120, required=False)
    email = forms.CharField(label="电子邮箱", max_length=120, required=False)
    boxes = LinesField(
        label="意见箱位置", required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="一处一行。"
    )
    reception = forms.CharField(label="来访接待地点和时间", max_length=200, required=False)
    station = forms.CharField(label="驻地", max_length=120, required=False)
