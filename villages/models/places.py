"""Places: one district, its towns and sub-districts, their villages and communities, with 12-digit codes."""

from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models

from core.models import Record, SoftDeletable, VisibleQuerySet
from villages.models.roles import CONTENT_ROLES, Role

code12 = RegexValidator(r"\A[0-9]{12}\Z", "区划代码应为12位数字。")
code6 = RegexValidator(r"\A[0-9]{6}\Z", "区代码应为6位数字。")


class PlaceQuerySet(VisibleQuerySet):
    """Places are no secret inside the inspecting side; an inspected unit sees only its own."""

    town_path = "town"

    def _visible(self, user: Any) -> Self:
        if user.role in CONTENT_ROLES or user.role == Role.SYSADMIN:
            return self
        if user.role == Role.TOWN and user.office_id:
            return self.filter(**{self.town_path: user.office.town_id})
        return self.none()


class TownQuerySet(PlaceQuerySet):
    """Towns: a town committee sees its own."""

    town_path = "pk"


class VillageQuerySet(PlaceQuerySet):
    """Villages: a town committee sees those below it, a village branch itself."""

    def _visible(self, user: Any) -> Self:
        if user.role == Role.VILLAGE and user.office_id:
            return self.filter(pk=user.office.village_id)
        return super()._visible(user)


class DistrictQuerySet(VisibleQuerySet):
    """The district is known to everyone who works in it."""

    def _visible(self, user: Any) -> Self:
        return self


class District(Record):
    """The district whose office runs this installation."""

    code = models.CharField(max_length=6, unique=True, validators=[code6], verbose_name="区代码")
    name = models.CharField(max_length=60, verbose_name="区名称")
    short = models.CharField(max_length=4, default="巡", verbose_name="区代字")
    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = "区"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name


class Town(Record, SoftDeletable):
    """A town or sub-district (镇、街道)."""

    district = models.ForeignKey(District, models.PROTECT, related_name="towns", verbose_name="所属区")
    code = models.CharField(max_length=12, unique=True, validators=[code12], verbose_name="区划代码")
    name = models.CharField(max_length=60, verbose_name="名称")
    objects = TownQuerySet.as_manager()

    class Meta:
        verbose_name = "镇（街道）"
        verbose_name_plural = verbose_name
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Village(Record, SoftDeletable):
    """A village or a community: one table, told apart by ``kind``."""

    class Kind(models.TextChoices):
        VILLAGE = "village", "村"
        COMMUNITY = "community", "社区"

    town = models.ForeignKey(Town, models.PROTECT, related_name="villages", verbose_name="所属镇（街道）")
    code = models.CharField(max_length=12, unique=True, validators=[code12], verbose_name="区划代码")
    name = models.CharField(max_length=60, verbose_name="名称")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.VILLAGE, verbose_name="类型")
    households = models.PositiveIntegerField(null=True, blank=True, verbose_name="户数")
    population = models.PositiveIntegerField(null=True, blank=True, verbose_name="人口")
    members = models.PositiveIntegerField(null=True, blank=True, verbose_name="党员数")
    secretary = models.CharField(max_length=60, blank=True, verbose_name="书记")
    phone = models.CharField(max_length=30, blank=True, verbose_name="联系电话")
    note = models.CharField(max_length=500, blank=True, verbose_name="备注")
    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = "村（社区）"
        verbose_name_plural = verbose_name
        ordering = ["code"]
        indexes = [models.Index(fields=["town", "code"], name="village_town_code")]

    def __str__(self) -> str:
        return self.name
