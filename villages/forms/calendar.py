"""Form of the working-day calendar."""

from django import forms

from core.forms import SheetForm
from villages.forms.base import DayField
from villages.models import CalendarDay


class CalendarForm(SheetForm):
    """One day or several in a row that differ from the week."""

    groups = (("登记或修改", [("first", "last"), "kind", "name"]),)
    first = DayField(label="日期")
    last = DayField(label="到", required=False, help_text="只有一天时不填。")
    kind = forms.ChoiceField(label="性质", choices=CalendarDay.Kind.choices)
    name = forms.CharField(label="名称", max_length=30, help_text="例如“国庆节”“国庆节调休”。")
