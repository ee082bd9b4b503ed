"""What the addressee says and shows about an instant-fix order, what was found of it, and days asked for."""

from django.db import models
from django.db.models import F, Q

from core.models import PaperFile, Record
from findings.models.children import PaperPartQuerySet
from rectification.models.order import FixOrder
from villages.models import User


class OrderVerdict(models.TextChoices):
    """What a verification found."""

    DONE = "done", "已改"
    PARTLY = "partly", "部分改"
    NOT_DONE = "not_done", "未改"


class OrderPartQuerySet(PaperPartQuerySet):
    """Parts of an order: seen by whoever sees the order."""

    paper = "order"


class OrderReport(Record):
    """One round of reporting and verifying; after a return the next one begins, and this one stays as it was.

    It is open for photographs from the receipt or the return on, and holds words once it has been sent in.
    """

    VERDICT_TONE = {"done": "ok", "partly": "warn", "not_done": "bad"}

    order = models.ForeignKey(FixOrder, models.PROTECT, related_name="reports", verbose_name="交办单")
    seq = models.PositiveSmallIntegerField(verbose_name="第几次")
    measure = models.TextField(blank=True, verbose_name="整改措施")
    result = models.TextField(blank=True, verbose_name="整改结果")
    principal = models.CharField(max_length=40, blank=True, verbose_name="单位负责人")
    reported_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报告人"
    )
    reported_on = models.DateField(null=True, blank=True, verbose_name="报告日期")
    verdict = models.CharField(max_length=10, choices=OrderVerdict, blank=True, verbose_name="核验结论")
    note = models.TextField(blank=True, verbose_name="核验情况")
    verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核验人"
    )
    verified_on = models.DateField(null=True, blank=True, verbose_name="核验日期")
    objects = OrderPartQuerySet.as_manager()

    class Meta:
        verbose_name = "交办单整改报告"
        verbose_name_plural = verbose_name
        ordering = ["order", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["order", "seq"], name="order_report_order"),
            models.CheckConstraint(
                condition=~Q(verified_by=F("reported_by")), name="order_reporter_is_not_verifier"
            ),
            models.CheckConstraint(
                condition=Q(reported_by__isnull=True, reported_on__isnull=True, result="")
                | Q(reported_by__isnull=False, reported_on__isnull=False, result__gt=""),
                name="order_report_whole",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", verified_by__isnull=True, verified_on__isnull=True)
                | Q(
                    verdict__in=OrderVerdict.values,
                    verified_by__isnull=False,
                    verified_on__isnull=False,
                    reported_by__isnull=False,
                    note__gt="",
                ),
                name="order_verdict_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order.doc_no}第{self.seq}次报告"


class PhotoSide(models.TextChoices):
    """What a file shows."""

    BEFORE = "before", "整改前"
    AFTER = "after", "整改后"
    PAPER = "paper", "其他材料"


class OrderFilePartQuerySet(PaperPartQuerySet):
    """Files of a report."""

    paper = "report"


class OrderFile(PaperFile):
    """A photograph or paper the addressee handed in, with what it shows."""

    report = models.ForeignKey(
        OrderReport, models.PROTECT, related_name="files", verbose_name="交办单整改报告"
    )
    side = models.CharField(max_length=8, choices=PhotoSide, verbose_name="类别")
    seq = models.PositiveSmallIntegerField(verbose_name="序号")
    caption = models.CharField(max_length=60, blank=True, verbose_name="说明")
    objects = OrderFilePartQuerySet.as_manager()

    class Meta:
        verbose_name = "交办单照片和材料"
        verbose_name_plural = verbose_name
        ordering = ["report", "seq"]
        constraints = [models.UniqueConstraint(fields=["report", "seq"], name="order_file_order")]


class ExtensionStatus(models.TextChoices):
    """What came of days asked for."""

    ASKED = "asked", "待答复"
    GRANTED = "granted", "同意"
    REFUSED = "refused", "不同意"
    LAPSED = "lapsed", "未答复已失效"


class OrderExtension(Record):
    """More days asked for before the deadline, and the leader's answer. ``due_before``: the deadline at that time."""

    STATUS_TONE = {"asked": "warn", "granted": "ok", "refused": "bad", "lapsed": "neutral"}
    Status = ExtensionStatus

    order = models.ForeignKey(FixOrder, models.PROTECT, related_name="extensions", verbose_name="交办单")
    reason = models.TextField(verbose_name="延期理由")
    due_before = models.DateField(verbose_name="申请时的期限")
    wanted_on = models.DateField(verbose_name="申请延至")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_on = models.DateField(verbose_name="申请日期")
    status = models.CharField(
        max_length=8, choices=ExtensionStatus, default=ExtensionStatus.ASKED, verbose_name="答复"
    )
    answer = models.TextField(blank=True, verbose_name="答复意见")
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="批准人"
    )
    decided_on = models.DateField(null=True, blank=True, verbose_name="答复日期")
    objects = OrderPartQuerySet.as_manager()

    class Meta:
        verbose_name = "交办单延期申请"
        verbose_name_plural = verbose_name
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(status="asked"), name="order_one_extension_open"
            ),
            models.CheckConstraint(
                condition=Q(wanted_on__gt=F("due_before")), name="order_extension_is_later"
            ),
            models.CheckConstraint(
                condition=Q(asked_on__lt=F("due_before")), name="order_extension_asked_in_time"
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by")), name="order_extension_decided_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["granted", "refused"])
                | Q(answer__gt="", decided_by__isnull=False, decided_on__isnull=False),
                name="order_extension_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order.doc_no}申请延至{self.wanted_on}"
