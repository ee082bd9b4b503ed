"""Forms of the easy-first plan."""

from collections.abc import Sequence
from typing import Any

from django import forms

from core.forms import DayInput, SheetForm
from villages.models import Team, Village


class PlanForm(SheetForm):
    """What to plan: unassigned villages to take in, and what of the present plan stays."""

    groups = (
        ("哪些村（社区）", ["villages"]),
        ("怎么排", ["keep_teams", "keep_pins"]),
    )
    villages = forms.ModelMultipleChoiceField(
        Village.objects.none(),
        label="列入本轮的未分派村（社区）",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="已分派的村（社区）自动列入；已进驻的按现状保留，不再移动。",
    )
    keep_teams = forms.BooleanField(
        label="已分派的留在原来的组，只排先后和日期",
        required=False,
        initial=True,
        help_text="不勾选时，还没有准备材料的可以改派给别的组，使各组更均衡。",
    )
    keep_pins = forms.BooleanField(
        label="保留现有计划中人工固定的组和日期",
        required=False,
        initial=True,
        help_text="不勾选即撤销全部人工调整，重新编排。",
    )

    def __init__(self, groups: Sequence[tuple[str, list[Village]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [village.pk for _, rows in groups for village in rows]
        field = self.fields["villages"]
        field.queryset = Village.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
        field.choices = [  # type: ignore[attr-defined]
            (town, [(village.pk, _label(village)) for village in rows]) for town, rows in groups
        ]


def _label(village: Village) -> str:
    return f"{village.name}（{village.households}户）" if village.households else village.name


class StopForm(SheetForm):
    """Another team or a fixed day for one village of the plan."""

    groups = (("调整", [("team", "day")]),)
    team = forms.ModelChoiceField(Team.objects.none(), label="巡察组", empty_label=None)
    day = forms.DateField(
        label="固定进驻日期", required=False, widget=DayInput, help_text="不填时日期由前后村（社区）推算。"
    )

    def __init__(self, teams: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
