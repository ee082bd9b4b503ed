"""Forms about ties: declarations, work history, exceptions."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from core.forms import Group, SheetForm
from villages.forms.base import DayField
from villages.models import Recusal, Town, User, Village


class PlaceFields(SheetForm):
    """A village, or a whole town."""

    town = forms.ModelChoiceField(
        Town.objects.none(), label="镇（街道）", required=False, help_text="涉及整个镇（街道）时只选这一项。"
    )
    village = forms.ModelChoiceField(Village.objects.none(), label="村（社区）", required=False)

    def __init__(self, viewer: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["town"].queryset = Town.objects.visible_to(viewer).alive()  # type: ignore[attr-defined]
        villages = Village.objects.visible_to(viewer).alive().select_related("town")
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]
        self.fields["village"].label_from_instance = lambda row: f"{row.town.name} {row.name}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One place must be named."""
        values = super().clean()
        if not values.get("town") and not values.get("village"):
            self.add_error("village", "请选择村（社区），或选择整个镇（街道）。")
        return values


class RecusalForm(PlaceFields):
    """A declaration of a tie."""

    groups: ClassVar[Sequence[Group]] = (
        ("回避的地方", [("town", "village")]),
        ("情形", ["relation", "related_person", "detail"]),
    )
    relation = forms.ChoiceField(label="情形", choices=Recusal.Relation.choices, widget=forms.RadioSelect)
    related_person = forms.CharField(
        label="关系人", max_length=60, required=False, help_text="例如“兄，现任村委会委员”。"
    )
    detail = forms.CharField(
        label="说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class OfficeRecusalForm(RecusalForm):
    """The same, entered by the office for somebody."""

    groups = (("人员", ["user"]), *RecusalForm.groups)
    user = forms.ModelChoiceField(User.objects.none(), label="人员")

    def __init__(self, viewer: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(viewer, *args, **kwargs)
        rows = (
            User.objects.visible_to(viewer).filter(role="inspector", is_active=True).order_by("display_name")
        )
        self.fields["user"].queryset = rows  # type: ignore[attr-defined]


class WorkForm(PlaceFields):
    """A post held somewhere."""

    groups = (("任职的地方", [("town", "village")]), ("职务", ["post", ("from_on", "to_on")]))
    post = forms.CharField(label="职务", max_length=60)
    from_on = DayField(label="起")
    to_on = DayField(label="止", required=False, help_text="仍在任的不填。")


class ExceptionForm(SheetForm):
    """Why somebody may serve in spite of a tie."""

    groups = (("批准例外", ["reason"]),)
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
