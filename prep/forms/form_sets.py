"""What people type about papers: how many copies, who keeps them."""

from typing import Any, ClassVar

from django import forms

from core.forms import Group, SheetForm
from prep.selectors.form_sets import FormGroup
from villages.models import User

_MOST = 9999


class CopiesForm(SheetForm):
    """Copies of every form, under its stage; three beside each other."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, listed: list[FormGroup], *args: Any, **kwargs: Any) -> None:
        self.base_fields = dict(self.base_fields)
        layout: list[Group] = []
        for group in listed:
            names = []
            for line in group.lines:
                name = f"copies:{line.form.designation}"
                self.base_fields[name] = forms.IntegerField(
                    label=f"{line.form.designation} {line.form.title}", initial=line.copies, min_value=0,
                    max_value=_MOST, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                )  # fmt: skip
                names.append(name)
            layout.append((group.stage, [tuple(names[at : at + 3]) for at in range(0, len(names), 3)]))
        self.groups = tuple(layout)
        super().__init__(*args, **kwargs)

    def parts(self) -> dict[str, Any]:
        """Arguments of the service."""
        values = dict(self.cleaned_data)
        revision = values.pop("revision")
        return {
            "revision": revision,
            "copies": {name.partition(":")[2]: value for name, value in values.items()},
        }


class KeepersForm(SheetForm):
    """Who keeps the papers of a team."""

    groups: ClassVar = (("保管人", [("keeper", "sealed_keeper")]),)

    revision = forms.IntegerField(widget=forms.HiddenInput)
    keeper = forms.ModelChoiceField(
        User.objects.none(), label="表单保管人", help_text="保管本组各村的空白表单和用后收回的表单。"
    )
    sealed_keeper = forms.ModelChoiceField(
        User.objects.none(),
        label="专管材料保管人",
        help_text="信访登记、线索移交等另行存放的材料由此人保管。",
    )

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("keeper", "sealed_keeper"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
