"""Forms of the pledge: signing it together with the declaration of ties, and a new wording."""

from typing import Any

from django import forms

from core.forms import RowColumn, RowsField, SheetForm
from villages.forms.base import DayField
from villages.models import Recusal, SecrecyPledge, Ties, Town, Village
from villages.selectors.people import sign_in_refusal


class TieRowsField(RowsField):
    """Ties not declared before; each row gives the arguments of ``declare_recusal``."""

    def __init__(self, viewer: Any) -> None:
        self.towns = {str(row.pk): row for row in Town.objects.visible_to(viewer).alive()}
        villages = Village.objects.visible_to(viewer).alive().select_related("town")
        self.villages = {str(row.pk): row for row in villages.order_by("town__code", "code")}
        place = forms.ChoiceField(choices=self._places(), required=True)
        relation = forms.ChoiceField(choices=[("", "请选择"), *Recusal.Relation.choices])
        columns = (
            RowColumn("place", "村（社区）或镇（街道）", place),
            RowColumn("relation", "情形", relation),
            RowColumn(
                "related_person", "关系人", _asked(60, "请写明与谁的关系，是本人的写“本人”。"), "col-name"
            ),
            RowColumn("detail", "说明", _asked(300, "请写明是什么关系、为什么应当回避。")),
        )
        super().__init__(
            columns, least=2, spare=1, label="应当回避的地方", required=False,
            help_text="整个镇（街道）都要回避的，选“全部村、社区”。每一处都要写明关系人（是本人的写“本人”）和说明。已经申报过的不用再填。",
        )  # fmt: skip

    def _places(self) -> list[Any]:
        groups: list[Any] = [("", "请选择")]
        for key, town in self.towns.items():
            inside = [(pk, row.name) for pk, row in self.villages.items() if row.town_id == town.pk]
            groups.append((town.name, [(key, f"{town.name}全部村、社区"), *inside]))
        return groups

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """Rows with the place as the town or the village it names."""
        rows = super().clean(value)
        for row in rows:
            place = row.pop("place")
            row |= {"town": self.towns.get(place), "village": self.villages.get(place)}
        return rows


def _asked(most: int, sentence: str) -> forms.CharField:
    return forms.CharField(max_length=most, error_messages={"required": sentence})


class SignForm(SheetForm):
    """Whether there are ties, which, and the password as signature."""

    groups = (
        ("回避情况申报", ["ties", "rows"]),
        ("签署", ["agreed", "password"]),
    )
    pledge = forms.ModelChoiceField(SecrecyPledge.objects.none(), widget=forms.HiddenInput)
    ties = forms.ChoiceField(
        label="本人与本轮被巡察的村（社区）",
        choices=Ties.choices,
        widget=forms.RadioSelect,
        help_text="籍贯户籍、近亲属任职或居住、曾任职或共事、承包经营等经济往来，以及其他可能影响公正的关系，都应当申报。",
    )
    agreed = forms.BooleanField(label="已逐条阅读保密承诺书并承诺遵守；申报内容属实，没有隐瞒。")
    password = forms.CharField(
        label="登录密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="再输入一次本人登录密码，作为签名。",
    )

    def __init__(self, viewer: Any, address: str, *args: Any, **kwargs: Any) -> None:
        self.viewer, self.address, self.refused = viewer, address, False
        self.base_fields = self.base_fields | {"rows": TieRowsField(viewer)}
        super().__init__(*args, **kwargs)
        self.fields["pledge"].queryset = SecrecyPledge.objects.visible_to(viewer)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The brake on guessed passwords; the password itself is taken as typed."""
        password = self.cleaned_data.get("password")
        values = super().clean()
        refusal = sign_in_refusal(self.viewer.username, self.address)
        if password and refusal:
            self.refused = True
            self.add_error("password", refusal)
        elif password:
            values["password"] = password
        return values


class PledgeForm(SheetForm):
    """A new wording of the pledge."""

    groups = (("新版保密承诺书", ["text", ("valid_from", "note")]),)
    text = forms.CharField(
        label="承诺内容",
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="一行一条，自己编好序号。",
    )
    valid_from = DayField(label="自何日起", help_text="从这一天起，进行中各轮的成员都要重新签署。")
    note = forms.CharField(label="修订说明", max_length=300, required=False)
