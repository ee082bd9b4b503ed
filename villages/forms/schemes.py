"""A category scheme as a sheet: its name, and its categories line by line."""

import re
from typing import Any

from django import forms

from core.forms import RowColumn, RowsField
from villages.forms.base import EditForm

_BETWEEN = re.compile(r"[、，,;；\s]+")


class CodesField(forms.CharField):
    """Codes in one cell, separated in any usual way; gives a list in capitals."""

    def clean(self, value: Any) -> list[str]:
        """The codes, each once, in the order written."""
        text = super().clean(value)
        return list(dict.fromkeys(code.upper() for code in _BETWEEN.split(text) if code))


CATEGORY_COLUMNS = (
    RowColumn("code", "代码", forms.CharField(max_length=3), "col-count"),
    RowColumn("name", "名称", forms.CharField(max_length=60)),
    RowColumn("short", "简称", forms.CharField(max_length=10, required=False), "col-name"),
    RowColumn("covers", "对应五个方面的代码", CodesField(max_length=60, required=False)),
)


class SchemeForm(EditForm):
    """One version of a scheme."""

    groups = (("方案", ["name"]), ("类别", ["tree"]))
    name = forms.CharField(label="名称", max_length=60)
    tree = RowsField(
        CATEGORY_COLUMNS, least=6, spare=3, label="类别",
        help_text="一行一个，按显示的先后排列。一级类别用一个字母（如 E），二级类别用字母加数字（如 E1）。"
        "“对应五个方面”填本类别包含的代码，用顿号隔开（如 E1、E2），要点库据此归类。清空一行即删去。",
    )  # fmt: skip
