"""What people type about data letters, their answers, and the departments."""

from typing import Any

from django import forms

from core.forms import DayInput, LinesField, ManyFilesField, SheetForm
from prep.models import AskedDepartment, Marking
from prep.services.letters import REPLY
from villages.models import VillageInspection


def _places() -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        VillageInspection.objects.none(), label="涉及的村（社区）", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="不选就是本轮各村（社区）。",
    )  # fmt: skip


class PlacesForm(SheetForm):
    """A form that names villages of a round."""

    places_name = "inspections"

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields[self.places_name]
        field.queryset = places
        field.label_from_instance = lambda row: f"{row.town.name} {row.village.name}"


class LettersForm(PlacesForm):
    """Many letters at once."""

    groups = (
        ("发给哪些部门", ["departments"]),
        ("共同的内容", [("due_on", "marking"), "inspections"]),
    )
    departments = forms.ModelMultipleChoiceField(
        AskedDepartment.objects.none(), label="部门", widget=forms.CheckboxSelectMultiple,
        help_text="每个部门一份草稿，按部门清单带入请提供的内容，发出前可以逐份修改。",
    )  # fmt: skip
    due_on = forms.DateField(label="回复期限", widget=DayInput)
    marking = forms.ChoiceField(label="保密标识", choices=Marking.choices)
    inspections = _places()

    def __init__(self, *args: Any, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departments"].queryset = departments  # type: ignore[attr-defined]


class LetterForm(PlacesForm):
    """One draft."""

    groups = (
        ("请提供的内容", ["asks", "form"]),
        ("期限和范围", [("due_on", "marking"), "inspections"]),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    asks = forms.CharField(
        label="请提供的内容", widget=forms.Textarea(attrs={"rows": 6}), help_text="一项一行。"
    )
    form = forms.CharField(label="回复形式", max_length=120, required=False)
    due_on = forms.DateField(label="回复期限", widget=DayInput)
    marking = forms.ChoiceField(label="保密标识", choices=Marking.choices)
    inspections = _places()


class ReplyForm(SheetForm):
    """An answer with its files."""

    groups = (("回复", [("received_on", "complete"), "note", "uploads"]),)
    received_on = forms.DateField(label="收到日期", widget=DayInput)
    complete = forms.TypedChoiceField(
        label="是否答全", choices=[("yes", "已答全"), ("", "只答了一部分")], coerce=bool, required=False,
        initial="yes",
    )  # fmt: skip
    note = forms.CharField(label="内容摘要", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    uploads = ManyFilesField(label="回复文件", required=False, help_text=f"{REPLY.hint}原样保存，不改动。")


class SeedForm(PlacesForm):
    """What an answer points to, for the watch lists of chosen villages."""

    groups = (("列入待查问题清单", ["titles", "inspections"]),)
    titles = LinesField(
        label="要查的事项", widget=forms.Textarea(attrs={"rows": 5}), help_text="一行一条，每条不超过120字。"
    )
    inspections = forms.ModelMultipleChoiceField(
        VillageInspection.objects.none(),
        label="列入哪些村（社区）的清单",
        widget=forms.CheckboxSelectMultiple,
    )


class DepartmentForm(SheetForm):
    """A department and what it is usually asked for."""

    groups = (("部门", [("name", "addressee"), "asks", "form", ("order", "active")]),)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="部门", max_length=60, help_text="列表里用的简称。")
    addressee = forms.CharField(label="主送名称", max_length=80, help_text="函上写的全称。")
    asks = forms.CharField(label="一般请提供的内容", widget=forms.Textarea(attrs={"rows": 5}))
    form = forms.CharField(label="回复形式", max_length=120, required=False)
    order = forms.IntegerField(label="次序", min_value=0, max_value=999, initial=99)
    active = forms.BooleanField(label="启用", required=False, initial=True)
