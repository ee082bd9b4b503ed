"""Forms of the sealed part. Fields named ``sealed_…`` are kept by no draft, no browser and no form key."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from core.forms import Group, ManyFiles, ManyFilesField, SheetForm
from findings.models import SealedField
from findings.services.petitions.sealed import SEALED_FILES
from villages.models import User
from villages.selectors.people import sign_in_refusal

_OFF = {"autocomplete": "off"}
SEALED_GROUP: Group = (
    "反映人信息（加密封存，保存后任何人不能直接查看）",
    [
        ("sealed_name", "sealed_phone"), ("sealed_address", "sealed_identity"), "sealed_accused", "sealed_original",
        "sealed_protection", "sealed_files",
    ],
)  # fmt: skip


def _line(label: str, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs=_OFF)
    return forms.CharField(label=label, max_length=300, required=False, widget=widget, **more)


class SealedFields(forms.Form):
    """What is typed once and then sealed; joined to the entry of a petition, and a form of its own later."""

    sealed_name = _line("反映人姓名")
    sealed_phone = _line("联系电话")
    sealed_address = _line("住址")
    sealed_identity = _line("单位、职务或身份")
    sealed_accused = _line("被反映人姓名、单位、职务")
    sealed_original = forms.CharField(
        label="反映原文", max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 5} | _OFF)
    )
    sealed_protection = _line("保护措施")
    sealed_files = ManyFilesField(
        label="原件：照片、PDF、Word、录音、录像",
        required=False,
        widget=ManyFiles(attrs={"accept": SEALED_FILES.accept}),
        help_text=f"来信、材料拍照或原样封存，文件名不保留。{SEALED_FILES.hint}照片单张不超过 5 MB。"
        "PDF、录音等没有去除拍摄和作者信息的工作副本，查阅时给出的就是原件。这一组内容不自动保存草稿，请一次填完。",
    )  # fmt: skip

    def sealed(self) -> dict[str, Any]:
        """What the sealing service takes; empty when nothing was typed."""
        values = self.cleaned_data
        texts = {n: values.get(f"sealed_{n}", "") for n in SealedField.values if n != SealedField.FILES}
        texts = {name: text for name, text in texts.items() if text}
        files = values.get("sealed_files") or []
        return {"texts": texts, "files": files} if texts or files else {}


class SealForm(SealedFields, SheetForm):
    """More about a petition that is known already."""

    groups = (SEALED_GROUP,)

    def clean(self) -> dict[str, Any]:
        """At least one thing to seal."""
        values = super().clean()
        if not self.errors and not any(value for name, value in values.items()):
            raise forms.ValidationError("没有要封存的内容。")
        return values


class AskForm(SheetForm):
    """Ask for one reading."""

    groups = (("查阅申请", ["wanted", "reason"]),)
    wanted = forms.MultipleChoiceField(
        label="查阅内容",
        choices=SealedField.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="只选办理需要的。",
    )
    reason = forms.CharField(
        label="查阅理由",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="为什么不看这些内容就办不下去。批准人看得到；不要写反映人的任何信息。",
    )


class ProofForm(SheetForm):
    """A form that asks once more who sits there; guessed passwords meet the brake of the sign-in."""

    groups: Any = (("核对本人", ["password", "passphrase"]),)
    password = forms.CharField(
        label="登录密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    passphrase = forms.CharField(
        label="封存口令", strip=False, max_length=200, widget=forms.PasswordInput(attrs=_OFF)
    )
    as_typed: ClassVar[Sequence[str]] = (
        "password", "passphrase", "old_passphrase", "again_passphrase", "recovery_passphrase",
    )  # fmt: skip

    def __init__(self, person: User, address: str, *args: Any, **kwargs: Any) -> None:
        self.person, self.address, self.refused = person, address, False
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The brake on guesses; secrets are taken as typed."""
        typed = {name: self.cleaned_data[name] for name in self.as_typed if name in self.cleaned_data}
        values = super().clean() | typed
        if typed and (refusal := sign_in_refusal(self.person.username, self.address)):
            self.refused = True
            self.add_error("password" if "password" in self.fields else "passphrase", refusal)
        return values

    @property
    def was_wrong(self) -> bool:
        """Was a secret looked at and found wrong? Errors of the form itself carry a code."""
        errors = self.errors.as_data()
        known = [e for name in ("password", *self.as_typed) for e in errors.get(name, ())]
        return not self.refused and any(error.code is None for error in known)


class NewPassphraseForm(ProofForm):
    """Choose the passphrase, twice the same."""

    groups: Any = (("设置封存口令", ["password", "passphrase", "again_passphrase"]),)
    passphrase = forms.CharField(
        label="封存口令", strip=False, min_length=12, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少12个字符，与登录密码不同。系统里不保存口令，忘了任何人也找不回来，请另纸密封存入保险柜。",
    )  # fmt: skip
    again_passphrase = forms.CharField(
        label="再输一遍", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """Both alike."""
        values = super().clean()
        if values.get("passphrase") != values.get("again_passphrase"):
            self.add_error("again_passphrase", "两次输入的口令不一样。")
        return values


class ChangePassphraseForm(NewPassphraseForm):
    """Change it, knowing the old one."""

    groups: Any = (("修改封存口令", ["password", "old_passphrase", "passphrase", "again_passphrase"]),)
    old_passphrase = forms.CharField(label="原封存口令", strip=False, widget=forms.PasswordInput(attrs=_OFF))


_RECOVERY_HELP = (
    "巡察办主任保险柜里信封内的那一串，14组，空格、大小写不限。填了它就不用封存口令；启用后要换新。"
)


class RecoveringProofForm(ProofForm):
    """The same where there is a recovery key, for when nobody knows a passphrase any more."""

    groups: Any = (
        ("核对本人", ["password", "passphrase"]),
        ("封存口令已无人记得时，改用恢复密钥", ["recovery_passphrase"]),
    )
    passphrase = forms.CharField(
        label="封存口令",
        strip=False,
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs=_OFF),
    )
    recovery_passphrase = forms.CharField(
        label="恢复密钥",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=_OFF | {"spellcheck": "false"}),
        help_text=_RECOVERY_HELP,
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        values = super().clean()
        given = [values.get(name, "") for name in ("passphrase", "recovery_passphrase")]
        if not self.errors and sum(bool(text.strip()) for text in given) != 1:
            message = "请填写封存口令；没有人记得口令时，改填恢复密钥，两者只填一个。"
            self.add_error("passphrase", forms.ValidationError(message, code="one"))
        return values


class RewrapForm(ProofForm):
    """The passphrase alone."""

    groups: Any = (("补授", ["passphrase"]),)
    password = None  # type: ignore[assignment]


class RecoveringRewrapForm(RecoveringProofForm):
    """The passphrase or the recovery key."""

    groups: Any = (
        ("补授", ["passphrase"]),
        ("封存口令已无人记得时，改用恢复密钥", ["recovery_passphrase"]),
    )
    password = None  # type: ignore[assignment]


class RecoveryForm(ProofForm):
    """The login password alone, before a recovery key is made."""

    groups: Any = (("核对本人", ["password"]),)
    passphrase = None  # type: ignore[assignment]


class AppointForm(SheetForm):
    """Who becomes custodian."""

    groups = (("指定保密管理人", ["user"]),)
    user = forms.ModelChoiceField(
        User.objects.none(),
        label="人员",
        help_text="巡察办人员或巡察干部，越少越好，但不少于两人，以免一人忘记口令就打不开。",
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
