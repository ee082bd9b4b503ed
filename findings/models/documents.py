"""Documents a team asks for in a village (调阅资料): asked, lent, given back."""

from django.db import models
from django.db.models import Q

from villages.models import InspectionRecord, SpineQuerySet, User


class Material(models.TextChoices):
    """What kind of document it is."""

    ACCOUNTS = "accounts", "账簿凭证"
    MEETINGS = "meetings", "会议记录"
    CONTRACTS = "contracts", "合同协议"
    RULES = "rules", "文件制度"
    REGISTERS = "registers", "台账名册"
    WORKS = "works", "工程资料"
    OTHER = "other", "其他"


class Owner(models.TextChoices):
    """Who keeps it."""

    VILLAGE = "village", "村（社区）"
    TOWN = "town", "镇（街道）"
    DEPARTMENT = "department", "区级部门"
    OTHER = "other", "其他"


class LoanStatus(models.TextChoices):
    """The way of a document: written on the list, signed for by the leader, lent, given back."""

    LISTED = "listed", "待组长签字"
    ASKED = "asked", "待提供"
    LENT = "lent", "已借出"
    RETURNED = "returned", "已归还"
    CANCELLED = "cancelled", "不再调阅"


class Loan(InspectionRecord):
    """One document on a village's list, with who gave it, who took it, and who got it back."""

    STATUS_TONE = {
        "listed": "warn", "asked": "info", "lent": "warn", "returned": "ok", "cancelled": "neutral",
    }  # fmt: skip
    Status = LoanStatus

    no = models.CharField(max_length=60, unique=True, editable=False, verbose_name="编号")
    name = models.CharField(max_length=120, verbose_name="资料名称")
    copies = models.PositiveSmallIntegerField(default=1, verbose_name="份数")
    material = models.CharField(max_length=12, choices=Material, verbose_name="资料类型")
    owner = models.CharField(max_length=12, choices=Owner, verbose_name="来源")
    due_on = models.DateField(null=True, blank=True, verbose_name="提供时限")
    status = models.CharField(
        max_length=10, choices=LoanStatus, default=LoanStatus.LISTED, editable=False, verbose_name="状态"
    )
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="签字人"
    )
    signed_on = models.DateField(null=True, blank=True, editable=False, verbose_name="签字日期")
    provider = models.CharField(max_length=40, blank=True, editable=False, verbose_name="提供人")
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="调阅人"
    )
    lent_on = models.DateField(null=True, blank=True, editable=False, verbose_name="借出日期")
    returned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="归还人"
    )
    receiver = models.CharField(max_length=40, blank=True, editable=False, verbose_name="接收人")
    returned_on = models.DateField(null=True, blank=True, editable=False, verbose_name="归还日期")
    note = models.CharField(max_length=200, blank=True, verbose_name="备注")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "调阅资料"
        verbose_name_plural = verbose_name
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(copies__gt=0), name="loan_of_something"),
            models.CheckConstraint(
                condition=~Q(status__in=["lent", "returned"]) | (~Q(provider="") & Q(lent_on__isnull=False)),
                name="loan_lent_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | (~Q(receiver="") & Q(returned_on__gte=models.F("lent_on"))),
                name="loan_returned_to_somebody",
            ),
        ]
        indexes = [models.Index(fields=["inspection", "status"], name="loan_by_village")]

    def __str__(self) -> str:
        return self.no
