"""What people type about a survey: the plan, the head counts, how many slips, which workbook."""

import re
from typing import Any

from django import forms

from core.files import SPREADSHEET
from core.forms import RowColumn, RowsField, SheetForm
from surveys.models import Group, Questionnaire
from surveys.rules import PAPER

_ADDRESS = re.compile(r"https?://[^\s/#?]+(/[^\s#?]*)?")
_CHANNELS = [(channel.value, channel.label) for channel in PAPER]


def _figure() -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=100_000, required=False, widget=forms.TextInput)


COUNT_COLUMNS = (
    RowColumn("channel", "场合", forms.ChoiceField(choices=[("", "请选择"), *_CHANNELS])),
    RowColumn(
        "group", "人员类别", forms.ChoiceField(choices=[("", "不分类别"), *Group.choices], required=False)
    ),
    RowColumn("issued", "发放", _figure(), "col-count"),
    RowColumn("returned", "回收", _figure(), "col-count"),
    RowColumn("missing", "未收回", _figure(), "col-count"),
    RowColumn("valid", "有效", _figure(), "col-count"),
    RowColumn("void", "无效", _figure(), "col-count"),
)


class SurveyForm(SheetForm):
    """A survey to be planned."""

    groups = (("问卷调查", ["questionnaire", "planned"]),)

    questionnaire = forms.ModelChoiceField(Questionnaire.objects.none(), label="问卷", empty_label="请选择")
    planned = forms.IntegerField(
        label="计划回收份数",
        min_value=0,
        max_value=100_000,
        initial=50,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="各场合、各渠道合计，用来看覆盖面。少于20份的村，单个人的答案难以混在众人之中，请尽量多收。",
    )

    def __init__(self, *args: Any, questionnaires: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questionnaire"].queryset = questionnaires  # type: ignore[attr-defined]


class CountsForm(SheetForm):
    """The head counts of paper sheets."""

    groups = (("纸质问卷份数", ["paper_counts"]),)

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    paper_counts = RowsField(
        COUNT_COLUMNS,
        least=4,
        spare=2,
        required=False,
        label="按场合清点",
        help_text="发放＝回收＋未收回，回收＝有效＋无效，有效份数应与已录入份数一致。手机扫码的份数由系统统计，不用填写。",
    )


class SlipsForm(SheetForm):
    """How many slips, and under which address the phones reach this system."""

    groups = (("发放答题票", ["count", "address"]),)

    count = forms.IntegerField(
        label="张数",
        min_value=1,
        max_value=500,
        initial=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="一人一票。发放后立即打印，页面关闭后不能再显示。",
    )
    address = forms.CharField(
        label="手机访问地址",
        max_length=120,
        help_text="村民的手机要能打开这个地址，如 https://xuncha.example.org。",
    )

    def clean_address(self) -> str:
        """The address without a slash at its end."""
        text = self.cleaned_data["address"].strip().rstrip("/")
        if not _ADDRESS.fullmatch(text):
            raise forms.ValidationError("地址应以 http:// 或 https:// 开头，不带“#”“?”。")
        return text


class ImportForm(SheetForm):
    """A workbook of typed-in paper sheets."""

    groups = (("导入纸质问卷", ["channel", "file"]),)

    channel = forms.ChoiceField(label="发放场合", choices=_CHANNELS)
    file = forms.FileField(
        label="录入表",
        widget=forms.ClearableFileInput(attrs={"accept": SPREADSHEET.accept}),
        help_text="一份问卷一行：份号、人员类别、第1题至第22题、意见建议。答案填1至5或好、较好、一般、差、不了解，未答留空。",
    )
