"""The problem workpaper as a form, in the order of the paper: overview, discovery, grounds, response."""

import re
from typing import Any

from django import forms

from core.forms import DayInput, LinesField, RowColumn, RowsField, SheetForm
from findings.models import Commonality, Discipline, Disposal, Responsibility, Severity, SourceKind
from findings.rules import EDITABLE
from villages.models import Category, Round, VillageInspection

_YEAR = re.compile(r"\d{4}")
STEP_COLUMNS = (
    RowColumn("on", "时间", forms.DateField(required=False, widget=DayInput), "col-day"),
    RowColumn("method", "方式", forms.ChoiceField(choices=[("", "请选择"), *SourceKind.choices]), "col-kind"),
    RowColumn("people", "参加人员", forms.CharField(required=False, max_length=120), "col-people"),
    RowColumn("text", "经过", forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))),
)


class BasisInput(forms.Textarea):
    """Lines of basis with the rule book beside them, to pick from and to check against."""

    template_name = "findings/basis_widget.html"


class TitleInput(forms.TextInput):
    """The title, and below it the common problems it sounds like while it is typed."""

    template_name = "findings/title_widget.html"


class YearsField(forms.CharField):
    """Years written in any common way; gives a sorted list of numbers."""

    def prepare_value(self, value: Any) -> Any:
        """A stored list in words; what was typed stays as typed."""
        return "、".join(str(year) for year in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        """Every four-digit year found."""
        text = super().clean(value)
        years = sorted({int(year) for year in _YEAR.findall(text)})
        if text and (not years or not 1950 <= years[0] <= years[-1] <= 2100):
            raise forms.ValidationError("请填写四位年份，如“2023、2024”。")
        return years


def _text(label: str, rows: int = 4, help_text: str = "", **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, widget=widget, help_text=help_text, **kwargs)


def _many(label: str, choices: Any, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


def _by_first_level(scheme: Any) -> list[Any]:
    """Second-level categories under the name of their first level."""
    grouped: dict[str, list[tuple[Any, str]]] = {}
    for category in scheme:
        if category.parent is not None:
            grouped.setdefault(category.parent.name, []).append(
                (category.pk, f"{category.code} {category.name}")
            )
    return [("", "请选择"), *grouped.items()]


def _village_name(inspection: VillageInspection) -> str:
    return inspection.village.name


class FindingForm(SheetForm):
    """One problem, one paper. Only village, title and category are needed to keep a draft."""

    groups = (
        ("被巡察党组织", [("village", "villager_groups")]),
        (
            "一、问题概述",
            [
                "title",
                ("category", "subcategory"),
                ("severity", "commonality"),
                ("period_from", "period_to", "years"),
                ("amount", "quantity", "unit"),
                "summary",
            ],
        ),
        ("二、发现过程", ["origins", "discovery", "facts"]),
        ("三、依据与剖析", ["basis", "root_cause", "responsibility", "disciplines"]),
        (
            "四、反映意见与处置",
            ["response_of_target", "no_response_reason", "disposal", "open_question", "prepared_on"],
        ),
    )  # fmt: skip

    village = forms.ModelChoiceField(
        VillageInspection.objects.none(), label="村（社区）", empty_label="请选择"
    )
    villager_groups = forms.CharField(label="涉及村组", required=False, max_length=120)
    title = forms.CharField(
        label="主要特征",
        max_length=120,
        widget=TitleInput,
        help_text="一句话写清是什么问题，一事一底稿，如“集体鱼塘合同到期未收回”。",
    )
    category = forms.ModelChoiceField(
        Category.objects.none(),
        label="一级类别",
        required=False,
        empty_label="请选择",
        help_text="只选二级类别也可以。",
    )
    subcategory = forms.ModelChoiceField(Category.objects.none(), label="二级类别", required=False)
    severity = forms.ChoiceField(label="重点或一般", choices=Severity, initial=Severity.ORDINARY)
    commonality = forms.ChoiceField(label="共性或个性", choices=Commonality, initial=Commonality.INDIVIDUAL)
    period_from = forms.DateField(label="发生时间起", required=False, widget=DayInput)
    period_to = forms.DateField(label="发生时间止", required=False, widget=DayInput)
    years = YearsField(label="涉及年度", required=False, max_length=60, help_text="不填则按起止时间。")
    amount = forms.DecimalField(
        label="涉及金额（元）", required=False, min_value=0, max_digits=14, decimal_places=2
    )
    quantity = forms.DecimalField(
        label="涉及数量", required=False, min_value=0, max_digits=12, decimal_places=2
    )
    unit = forms.CharField(label="数量单位", required=False, max_length=10, help_text="如 亩、户、笔。")
    summary = _text("问题表现", 4, "时间、地点、主体、做法、金额写全；不写涉及人员的姓名。")
    origins = _many("问题来源", SourceKind)
    discovery = RowsField(
        STEP_COLUMNS, label="发现过程", required=False, help_text="怎么发现、怎么核实，一步一行。"
    )
    facts = _text("查证事实", 5, "只写已经查实、有材料支撑的内容。")
    basis = LinesField(
        label="政策依据",
        required=False,
        widget=BasisInput(attrs={"rows": 3}),
        help_text="一行一条，写明文件全称、版本和条款，如《……条例》（2018年10月1日起施行）第九十八条。",
    )
    root_cause = _text("问题剖析", 3, "根源在哪里；撰写报告前填好即可。")
    responsibility = _many("责任定性", Responsibility)
    disciplines = _many("违反纪律", Discipline)
    response_of_target = _text("当事人或村反映意见", 3)
    no_response_reason = forms.CharField(
        label="未取得反映意见的原因",
        required=False,
        max_length=300,
        help_text="没有反映意见时填写，二者须有其一。",
    )
    disposal = forms.ChoiceField(
        label="处置建议", choices=[("", "请选择"), *Disposal.choices], required=False
    )
    open_question = _text("待查说明", 2, "还有哪些没有查清、由谁继续查。")
    prepared_on = forms.DateField(label="编制日期", required=False, widget=DayInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, round_: Round, villages: Any = None, **kwargs: Any) -> None:
        """``villages``: the choice for a new paper; a known paper keeps its village and has a revision instead."""
        self.base_fields = self.base_fields.copy()
        del self.base_fields["village" if villages is None else "revision"]
        super().__init__(*args, **kwargs)
        scheme = Category.objects.filter(scheme=round_.scheme_id).select_related("parent")
        self.fields["category"].queryset = scheme.filter(parent=None)  # type: ignore[attr-defined]
        self.fields["subcategory"].queryset = scheme.filter(parent__isnull=False)  # type: ignore[attr-defined]
        self.fields["subcategory"].choices = _by_first_level(scheme)  # type: ignore[attr-defined]
        if villages is not None:
            self.fields["village"].queryset = villages  # type: ignore[attr-defined]
            self.fields["village"].label_from_instance = _village_name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A second level alone names its first level too."""
        values = super().clean()
        if values.get("subcategory") and not values.get("category"):
            values["category"] = values["subcategory"].parent
        if not values.get("category") and "category" not in self.errors:
            self.add_error("category", "请选择问题类别。")
        return values

    def split(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Values for the paper, and the rows of its discovery."""
        values = {name: self.cleaned_data[name] for name in EDITABLE if name in self.cleaned_data}
        if values.get("prepared_on") is None:
            values.pop("prepared_on", None)
        return values, self.cleaned_data["discovery"]
