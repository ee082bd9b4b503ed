"""Reads about accounts and units: lists, the choices of a form, the brake on guessed passwords."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from core import clock
from villages.models import LoginAttempt, Membership, Office, Role, Round, User

WINDOW = dt.timedelta(minutes=15)
# Failures within the window after which the next try is put off: per person and machine, per person, per machine.
PAIR_LIMIT, USER_LIMIT, ADDRESS_LIMIT = 5, 20, 30
WAIT = "登录失败次数较多，请15分钟后再试。忘记密码请联系巡察办或系统管理员重置。"


def sign_in_refusal(username: str, address: str) -> str:
    """The sentence for somebody who must wait before the next try; empty when the password may be checked.

    The same sentence whether or not the name exists. The window slides, so nobody is ever locked out for good.
    """
    since = clock.now() - WINDOW
    name = username.strip().lower()[:40]
    rows = LoginAttempt.objects.filter(at__gt=since)
    by_user = rows.filter(username=name)
    tried_too_often = (
        by_user.filter(address=address).count() >= PAIR_LIMIT
        or by_user.count() >= USER_LIMIT
        or (address and rows.filter(address=address).count() >= ADDRESS_LIMIT)
    )
    return WAIT if tried_too_often else ""


def accounts(
    viewer: Any, *, text: str = "", role: str = "", office: str = "", active: bool | None = None
) -> QuerySet[User]:
    """Accounts the viewer may see, filtered; ``text`` looks in name, login name and telephone."""
    rows = User.objects.visible_to(viewer).select_related("office")
    if text:
        rows = rows.filter(
            Q(display_name__contains=text) | Q(username__contains=text.lower()) | Q(phone__contains=text)
        )
    if role:
        rows = rows.filter(role="" if role == "none" else role)
    if office:
        rows = rows.filter(office=office)
    if active is not None:
        rows = rows.filter(is_active=active)
    return rows


def inspectors_free(viewer: Any, round_: Round) -> QuerySet[User]:
    """Active inspectors without a post in ``round_``, for the choice of a new member."""
    taken = Membership.objects.filter(round=round_).values("user")
    rows = User.objects.visible_to(viewer).filter(is_active=True, role=Role.INSPECTOR)
    return rows.exclude(pk__in=taken).order_by("display_name")


def open_memberships(user: User) -> QuerySet[Membership]:
    """Posts of ``user`` in rounds that have not ended."""
    rows = Membership.objects.filter(user=user).exclude(round__status=Round.Status.CLOSED)
    return rows.select_related("round", "team")


def offices(viewer: Any, *, text: str = "", kind: str = "") -> QuerySet[Office]:
    """Units, filtered."""
    rows = Office.objects.visible_to(viewer).select_related("town", "village")
    if text:
        rows = rows.filter(name__contains=text)
    return rows.filter(kind=kind) if kind else rows


def memberships(user: User) -> QuerySet[Membership]:
    """Every post of ``user``, newest round first."""
    rows = Membership.objects.filter(user=user).select_related("round", "team")
    return rows.order_by("-round__year", "-round__number")
