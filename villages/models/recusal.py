"""Recusal (回避): declared relations and work history, checked before an assignment is saved."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.models import Record, VisibleQuerySet
from villages.models.people import User
from villages.models.places import Town, Village
from villages.models.roles import OFFICE_ROLES, Role
from villages.models.rounds import Round


class OwnDeclarationQuerySet(VisibleQuerySet):
    """Declarations are read by their writer and by the office that decides on them."""

    def _visible(self, user: Any) -> Self:
        if user.role in OFFICE_ROLES:
            return self
        return self.filter(user=user) if user.role == Role.INSPECTOR else self.none()


class Recusal(Record):
    """A relation that keeps a person away from a village, or from every village of a town.

    Cases follow the recusal rules of inspection offices: native place, kin, work, business, other ties.
    """

    class Relation(models.TextChoices):
        NATIVE = "native", "籍贯或户籍地"
        KIN = "kin", "近亲属任职或居住"
        WORK = "work", "曾任职或共事"
        BUSINESS = "business", "承包、经营等经济往来"
        OTHER = "other", "其他可能影响公正的关系"

    class Origin(models.TextChoices):
        SELF = "self", "本人申报"
        UNIT = "unit", "被巡察单位提出"
        SYSTEM = "system", "系统比对"

    user = models.ForeignKey(User, models.CASCADE, related_name="recusals", verbose_name="人员")
    town = models.ForeignKey(
        Town, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="镇（街道）"
    )
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="村（社区）"
    )
    relation = models.CharField(max_length=10, choices=Relation, verbose_name="情形")
    related_person = models.CharField(max_length=60, blank=True, verbose_name="关系人")
    detail = models.CharField(max_length=300, blank=True, verbose_name="说明")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.SELF, verbose_name="提出方式")
    active = models.BooleanField(default=True, verbose_name="有效")
    objects = OwnDeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = "回避申报"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=Q(town__isnull=False) | Q(village__isnull=False), name="recusal_names_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} 回避 {self.village or self.town}"


class WorkHistory(Record):
    """Where a person has worked: a post in a town or village, with its period."""

    user = models.ForeignKey(User, models.CASCADE, related_name="work_history", verbose_name="人员")
    town = models.ForeignKey(
        Town, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="镇（街道）"
    )
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="村（社区）"
    )
    post = models.CharField(max_length=60, verbose_name="职务")
    from_on = models.DateField(verbose_name="起")
    to_on = models.DateField(null=True, blank=True, verbose_name="止")
    objects = OwnDeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = "工作经历"
        verbose_name_plural = verbose_name
        ordering = ["-from_on"]

    def __str__(self) -> str:
        return f"{self.user} {self.post}"


class RecusalException(Record):
    """An approved exception for one person, village and round, with the reason and who approved it."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="+", verbose_name="轮次")
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="人员")
    village = models.ForeignKey(Village, models.CASCADE, related_name="+", verbose_name="村（社区）")
    reason = models.CharField(max_length=500, verbose_name="理由")
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="批准人")
    objects = OwnDeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = "回避例外审批"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["round", "user", "village"], name="recusal_exception_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.village}"
