"""A petition as forms: the entry in the register, and one form for each step."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms

from core.forms import DayInput, SheetForm
from findings.forms.sealed import SEALED_GROUP, SealedFields
from findings.models import Channel, Petition, PetitionDisposal, PetitionKind
from findings.rules import telling_parts, telling_sentence
from villages.models import Category, User, VillageInspection

Names = Callable[[dict[str, Any]], Sequence[str]]
_CHECKED = "已逐句核对，没有能看出反映人是谁的内容"


class TellingForm(SheetForm):
    """A form whose texts others will read: what may tell who reported is pointed out, the writer decides."""

    told: ClassVar[Sequence[str]] = ("text",)
    confirmed = forms.BooleanField(
        label=_CHECKED,
        required=False,
        help_text="文字里有姓名、职务、电话、门牌等内容时会提示，改掉或核对后再保存。",
    )

    def __init__(self, *args: Any, names: Names, **kwargs: Any) -> None:
        """``names``: gives, for the cleaned values, names that would tell who is meant."""
        self._names = names
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Point out what may tell who reported, unless it was checked."""
        values = super().clean()
        if values.get("confirmed"):
            return values
        names = self._names(values)
        for field in self.told:
            if parts := telling_parts(values.get(field, ""), names):
                self.add_error(field, f"{telling_sentence(parts)}确实不会暴露的，勾选“{_CHECKED}”再保存。")
        return values

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        typed = self.cleaned_data.items()
        return {n: value for n, value in typed if n != "confirmed" and not n.startswith("sealed_")}


class PetitionForm(SealedFields, TellingForm):
    """The entry in the register, in the order of the paper form XF-1."""

    told = ("summary", "scope_reason")
    groups = (
        (
            "收件",
            [("village", "channel"), ("received_on", "kind"), ("is_named", "joint", "people"), "urgent"],
        ),
        ("反映的问题", ["summary", "category", "confirmed"]),
        ("受理范围", ["in_scope", ("scope_reason", "receiver")]),
        SEALED_GROUP,
    )
    village = forms.ModelChoiceField(VillageInspection.objects.none(), label="村（社区）")
    channel = forms.ChoiceField(label="渠道", choices=[("", "请选择"), *Channel.choices])
    received_on = forms.DateField(label="受理日期", widget=DayInput)
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *PetitionKind.choices])
    is_named = forms.BooleanField(label="实名反映", required=False)
    joint = forms.BooleanField(label="多人联名", required=False)
    people = forms.IntegerField(label="人数", min_value=1, max_value=9999, initial=1)
    urgent = forms.BooleanField(
        label="紧急", required=False, help_text="人身安全、证据可能灭失、群体性苗头等，批示时限更短。"
    )
    summary = forms.CharField(
        label="脱敏摘要",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="只写什么事、大致什么时候、涉及多少钱。不写谁反映的，不照抄原话；别人只看得到这一段。"
        "反映上级机关或区级以上领导干部的，这里不写内容，只写“按规定移交”。",
    )
    category = forms.ModelChoiceField(Category.objects.none(), label="涉及方面", required=False)
    in_scope = forms.TypedChoiceField(
        label="是否属于巡察受理范围",
        choices=[("1", "属于"), ("0", "不属于")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        help_text="受理反映村（社区）“两委”班子和成员、村组干部违反纪律方面的来信来访；个人诉求、涉法涉诉等转有关单位办理。",
    )
    scope_reason = forms.CharField(label="不属于的理由", max_length=300, required=False)
    receiver = forms.CharField(
        label="转往单位", max_length=120, required=False, help_text="不属于受理范围的必须填写。"
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, scheme: Any, villages: Any = None, **kwargs: Any) -> None:
        """``scheme``: the round's categories; ``villages``: the choice for a new entry."""
        new = villages is not None
        leave = {"revision"} if new else {"village", *SealedFields.base_fields}
        self.base_fields = {name: f for name, f in self.base_fields.items() if name not in leave}
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(scheme=scheme, parent=None)  # type: ignore[attr-defined]
        if new:
            self.fields["village"].queryset = villages  # type: ignore[attr-defined]
            self.fields["village"].label_from_instance = lambda row: row.village.name  # type: ignore[attr-defined]


class OpinionForm(TellingForm):
    """What somebody says at a step; the base of all of them."""

    groups: Any = (("意见", ["text", "confirmed"]),)
    text = forms.CharField(label="意见", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, petition: Petition, choices: dict[str, Any], **kwargs: Any) -> None:
        """``choices``: what the select fields offer, by name."""
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            if name in self.fields:
                setattr(self.fields[name], "choices" if isinstance(offered, list) else "queryset", offered)


class ProposeForm(OpinionForm):
    """拟办: what should be done, and why."""

    groups = (("拟办", ["disposal", "receiver", "text", "confirmed"]),)
    disposal = forms.ChoiceField(label="办理方式", choices=PetitionDisposal.choices, widget=forms.RadioSelect)
    receiver = forms.CharField(
        label="转往单位", max_length=120, required=False, help_text="转镇、转部门、移交纪委时填写。"
    )


class DecideForm(ProposeForm):
    """批示: the same, with who does it and until when."""

    groups: Any = (("批示", ["disposal", "receiver", ("handler", "due_on"), "text", "confirmed"]),)
    handler = forms.ModelChoiceField(User.objects.none(), label="承办人")
    due_on = forms.DateField(
        label="办理期限", widget=DayInput, required=False, help_text="留空时按参数和工作日历自动推算。"
    )


class ReassignForm(OpinionForm):
    """改派: another member or another day."""

    groups = (("改派", [("handler", "due_on"), "text", "confirmed"]),)
    handler = forms.ModelChoiceField(User.objects.none(), label="承办人")
    due_on = forms.DateField(label="办理期限", widget=DayInput)


class CloseForm(OpinionForm):
    """办结: what came of it, and the answer where one belongs."""

    told = ("result", "reply")
    groups = (("办结", ["result", ("reply", "replied_on"), "confirmed"]),)
    text = None  # type: ignore[assignment]
    result = forms.CharField(label="办理结果", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    reply = forms.CharField(
        label="答复内容",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="转办、立行立改和解释答复的件登记；巡察组受理不作承诺，其他方式不填。",
    )
    replied_on = forms.DateField(label="答复日期", widget=DayInput, required=False)


class MergeForm(OpinionForm):
    """并案: into which one, and why they are one matter."""

    groups = (("并案", ["into", "text", "confirmed"]),)
    into = forms.ModelChoiceField(Petition.objects.none(), label="并入哪一件")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].label_from_instance = lambda row: f"{row.no} {row.summary[:30]}"  # type: ignore[attr-defined]


FORMS: dict[str, type[OpinionForm]] = {
    "propose": ProposeForm,
    "review": OpinionForm,
    "decide": DecideForm,
    "return": OpinionForm,
    "reassign": ReassignForm,
    "close": CloseForm,
    "reopen": OpinionForm,
    "merge": MergeForm,
    "split": OpinionForm,
}
