"""Forms about rounds, their parameters, teams, members, assignments."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from core.forms import Group, SheetForm
from villages.forms.base import DayField, EditForm
from villages.models import CategoryScheme, District, Round, Team, TeamRole, Town, User, Village
from villages.selectors.parameters import default_scheme


class RoundFields(SheetForm):
    """What may change while a round lives."""

    groups = (("轮次", ["name", "mode"]), ("时间", [("starts_on", "ends_on")]))
    name = forms.CharField(label="名称", max_length=80, help_text="例如“第五轮·对村巡察”。")
    mode = forms.ChoiceField(label="方式", choices=Round.Mode.choices)
    starts_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期")


class RoundForm(RoundFields):
    """A new round with its natural key."""

    groups = (
        ("轮次", ["district", ("term", "year", "number"), "name", ("mode", "scheme")]),
        ("时间", [("starts_on", "ends_on")]),
    )
    district = forms.ModelChoiceField(District.objects.none(), label="区", empty_label=None)
    term = forms.IntegerField(label="届次", min_value=1, max_value=99)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    number = forms.IntegerField(label="轮次", min_value=1, max_value=99)
    scheme = forms.ModelChoiceField(CategoryScheme.objects.none(), label="问题分类方案", empty_label=None)

    def __init__(self, viewer: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = District.objects.visible_to(viewer)  # type: ignore[attr-defined]
        schemes = CategoryScheme.objects.visible_to(viewer).order_by("code", "-version")
        self.fields["scheme"].queryset = schemes  # type: ignore[attr-defined]
        self.fields["scheme"].initial = default_scheme()


class RoundEditForm(EditForm, RoundFields):
    """An existing round."""


class ParameterForm(EditForm):
    """One parameter of a round, with as many inputs as its value has parts."""

    def __init__(self, value: Any, unit: str, *args: Any, **kwargs: Any) -> None:
        self.value = value
        names = (
            {"value": value}
            if not isinstance(value, dict)
            else {f"value:{key}": v for key, v in value.items()}
        )
        self.base_fields = dict(self.base_fields) | {name: _input(name, v, unit) for name, v in names.items()}
        self.names = list(names)
        self.groups = (("数值", [tuple(self.names)]),)
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Put the parts together again as ``value``."""
        values = super().clean()
        if any(name not in values for name in self.names):
            return values
        parts = {name: values.pop(name) for name in self.names}
        if isinstance(self.value, dict):
            value: Any = {name.removeprefix("value:"): part for name, part in parts.items()}
        else:
            value = parts["value"]
        return values | {"value": value}


def _input(name: str, value: Any, unit: str) -> forms.Field:
    label = name.removeprefix("value:") if ":" in name else f"数值（{unit}）" if unit else "数值"
    if isinstance(value, int):
        return forms.IntegerField(label=label, min_value=0, max_value=100_000_000, initial=value)
    if isinstance(value, float):
        return forms.FloatField(label=label, min_value=0, max_value=100_000_000, initial=value)
    if isinstance(value, list):
        return NumbersField(label=label, initial="、".join(map(str, value)), help_text="几个数用顿号隔开。")
    return forms.CharField(label=label, max_length=300, initial=value)


class NumbersField(forms.CharField):
    """Whole numbers in one line, separated as people separate them."""

    def to_python(self, value: Any) -> Any:
        """Return a list of whole numbers."""
        words = str(value or "").replace("，", "、").replace(",", "、").replace(" ", "、").split("、")
        try:
            return [int(word) for word in words if word]
        except ValueError:
            raise forms.ValidationError("只能填整数，用顿号隔开。") from None


class TeamFields(SheetForm):
    """A team's name and towns."""

    groups = (("巡察组", ["name", "towns"]),)
    name = forms.CharField(label="名称", max_length=40, required=False, help_text="不填时按组号取名。")
    towns = forms.ModelMultipleChoiceField(
        Town.objects.none(), label="负责的镇（街道）", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, viewer: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["towns"].queryset = Town.objects.visible_to(viewer).alive()  # type: ignore[attr-defined]


class TeamForm(TeamFields):
    """A new team."""

    groups = (("巡察组", [("number", "name"), "towns"]),)
    number = forms.IntegerField(label="组号", min_value=1, max_value=99)


class TeamEditForm(EditForm, TeamFields):
    """An existing team."""

    name = forms.CharField(label="名称", max_length=40)


class MemberFields(SheetForm):
    """A post and its authorisation."""

    groups: ClassVar[Sequence[Group]] = (("职务与授权", ["role", ("authorised_on", "authorisation_no")]),)
    role = forms.ChoiceField(label="组内职务", choices=TeamRole.choices)
    authorised_on = DayField(label="授权日期", required=False, help_text="一次一授权，只对本轮有效。")
    authorisation_no = forms.CharField(label="授权文号", max_length=60, required=False)


class MemberForm(MemberFields):
    """Somebody new in a team."""

    groups = (("人员", ["user"]), *MemberFields.groups)
    user = forms.ModelChoiceField(
        User.objects.none(),
        label="人员",
        help_text="只列出本轮还没有职务的巡察干部；保存前自动核对回避关系。",
    )

    def __init__(self, choices: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = choices.select_related("office")  # type: ignore[attr-defined]
        self.fields["user"].label_from_instance = _with_unit  # type: ignore[attr-defined]


def _with_unit(user: User) -> str:
    return f"{user.display_name}（{user.office}）" if user.office_id else user.display_name


class MemberEditForm(EditForm, MemberFields):
    """An existing post."""


class StayFields(SheetForm):
    """Days in the village."""

    groups: ClassVar[Sequence[Group]] = (("驻村", [("entry_on", "exit_on")]),)
    entry_on = DayField(label="进驻日期", required=False)
    exit_on = DayField(label="离村日期", required=False)


class AssignForm(StayFields):
    """A village for a team."""

    groups = (("村（社区）", ["village"]), *StayFields.groups)
    village = forms.ModelChoiceField(
        Village.objects.none(),
        label="村（社区）",
        help_text="只列出本轮还没有分派的；保存前逐人核对回避关系。",
    )

    def __init__(self, team: Team, viewer: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Village.objects.visible_to(viewer).alive().exclude(inspections__round=team.round_id)
        own = team.towns.all()
        # The team's own towns first in the list, when it has any.
        ordered = sorted(free.select_related("town"), key=lambda row: (row.town not in own, row.code))
        field = self.fields["village"]
        field.queryset = free  # type: ignore[attr-defined]
        field.choices = [("", "请选择")] + [  # type: ignore[attr-defined]
            (row.pk, f"{row.town.name} {row.name}") for row in ordered
        ]


class StayForm(EditForm, StayFields):
    """Other days for an assigned village."""
