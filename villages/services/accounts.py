"""Accounts: made, changed, given a password, put out of use."""

import datetime as dt
import secrets
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError
from villages import rules
from villages.models import LoginAttempt, Office, Role, User, Village
from villages.models.roles import ROLE_OFFICES
from villages.selectors.people import PAIR_LIMIT, WINDOW

# Letters and digits nobody confuses on paper; sixteen of them carry about 79 bits.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4


@transaction.atomic
def create_user(
    *,
    actor: Any,
    username: str,
    display_name: str,
    role: str,
    office: Office | None = None,
    phone: str = "",
    native_place: Village | None = None,
    password: str = "",
) -> User:
    """Make an account. Without ``password`` nobody can sign in yet: :func:`reset_password` gives the first one.

    Either way the person chooses an own password at the first sign-in.
    """
    demand(rules.can_manage_accounts(actor))
    demand(rules.can_grant(actor, role))
    username = username.strip().lower()
    if User.objects.filter(username=username).exists():
        raise ServiceError(f"登录名“{username}”已被使用。", "username")
    _check_office(role, office)
    user = User(
        username=username, display_name=display_name, role=role, office=office, phone=phone,
        native_place=native_place, password=make_password(password or None), must_change_password=True,
    )  # fmt: skip
    return records.create(user, actor=actor, verb="accounts.create")


@transaction.atomic
def update_user(*, actor: Any, user: User, revision: int, changes: dict[str, Any]) -> User:
    """Change name, role, unit, telephone or native place of an account."""
    demand(rules.can_manage_account(actor, user))
    role, office = changes.get("role", user.role), changes.get("office", user.office)
    if role != user.role:
        demand(rules.can_grant(actor, role))
        if user.pk == actor.pk:
            raise ServiceError("不能修改本人的角色。", "role")
    _check_office(role, office)
    return records.update(user, actor=actor, verb="accounts.update", revision=revision, changes=changes)


def _check_office(role: str, office: Office | None) -> None:
    wanted = ROLE_OFFICES.get(Role(role)) if role else None
    if wanted and (office is None or office.kind != wanted):
        raise ServiceError(f"“{Role(role).label}”的账号应属于“{Office.Kind(wanted).label}”类单位。", "office")


@transaction.atomic
def reset_password(*, actor: Any, user: User) -> str:
    """Give the account a random initial password and return it, this once; all its sessions end."""
    demand(rules.can_manage_account(actor, user))
    if not user.is_active:
        raise ServiceError("账号已停用，启用后再重置密码。")
    password = initial_password()
    _store_password(actor, user, password, must_change=True, verb="accounts.reset_password")
    return password


def initial_password() -> str:
    """A random password that can be read aloud: four groups of four."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


@transaction.atomic
def change_own_password(*, actor: User, password: str) -> User:
    """Set the own password; every other session of the account ends with the old hash."""
    try:
        validate_password(password, actor)
    except ValidationError as error:
        raise ServiceError("".join(error.messages), "new_password1") from None
    if actor.check_password(password):
        raise ServiceError("新密码不能与原密码相同。", "new_password1")
    return _store_password(actor, actor, password, must_change=False, verb="accounts.change_password")


def _store_password(actor: Any, user: User, password: str, *, must_change: bool, verb: str) -> User:
    changes = {"password": make_password(password), "must_change_password": must_change}
    return records.update(user, actor=actor, verb=verb, revision=None, changes=changes)


@transaction.atomic
def deactivate(*, actor: Any, user: User, reason: str, revision: int | None = None) -> User:
    """Put an account out of use; it can neither sign in nor act in an open session any more."""
    demand(rules.can_manage_account(actor, user))
    if user.pk == actor.pk:
        raise ServiceError("不能停用本人的账号。")
    if not reason.strip():
        raise ServiceError("请填写停用的理由。", "reason")
    return records.update(
        user,
        actor=actor,
        verb="accounts.deactivate",
        revision=revision,
        changes={"is_active": False},
        reason=reason,
    )


@transaction.atomic
def reactivate(*, actor: Any, user: User, reason: str, revision: int | None = None) -> User:
    """Take an account back into use; the person needs a new initial password."""
    demand(rules.can_manage_account(actor, user))
    changes = {"is_active": True, "must_change_password": True, "password": make_password(None)}
    return records.update(
        user, actor=actor, verb="accounts.reactivate", revision=revision, changes=changes, reason=reason
    )


# --- signing in -------------------------------------------------------------------------------------------


@transaction.atomic
def note_sign_in(*, actor: User) -> None:
    """Leave a trace of a successful sign-in."""
    audit.record(actor=actor, verb="accounts.login", target=actor)


@transaction.atomic
def note_failed_sign_in(*, actor: Any, username: str, address: str) -> None:
    """Count a wrong password; the trail gets one entry when the brake is reached, not one for each try."""
    name, now = username.strip().lower()[:40], clock.now()
    LoginAttempt.objects.filter(at__lt=now - dt.timedelta(days=1)).delete()
    LoginAttempt.objects.create(username=name, address=address[:60], at=now)
    recent = LoginAttempt.objects.filter(username=name, address=address[:60], at__gt=now - WINDOW).count()
    if recent == PAIR_LIMIT:
        audit.record(actor=actor, verb="accounts.throttle", after={"failures": recent}, label=name)


# --- units ------------------------------------------------------------------------------------------------


@transaction.atomic
def create_office(*, actor: Any, kind: str, name: str, town: Any = None, village: Any = None) -> Office:
    """Register a unit; a town committee names its town, a village branch its village."""
    demand(rules.can_manage_offices(actor))
    _check_unit(kind, town, village)
    if Office.objects.filter(name=name).exists():
        raise ServiceError(f"已有名为“{name}”的单位。", "name")
    made = Office(kind=kind, name=name, town=town or (village.town if village else None), village=village)
    return records.create(made, actor=actor, verb="offices.create")


@transaction.atomic
def update_office(*, actor: Any, office: Office, revision: int, changes: dict[str, Any]) -> Office:
    """Rename a unit or correct the place it stands for."""
    demand(rules.can_manage_offices(actor))
    merged = {name: changes.get(name, getattr(office, name)) for name in ("kind", "name", "town", "village")}
    _check_unit(merged["kind"], merged["town"], merged["village"])
    if Office.objects.filter(name=merged["name"]).exclude(pk=office.pk).exists():
        raise ServiceError(f"已有名为“{merged['name']}”的单位。", "name")
    return records.update(office, actor=actor, verb="offices.update", revision=revision, changes=changes)


def _check_unit(kind: str, town: Any, village: Any) -> None:
    if kind == Office.Kind.TOWN and town is None:
        raise ServiceError("请选择所在的镇（街道）。", "town")
    if kind == Office.Kind.VILLAGE and village is None:
        raise ServiceError("请选择所在的村（社区）。", "village")
