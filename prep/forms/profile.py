"""The village's profile as a form, in the order of the paper sheet."""

from typing import Any

from django import forms

from core.forms import DayInput, RowColumn, RowsField, SheetForm
from prep.models import Body, Gender, ProjectState, Trait


def _money() -> forms.DecimalField:
    return forms.DecimalField(
        required=False, max_digits=14, decimal_places=2, min_value=0, widget=forms.TextInput
    )


def _number() -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=0, max_value=9999, widget=forms.TextInput)


def _year() -> forms.IntegerField:
    return forms.IntegerField(min_value=1949, max_value=2999, widget=forms.TextInput)


def _words(length: int, *, required: bool = False) -> forms.CharField:
    return forms.CharField(max_length=length, required=required)


def _choice(choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", "—"), *choices], required=False)


def _day() -> forms.DateField:
    return forms.DateField(required=False, widget=DayInput)


YEAR_COLUMNS = (
    RowColumn("year", "年度", _year(), "col-count"),
    RowColumn("income", "收入（元）", _money()),
    RowColumn("expense", "支出（元）", _money()),
    RowColumn("debt", "年末债务（元）", _money()),
    RowColumn("petitions", "信访件", _number(), "col-count"),
    RowColumn("cases", "案件", _number(), "col-count"),
)
MEMBER_COLUMNS = (
    RowColumn("name", "姓名", _words(40, required=True), "col-name"),
    RowColumn("body", "所在班子", _choice(Body.choices), "col-body"),
    RowColumn("post", "职务", _words(60, required=True), "col-post"),
    RowColumn("gender", "性别", _choice(Gender.choices), "col-sign"),
    RowColumn("born", "出生年月", _day(), "col-day"),
    RowColumn("education", "学历", _words(20), "col-count"),
    RowColumn("from_on", "任职起", _day(), "col-day"),
    RowColumn("to_on", "任职止", _day(), "col-day"),
    RowColumn("both_posts", "一肩挑", forms.BooleanField(required=False), "col-tick"),
    RowColumn("kin_note", "亲属关系", _words(120)),
)
PROJECT_COLUMNS = (
    RowColumn("year", "年度", _year(), "col-count"),
    RowColumn("name", "项目名称", _words(80, required=True), "col-wide"),
    RowColumn("funding", "资金来源", _words(60)),
    RowColumn("amount", "合同金额（元）", _money()),
    RowColumn("contractor", "承建单位", _words(60)),
    RowColumn("state", "进展", _choice(ProjectState.choices), "col-body"),
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
    """The profile of a village with its years, its people in office and its projects."""

    groups = (
        (
            "基本情况",
            [
                ("households", "population", "residents", "group_count"),
                ("member_count", "branch_count", "representative_count"),
                "traits",
            ],
        ),
        (
            "困难群众",
            [
                ("minimum_households", "destitute_people", "disabled_people"),
                ("lifted_households", "watched_households"),
            ],
        ),
        ("两委和村务监督委员会", ["committee"]),
        ("集体资产资源", ["assets"]),
        ("历年数据", ["year_figures"]),
        ("近三年项目", ["projects"]),
        ("以往问题", ["prior_count", "prior_problems"]),
        ("画像结论", ["note"]),
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
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="待查问题清单按类型从要点库中挑选，可多选。",
    )
    minimum_households = _count("低保户数")
    destitute_people = _count("特困供养人数")
    disabled_people = _count("持证残疾人数")
    lifted_households = _count("脱贫户数")
    watched_households = _count("防止返贫监测户数")
    committee = RowsField(
        MEMBER_COLUMNS, least=5, spare=2, label="成员名册", required=False,
        help_text="现任和近几届的都列上，查问题时要核对当时谁在任；仍在任的“任职止”留空。清空一行即删去该人。",
    )  # fmt: skip
    assets = _text("集体资产、资源概况", "经营性资产、耕地山林水面、发包出租的大致数量和去向。")
    year_figures = RowsField(
        YEAR_COLUMNS, least=5, spare=1, label="年度数据", required=False,
        help_text="一年一行，金额以元为单位；不清楚的留空，不要填0。",
    )  # fmt: skip
    projects = RowsField(
        PROJECT_COLUMNS, least=3, spare=2, label="项目", required=False,
        help_text="近三年立项或在建的工程、采购和产业项目，合同金额以元为单位。",
    )  # fmt: skip
    prior_count = _count("以往巡察、审计发现问题数", "上一次巡察、审计合计；不清楚的留空。")
    prior_problems = _text("上次巡察、审计发现问题及整改情况")
    note = _text("画像结论", "用几句话写清这个村（社区）要重点看什么。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.initial.get("traits") or []
        field: Any = self.fields["traits"]
        field.choices = [(row.code, row.label) for row in Trait.objects.offered(chosen)]

    def parts(self) -> dict[str, Any]:
        """Arguments of the service: values, rows, revision."""
        values = dict(self.cleaned_data)
        return {
            "years": values.pop("year_figures"),
            "members": values.pop("committee"),
            "projects": values.pop("projects"),
            "revision": values.pop("revision") or 0,
            "values": values,
        }
