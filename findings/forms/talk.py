"""The talk record as a form: who, when, where, and the outline with the answers."""

from typing import Any

from django import forms

from core.forms import MomentInput, RowColumn, RowsField, SheetForm
from findings.models import TargetCategory
from villages.models import User, VillageInspection

_AREA = forms.Textarea(attrs={"rows": 2})
POINT_COLUMNS = (
    RowColumn("question", "问题", forms.CharField(max_length=300, widget=_AREA), "col-question"),
    RowColumn("answer", "回答", forms.CharField(required=False, widget=_AREA)),
    RowColumn(
        "key_point", "要点", forms.CharField(required=False, max_length=300, widget=_AREA), "col-question"
    ),
)


class TalkForm(SheetForm):
    """One talk by two people of the team."""

    groups = (
        ("谈话对象", [("village", "target_category"), ("target_name", "target_post"), "purpose"]),
        ("谈话经过", [("happened_at", "ended_at"), "place", ("talker", "recorder")]),
        ("谈话内容", ["outline", "read_back"]),
    )

    village = forms.ModelChoiceField(
        VillageInspection.objects.none(), label="村（社区）", empty_label="请选择"
    )
    target_category = forms.ChoiceField(label="对象类别", choices=TargetCategory)
    target_name = forms.CharField(label="谈话对象", max_length=40)
    target_post = forms.CharField(label="职务或身份", max_length=60, required=False)
    purpose = forms.CharField(
        label="谈话目的", max_length=300, required=False, help_text="了解什么，或核实什么。"
    )
    happened_at = forms.DateTimeField(label="开始时间", widget=MomentInput)
    ended_at = forms.DateTimeField(label="结束时间", widget=MomentInput, required=False)
    place = forms.CharField(label="谈话地点", max_length=120)
    talker = forms.ModelChoiceField(User.objects.none(), label="谈话人", empty_label="请选择")
    recorder = forms.ModelChoiceField(
        User.objects.none(), label="记录人", empty_label="请选择", help_text="谈话须二人进行，记录人先签名。"
    )
    outline = RowsField(
        POINT_COLUMNS,
        label="谈话要点",
        required=False,
        least=6,
        help_text="关键人、关键事、关键话记全，其余从简。行数不够时先保存，会再添空行。",
    )
    read_back = forms.BooleanField(label="记录已当场向谈话对象宣读核对", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, members: Any, villages: Any = None, **kwargs: Any) -> None:
        """``members``: accounts of the team; ``villages``: the choice for a new record."""
        self.base_fields = self.base_fields.copy()
        del self.base_fields["village" if villages is None else "revision"]
        super().__init__(*args, **kwargs)
        for name in ("talker", "recorder"):
            self.fields[name].queryset = members  # type: ignore[attr-defined]
        if villages is not None:
            self.fields["village"].queryset = villages  # type: ignore[attr-defined]
            self.fields["village"].label_from_instance = lambda row: row.village.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two different people, and an end after the start."""
        values = super().clean()
        if values.get("talker") and values.get("talker") == values.get("recorder"):
            self.add_error("recorder", "谈话人和记录人不能是同一人。")
        if (
            values.get("happened_at")
            and values.get("ended_at")
            and values["ended_at"] < values["happened_at"]
        ):
            self.add_error("ended_at", "结束时间早于开始时间。")
        return values

    def split(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Values for the record, and the rows of its outline."""
        values = {k: v for k, v in self.cleaned_data.items() if k not in ("village", "outline", "revision")}
        return values, self.cleaned_data["outline"]
