"""Forms about accounts, units and signing in."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import RegexValidator

from core.forms import SheetForm
from core.text import clean
from villages import rules
from villages.forms.base import DayField, EditForm
from villages.models import Office, Role, Town, User, Village
from villages.selectors.people import sign_in_refusal

login_name = RegexValidator(r"\A[a-zA-Z0-9][a-zA-Z0-9._-]{2,39}\Z", "登录名用3至40个字母、数字、点、横线。")


class SignInForm(AuthenticationForm):
    """Name and password; the brake on guessing stands before the password check."""

    error_messages = {
        "invalid_login": "登录名或密码不对，请核对后再试。",
        "inactive": "账号已停用，请联系巡察办。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "登录名"
        self.fields["password"].label = "密码"
        self.refused = False
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        """Refuse without looking at the password when there were too many failures."""
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        refusal = sign_in_refusal(self.cleaned_data.get("username", ""), address)
        if refusal:
            self.refused = True
            raise forms.ValidationError(refusal, code="wait")
        return super().clean()


class PasswordForm(SheetForm):
    """Choose an own password: the present one, the new one twice."""

    groups = (("设置密码", ["old_password", "new_password1", "new_password2"]),)
    old_password = forms.CharField(
        label="现在的密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password1 = forms.CharField(
        label="新密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少12个字符；不用姓名、登录名，不用常见密码。一句好记的话最合适。",
    )
    new_password2 = forms.CharField(
        label="再输入一次", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_old_password(self) -> str:
        """The present password proves who sits at the keyboard."""
        if not self.user.check_password(self.cleaned_data["old_password"]):
            raise forms.ValidationError("现在的密码不对。")
        return self.cleaned_data["old_password"]

    def clean(self) -> dict[str, Any]:
        """Both entries agree; passwords are taken as typed, the text cleaner stays away from them."""
        values = self.cleaned_data
        if values.get("new_password1") != values.get("new_password2"):
            self.add_error("new_password2", "两次输入的新密码不一致。")
        return values


def _roles(viewer: Any) -> list[tuple[str, str]]:
    allowed = rules.grantable_roles(viewer)
    return [("", "（无角色，不能查看任何内容）")] + [
        (value, label) for value, label in Role.choices if value in allowed
    ]


class UserFields(SheetForm):
    """The fields of an account, whether new or known."""

    groups = (
        ("身份", [("display_name", "username"), ("role", "office"), "phone"]),
        ("回避核对用", ["native_place"]),
    )
    username = forms.CharField(
        label="登录名",
        max_length=40,
        validators=[login_name],
        help_text="字母、数字，不分大小写，建好后不能改。",
    )
    display_name = forms.CharField(label="姓名", max_length=40)
    role = forms.ChoiceField(label="角色", required=False)
    office = forms.ModelChoiceField(Office.objects.none(), label="单位", required=False)
    phone = forms.CharField(label="联系电话", max_length=30, required=False)
    native_place = forms.ModelChoiceField(
        Village.objects.none(),
        label="籍贯或户籍所在村（社区）",
        required=False,
        help_text="分派村（社区）前据此核对是否应当回避。",
    )

    def __init__(self, viewer: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = _roles(viewer)  # type: ignore[attr-defined]
        self.fields["office"].queryset = Office.objects.visible_to(viewer)  # type: ignore[attr-defined]
        villages = Village.objects.visible_to(viewer).alive().select_related("town")
        self.fields["native_place"].queryset = villages  # type: ignore[attr-defined]
        self.fields["native_place"].label_from_instance = _with_town  # type: ignore[attr-defined]


def _with_town(village: Village) -> str:
    return f"{village.town.name} {village.name}"


class UserEditForm(EditForm, UserFields):
    """An existing account: the login name stays."""

    groups = (
        ("身份", ["display_name", ("role", "office"), "phone"]),
        ("回避核对用", ["native_place"]),
    )
    username = None  # type: ignore[assignment]


class HandOverForm(SheetForm):
    """To whom the open posts go, by which authorisation, and what becomes of the old account."""

    groups = (
        ("移交", ["to_user", "reason"]),
        ("接手人的授权（一次一授权）", [("authorised_on", "authorisation_no")]),
        ("移交后", ["close_account"]),
    )
    to_user = forms.ModelChoiceField(User.objects.none(), label="接手人")
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    authorised_on = DayField(label="授权日期", required=False)
    authorisation_no = forms.CharField(label="授权文号", max_length=60, required=False)
    close_account = forms.BooleanField(label="停用移交人的账号", required=False, initial=True)

    def __init__(self, viewer: Any, account: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = (
            User.objects.visible_to(viewer).filter(is_active=True, role=account.role).exclude(pk=account.pk)
        )
        if account.role != Role.INSPECTOR:
            rows = rows.filter(office=account.office_id)
        self.fields["to_user"].queryset = rows.order_by("display_name")  # type: ignore[attr-defined]


class OfficeForm(SheetForm):
    """A unit and the place it stands for."""

    groups = (("单位", ["name", "kind", ("town", "village")]),)
    name = forms.CharField(label="单位名称", max_length=80)
    kind = forms.ChoiceField(label="类别", choices=Office.Kind.choices)
    town = forms.ModelChoiceField(
        Town.objects.none(), label="镇（街道）", required=False, help_text="镇（街道）党委必选。"
    )
    village = forms.ModelChoiceField(
        Village.objects.none(), label="村（社区）", required=False, help_text="村（社区）党组织必选。"
    )

    def __init__(self, viewer: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["town"].queryset = Town.objects.visible_to(viewer).alive()  # type: ignore[attr-defined]
        villages = Village.objects.visible_to(viewer).alive().select_related("town")
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]
        self.fields["village"].label_from_instance = _with_town  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Spaces inside a unit's name are typing accidents."""
        return clean(self.cleaned_data["name"]).replace(" ", "")


class OfficeEditForm(EditForm, OfficeForm):
    """An existing unit."""
