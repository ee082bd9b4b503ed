"""What people type in preparation: the profile in the order of the paper sheet, and watch items."""

from typing import Any

from django import forms

from core.forms import DayInput, RowColumn, RowsField, SheetForm
from prep.models import AttentionClass, Gender, Scope, Trait
from villages.models import Category, User


def _money() -> forms.DecimalField:
    return forms.DecimalField(
        required=False, max_digits=14, decimal_places=2, min_value=0, widget=forms.TextInput
    )


def _number() -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=0, max_value=9999, widget=forms.TextInput)


YEAR_COLUMNS = (
    RowColumn(
        "year",
        "年度",
        forms.IntegerField(min_value=1949, max_value=2999, widget=forms.TextInput),
        "col-count",
    ),
    RowColumn("income", "收入（元）", _money()),
    RowColumn("expense", "支出（元）", _money()),
    RowColumn("debt", "年末债务（元）", _money()),
    RowColumn("petitions", "信访件", _number(), "col-count"),
    RowColumn("cases", "案件", _number(), "col-count"),
)
MEMBER_COLUMNS = (
    RowColumn("name", "姓名", forms.CharField(max_length=40), "col-name"),
    RowColumn("post", "职务", forms.CharField(max_length=60)),
    RowColumn(
        "gender", "性别", forms.ChoiceField(choices=[("", "—"), *Gender.choices], required=False), "col-count"
    ),
    RowColumn("born", "出生年月", forms.DateField(required=False, widget=DayInput), "col-day"),
    RowColumn("education", "学历", forms.CharField(max_length=20, required=False), "col-name"),
    RowColumn("from_on", "任职起", forms.DateField(required=False, widget=DayInput), "col-day"),
    RowColumn("to_on", "任职止", forms.DateField(required=False, widget=DayInput), "col-day"),
)


def _count(label: str, help_text: str = "") -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=1_000_000, widget=widget, help_text=help_text
    )


def _text(label: str, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, required=False, widget=widget, help_text=help_text)


class ProfileForm(SheetForm):
    """The profile of a village with its years and its committee."""

    groups = (
        (
            "基本情况",
            [
                ("households", "population", "residents", "group_count"),
                ("member_count", "branch_count", "representative_count"),
                "traits",
            ],
        ),
        ("关注类别", [("attention_class", "attention_reason")]),
        ("历年数据", ["year_figures"]),
        ("两委成员", ["committee"]),
        ("以往问题与画像", ["prior_problems", "note"]),
    )

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    households = _count("户数")
    population = _count("户籍人口")
    residents = _count("常住人口")
    group_count = _count("村（居）民小组数")
    member_count = _count("党员数")
    branch_count = _count("党支部（小组）数")
    representative_count = _count("村（居）民代表数")
    traits = forms.MultipleChoiceField(
        label="村情类型",
        choices=Trait,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="待查问题清单按类型从要点库中挑选，可多选。",
    )
    attention_class = forms.ChoiceField(
        label="关注类别", choices=[("", "未定"), *AttentionClass.choices], required=False
    )
    attention_reason = forms.CharField(label="定类理由", max_length=300, required=False)
    year_figures = RowsField(
        YEAR_COLUMNS, least=5, spare=1, label="年度数据", required=False,
        help_text="一年一行，金额以元为单位；不清楚的留空，不要填0。",
    )  # fmt: skip
    committee = RowsField(
        MEMBER_COLUMNS, least=5, spare=2, label="成员名册", required=False,
        help_text="现任和近几届的都列上，查问题时要核对当时谁在任。清空一行即删去该人。",
    )  # fmt: skip
    prior_problems = _text("上次巡察、审计发现问题及整改情况")
    note = _text("画像结论", "用几句话写清这个村（社区）要重点看什么。")

    def parts(self) -> dict[str, Any]:
        """Arguments of the service: values, rows, revision."""
        values = dict(self.cleaned_data)
        return {
            "years": values.pop("year_figures"),
            "members": values.pop("committee"),
            "revision": values.pop("revision") or 0,
            "values": values,
        }


class WatchItemForm(SheetForm):
    """One item of the list, written by the team."""

    groups = (
        ("待查问题", ["title", ("category", "scope")]),
        ("怎么查", ["basis", "method", "evidence_hint"]),
        ("分工", [("assignee", "due_on")]),
    )

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label="待查什么问题", max_length=120)
    category = forms.ModelChoiceField(
        Category.objects.none(), label="类别", required=False, empty_label="未分类"
    )
    scope = forms.ChoiceField(label="共性或个性", choices=Scope, initial=Scope.INDIVIDUAL)
    basis = forms.CharField(label="依据", max_length=300, required=False)
    method = forms.CharField(
        label="查法", max_length=300, required=False, help_text="查账、谈话、现场还是比对，怎么查。"
    )
    evidence_hint = forms.CharField(label="看什么材料", max_length=300, required=False)
    assignee = forms.ModelChoiceField(
        User.objects.none(), label="承办人", required=False, empty_label="暂不分派"
    )
    due_on = forms.DateField(label="查清期限", required=False, widget=DayInput)

    def __init__(self, *args: Any, categories: Any, people: Any = None, **kwargs: Any) -> None:
        if people is None:
            # Before the layout is made, so that it does not look for what is not there.
            shared_out = ("assignee", "due_on")
            self.base_fields = {name: f for name, f in self.base_fields.items() if name not in shared_out}
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories  # type: ignore[attr-defined]
        if people is not None:
            self.fields["assignee"].queryset = people  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    """Who takes the ticked items, until when."""

    assignee = forms.ModelChoiceField(
        User.objects.none(), error_messages={"required": "请选择承办人。", "invalid_choice": "请选择承办人。"}
    )
    due_on = forms.DateField(required=False, error_messages={"invalid": "期限应为日期，如 2026-03-15。"})

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]
