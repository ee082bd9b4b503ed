"""What people type about a survey: the plan, the occasions, the head counts, how many slips, which workbook."""

import re
from typing import Any

from django import forms

from core.files import SPREADSHEET
from core.forms import DayInput, LinesField, RowColumn, RowsField, SheetForm
from surveys.models import Item, Occasion, Questionnaire, Survey, group_choices, respondent_groups
from surveys.rules import PAPER

_ADDRESS = re.compile(r"https?://[^\s/#?]+(/[^\s#?]*)?")
_CHANNELS = [(channel.value, channel.label) for channel in PAPER]
Where = tuple[str, Occasion | None]


def _figure() -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=100_000, required=False, widget=forms.TextInput)


def _number(**more: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(max_value=100_000, widget=widget, **more)


class WhereField(forms.ChoiceField):
    """Where sheets were handed out: an occasion that was noted down, or just the kind of occasion.

    Gives ``(channel, occasion or None)``.
    """

    def __init__(self, survey: Survey, **kwargs: Any) -> None:
        self.occasions = {str(row.pk): row for row in survey.occasions.all()}
        noted = [(key, str(row)) for key, row in self.occasions.items()]
        plain = [(value, f"{label}（不分场次）" if noted else label) for value, label in _CHANNELS]
        super().__init__(choices=[("", "请选择"), *noted, *plain], **kwargs)

    def clean(self, value: Any) -> Any:
        """The pair."""
        chosen = super().clean(value)
        occasion = self.occasions.get(chosen)
        return (occasion.channel, occasion) if occasion else (chosen, None)


def count_columns(survey: Survey) -> tuple[RowColumn, ...]:
    """The columns of the table of head counts."""
    chosen = forms.ChoiceField(choices=group_choices(), required=False)
    return (
        RowColumn("channel", "场合（场次）", WhereField(survey)),
        RowColumn("group", "人员类别", chosen),
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
        (),
        least=4,
        spare=2,
        required=False,
        label="按场合清点",
        help_text="发放＝回收＋未收回，回收＝有效＋无效，有效份数应与已录入份数一致；一个场合全部按人员类别清点的，"
        "各类也要一致。手机扫码的份数由系统统计，不用填写。",
    )

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["paper_counts"]
        field.columns = field.widget.columns = count_columns(survey)


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

    channel = forms.ChoiceField(label="发放场合")
    file = forms.FileField(
        label="录入表",
        widget=forms.ClearableFileInput(attrs={"accept": SPREADSHEET.accept}),
        help_text="一份问卷一行：份号、人员类别、第1题、第2题……、意见建议。评价题填1至5或好、较好、一般、差、不了解；"
        "单选填字母，多选填几个字母（如AC）；矩阵一个评价对象一列（第5题1、第5题2）。未答留空。",
    )

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"] = WhereField(survey, label="发放场合")


class OccasionForm(SheetForm):
    """One meeting or round of visits."""

    groups = (("调查场次", [("channel", "held_on"), ("place", "led_by", "attended")]),)

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    channel = forms.ChoiceField(label="场合", choices=[("", "请选择"), *_CHANNELS])
    held_on = forms.DateField(label="日期", widget=DayInput)
    place = forms.CharField(label="地点", max_length=60, required=False)
    led_by = forms.CharField(label="主持（带队）人", max_length=60, required=False)
    attended = _number(label="到场人数", min_value=0, required=False)


class PlanForm(SheetForm):
    """How many sheets of each category are wanted: one field a category."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, planned: dict[str, int], hints: dict[str, str], **kwargs: Any) -> None:
        shown = [row for row in respondent_groups() if row.active or planned.get(row.code)]
        names = [f"group-{row.code}" for row in shown]
        pairs = [tuple(names[at : at + 3]) for at in range(0, len(names), 3)]
        self.groups = (("计划回收份数", pairs),)
        added = {
            f"group-{row.code}": _number(
                label=row.name, min_value=0, initial=planned.get(row.code, 0),
                help_text=hints.get(row.code, ""),
            )
            for row in shown
        }  # fmt: skip
        self.base_fields = type(self).base_fields | added
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The figures together as ``planned``, by code."""
        values = super().clean()
        found = {n.removeprefix("group-"): v for n, v in values.items() if n.startswith("group-")}
        return {"planned": found, "revision": values.get("revision")}


class GroupForm(SheetForm):
    """A category of people."""

    groups = (("人员类别", [("name", "order"), "aliases", "active"]),)

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="名称", max_length=30, help_text="印在问卷上、显示在手机上的名称。")
    order = _number(label="次序", min_value=0, initial=10)
    aliases = LinesField(
        label="别称",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="录入表里可能出现的其他叫法，一行一个；导入时按本类计。",
    )
    active = forms.BooleanField(
        label="在用", required=False, initial=True, help_text="停用后不再供选择，已收的答卷照常统计。"
    )

    def clean_aliases(self) -> list[str]:
        """At most twenty, none longer than a name."""
        found = self.cleaned_data["aliases"]
        if len(found) > 20 or any(len(name) > 30 for name in found):
            raise forms.ValidationError("最多20个别称，每个最多30字。")
        return found


class QuestionnaireForm(SheetForm):
    """Title and words of a questionnaire."""

    groups = (("问卷", ["title", "intro", "open_question"]),)

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label="名称", max_length=80)
    intro = forms.CharField(
        label="卷首语", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="说明为什么调查、不记姓名、怎样作答。",
    )  # fmt: skip
    open_question = forms.CharField(
        label="卷末开放题", max_length=200, required=False,
        help_text="只要一道开放题的写在这里；要几道的，用“填写文字”的题目，这里留空。",
    )  # fmt: skip


class ItemForm(SheetForm):
    """One question."""

    groups = (
        ("题目", [("aspect", "kind"), "text", "hint"]),
        ("选项", ["options", "rows", "required"]),
    )

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    aspect = forms.CharField(
        label="方面", max_length=40, widget=forms.TextInput(attrs={"list": "aspects"}),
        help_text="同一方面的题目排在一起。填新的名称就新增一个方面。",
    )  # fmt: skip
    kind = forms.ChoiceField(label="题型", choices=Item.Kind.choices)
    text = forms.CharField(label="题目", max_length=120)
    hint = forms.CharField(
        label="填写说明", max_length=120, required=False, help_text="显示在题目下面，如“最多选三项”。"
    )
    options = LinesField(
        label="选项（矩阵评价为等次）", required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="单选、多选：一行一个选项。矩阵评价：一行一个等次，留空用好、较好、一般、差、不了解。",
    )  # fmt: skip
    rows = LinesField(
        label="评价对象", required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="只用于矩阵评价，一行一个。",
    )  # fmt: skip
    required = forms.BooleanField(
        label="手机上必答", required=False, help_text="纸质问卷漏答的照样计入，按未答统计。"
    )


class BatchForm(SheetForm):
    """A pile of paper sheets to be typed in."""

    groups = (("录入一批纸质问卷", ["where", "expected", "double"]),)

    where = forms.ChoiceField(label="发放场合")
    expected = _number(label="清点份数", min_value=1, help_text="先数清这一批有多少份有效问卷，录完要一致。")
    double = forms.BooleanField(
        label="由第二人复录", required=False, initial=True,
        help_text="另一个人再录一遍，只核对不一致的地方。",
    )  # fmt: skip

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"] = WhereField(survey, label="发放场合")
