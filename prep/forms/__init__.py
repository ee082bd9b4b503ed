"""What people type in preparation, one module per matter; watch items here."""

from typing import Any

from django import forms

from core.days import plausible
from core.forms import DayInput, SheetForm
from prep.forms.attention import AttentionForm
from prep.forms.portraits import MendForm, PortraitUploadForm, TakeForm
from prep.forms.profile import ProfileForm
from prep.forms.traits import TraitForm
from prep.models import Scope
from villages.models import Category, User

__all__ = [
    "AssignForm",
    "AttentionForm",
    "MendForm",
    "PortraitUploadForm",
    "ProfileForm",
    "TakeForm",
    "TraitForm",
    "WatchItemForm",
]


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
    due_on = forms.DateField(
        required=False, validators=[plausible], error_messages={"invalid": "期限应为日期，如 2026-03-15。"}
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]
