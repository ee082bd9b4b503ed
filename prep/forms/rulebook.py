"""What the office types into the rule book, and how the time of an act is read from a page."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from core.days import read_day
from core.files import SPREADSHEET
from core.forms import DayInput, SheetForm
from prep.models import RegulationEdition, RegulationLevel
from prep.rules.in_force import Span, act_of

_YEAR = re.compile(r"\d{4}")


def _edition_fields() -> dict[str, forms.Field]:
    return {
        "name": forms.CharField(label="版本", max_length=40, required=False, help_text="如“2018年修订”。"),
        "doc_no": forms.CharField(label="文号", max_length=60, required=False),
        "from_day": forms.DateField(
            label="施行日期", widget=DayInput, help_text="第一天。不是通过、印发的日期。"
        ),
        "until_day": forms.DateField(
            label="最后施行日",
            widget=DayInput,
            required=False,
            help_text="最后一天；现行的不填。有后一版的，不填则按后一版施行的前一天。",
        ),
        "articles": forms.CharField(
            label="常用条款",
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text="一行一条，如“第三十条 村务公开的事项和时间”。只写这一条管什么，不抄原文。",
        ),
        "edition_note": forms.CharField(label="版本说明", max_length=300, required=False),
    }


class RegulationForm(SheetForm):
    """A rule. ``first``: with the fields of its first edition; otherwise a known one, which can be switched off."""

    groups = (
        ("法规制度", ["title", "aliases", ("level", "category"), "issuer", "note", "active"]),
        ("版本", [("name", "doc_no"), ("from_day", "until_day"), "articles", "edition_note"]),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label="名称", max_length=120, help_text="全称，不带书名号；（试行）写在名称里。")
    aliases = forms.CharField(
        label="简称、别称",
        max_length=300,
        required=False,
        help_text="底稿里常见的写法，用顿号隔开。“中华人民共和国”和（试行）省去的写法不用列。",
    )
    level = forms.ChoiceField(label="层级", choices=[("", "请选择"), *RegulationLevel.choices])
    category = forms.ChoiceField(label="主要涉及类别", required=False)
    issuer = forms.CharField(label="制定机关", max_length=120, required=False)
    note = forms.CharField(label="说明", max_length=300, required=False)
    active = forms.BooleanField(
        label="启用", required=False, help_text="录错或重复的停用：不再提供选用，也不再识别。"
    )

    def __init__(self, *args: Any, categories: Mapping[str, str], first: bool = False, **kwargs: Any) -> None:
        self.base_fields = self.base_fields.copy() | (_edition_fields() if first else {})
        if first:
            del self.base_fields["active"], self.base_fields["revision"]
        super().__init__(*args, **kwargs)
        choices = [(code, f"{code} {name}") for code, name in categories.items()]
        self.fields["category"].choices = [("", "（不填）"), *choices]  # type: ignore[attr-defined]

    def split(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Values of the rule, and of its first edition."""
        values = dict(self.cleaned_data)
        edition = {name: values.pop(name) for name in _edition_fields()}
        return values, edition | {"note": edition.pop("edition_note")}


class EditionForm(SheetForm):
    """One edition; ``others``: editions that may have taken the place of a known one that is the last of its rule."""

    groups = (
        ("版本", [("name", "doc_no"), ("from_day", "until_day"), "replaced_by", "articles", "edition_note"]),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    replaced_by = forms.ModelChoiceField(
        RegulationEdition.objects.none(),
        label="被另一件法规替代",
        required=False,
        help_text="同一件法规的新版不在这里选，登记新版本时自动衔接。",
    )

    def __init__(self, *args: Any, others: QuerySet[RegulationEdition] | None = None, **kwargs: Any) -> None:
        self.base_fields = self.base_fields.copy() | _edition_fields()
        if others is None:
            del self.base_fields["replaced_by"]
        super().__init__(*args, **kwargs)
        if others is not None:
            self.fields["replaced_by"].queryset = others  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What was typed, under the names of the edition's fields."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return values | {"note": values.pop("edition_note")}


class EndForm(SheetForm):
    """The last day of an edition without a next one."""

    groups = (("停止施行", ["until_day", "replaced_by", "note"]),)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    until_day = forms.DateField(
        label="最后施行日", widget=DayInput, help_text="废止文件写“自某日起废止”的，填前一天。"
    )
    replaced_by = forms.ModelChoiceField(
        RegulationEdition.objects.none(),
        label="被另一件法规替代",
        required=False,
        help_text="没有替代的不选。同一件法规的新版，请用“登记新版本”。",
    )
    note = forms.CharField(
        label="版本说明", max_length=300, required=False, help_text="如废止的文件和文号；不填则不改动。"
    )

    def __init__(self, *args: Any, others: QuerySet[RegulationEdition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaced_by"].queryset = others  # type: ignore[attr-defined]


class BookUploadForm(SheetForm):
    """One workbook of rules."""

    groups = (("", ["file"]),)
    file = forms.FileField(
        label="法规制度表",
        widget=forms.ClearableFileInput(attrs={"accept": SPREADSHEET.accept}),
        help_text=f"每行一个版本，可用本系统导出的表或空白表填写。{SPREADSHEET.hint}",
    )


def act_typed(data: Mapping[str, Any]) -> tuple[Span, ...]:
    """When an act happened, as far as the fields of a paper being written say so; what cannot be read says nothing."""
    years = [
        int(year) for year in _YEAR.findall(str(data.get("years", ""))[:60]) if 1950 <= int(year) <= 2100
    ]
    return act_of(day_typed(data, "period_from"), day_typed(data, "period_to"), years)


def day_typed(data: Mapping[str, Any], name: str) -> dt.date | None:
    """A day in a field of the calendar, or ``None``."""
    return read_day(str(data.get(name, ""))[:10])
