"""Offices (units) and the accounts of the people who work in them."""

from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from core.models import Record, VisibleQuerySet
from villages.models.places import Town, Village
from villages.models.roles import OFFICE_ROLES, Role

__all__ = ["Office", "Role", "User"]


class OfficeQuerySet(VisibleQuerySet):
    """Units are named in orders and items; everyone inside may know that they exist."""

    def _visible(self, user: Any) -> Self:
        return self


class Office(Record):
    """A unit: the inspection office, a town committee, a village branch, a commission, a department."""

    class Kind(models.TextChoices):
        INSPECTION = "inspection", "区委巡察办"
        TOWN = "town", "镇（街道）党委"
        VILLAGE = "village", "村（社区）党组织"
        DISCIPLINE = "discipline", "区纪委监委"
        ORGANISATION = "organisation", "区委组织部"
        DEPARTMENT = "department", "区级部门"

    kind = models.CharField(max_length=20, choices=Kind, verbose_name="类别")
    name = models.CharField(max_length=80, unique=True, verbose_name="单位名称")
    town = models.ForeignKey(
        Town, models.PROTECT, null=True, blank=True, related_name="offices", verbose_name="镇（街道）"
    )
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="offices", verbose_name="村（社区）"
    )
    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "单位"
        verbose_name_plural = verbose_name
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="town") | models.Q(town__isnull=False), name="town_office_has_town"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="village") | models.Q(village__isnull=False),
                name="village_office_has_village",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(VisibleQuerySet):
    """Accounts: managed by the office and the system administrator; colleagues see names on papers only."""

    def _visible(self, user: Any) -> Self:
        if user.role in OFFICE_ROLES or user.role == Role.SYSADMIN:
            return self
        return self.filter(pk=user.pk)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Finds an account by its login name, letter case ignored."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account for a login name."""
        return self.get(username=(username or "").strip().lower())


class User(Record, AbstractBaseUser):
    """An account of one person. Rights follow from ``role``, the office and the memberships of rounds."""

    AUDIT_SECRET = frozenset({"password"})

    username = models.CharField(max_length=40, unique=True, verbose_name="登录名")
    display_name = models.CharField(max_length=40, verbose_name="姓名")
    role = models.CharField(max_length=20, choices=Role, blank=True, verbose_name="角色")
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="users", verbose_name="单位"
    )
    phone = models.CharField(max_length=30, blank=True, verbose_name="联系电话")
    native_place = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="籍贯所在村（社区）"
    )
    is_active = models.BooleanField(default=True, verbose_name="启用")
    must_change_password = models.BooleanField(default=True, verbose_name="首次登录须改密码")
    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = verbose_name
        ordering = ["username"]

    def __str__(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        """The name shown on pages."""
        return self.display_name
