"""Instant-fix orders (即知即改交办单): what a village or town is to put right while the team is still there."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from core.models import Record
from core.text import SafeJSONField
from findings.models import FieldPaper, Finding, Lead
from villages.models import InspectionRecord, Office, SpineQuerySet, User
from villages.models.roles import INSPECTED_ROLES


class OrderKind(models.TextChoices):
    """立行立改: to be changed at once. 立查立处: to be looked into and dealt with at once."""

    FIX = "fix", "立行立改"
    HANDLE = "handle", "立查立处"


class OrderStatus(models.TextChoices):
    """Where an order stands."""

    DRAFT = "draft", "草稿"
    SIGNING = "signing", "待签发"
    ISSUED = "issued", "待签收"
    RECEIVED = "received", "整改中"
    REPORTED = "reported", "待核验"
    RETURNED = "returned", "核验退回"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


S = OrderStatus


class FixOrderQuerySet(SpineQuerySet):
    """Team and office as for any row of a village; the inspected side what was issued to it or copied to it."""

    def _visible(self, user: Any) -> Self:
        if user.role not in INSPECTED_ROLES:
            return super()._visible(user)
        if not user.office_id:
            return self.none()
        return self.sent().filter(Q(to_office=user.office_id) | Q(cc_office=user.office_id))

    def sent(self) -> Self:
        """Those that were issued, whatever became of them."""
        return self.exclude(doc_no="")

    def in_force(self) -> Self:
        """Issued and not withdrawn."""
        return self.sent().exclude(status=S.WITHDRAWN)


class FixOrder(InspectionRecord):
    """One order to one office, about what was seen in one village.

    Its words are typed for the addressee. Where it comes from (``linked_…``) is followed on the inspecting side only.
    ``doc_no`` (``青巡一改〔2026〕3号``) and ``no``, the form number, are given at issue, together with ``frozen``: the
    words as they went out, under their ``digest``. ``first_due_on`` is the day set at issue; ``due_on`` moves with an
    extension.
    """

    Status, Kind = OrderStatus, OrderKind
    STATUS_TONE = {
        "draft": "neutral", "signing": "warn", "issued": "info", "received": "info", "reported": "warn",
        "returned": "bad", "closed": "ok", "withdrawn": "neutral",
    }  # fmt: skip
    # Before it has gone out; the words may still change in the first.
    UNSENT = frozenset({S.DRAFT, S.SIGNING})
    # The addressee still has to act, and its deadline presses.
    PRESSING = frozenset({S.ISSUED, S.RECEIVED, S.RETURNED})
    # Gone out, and not settled.
    OPEN = PRESSING | {S.REPORTED}

    kind = models.CharField(max_length=8, choices=OrderKind, default=OrderKind.FIX, verbose_name="类别")
    to_office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="交办单位")
    cc_office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="抄送单位"
    )
    title = models.CharField(max_length=60, verbose_name="交办事项")
    problem_brief = models.TextField(verbose_name="问题摘要")
    requirement = models.TextField(verbose_name="整改要求")
    basis = models.CharField(max_length=500, verbose_name="依据")
    also_common = models.BooleanField(default=False, verbose_name="全镇排查")
    due_on = models.DateField(null=True, blank=True, verbose_name="办结期限")
    first_due_on = models.DateField(null=True, blank=True, editable=False, verbose_name="原定期限")
    drafter = models.ForeignKey(User, models.PROTECT, editable=False, related_name="+", verbose_name="经办人")
    status = models.CharField(
        max_length=10, choices=OrderStatus, default=S.DRAFT, editable=False, verbose_name="状态"
    )
    sent_back_reason = models.TextField(blank=True, editable=False, verbose_name="组长退回意见")
    issuer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="签发人"
    )
    issued_on = models.DateField(null=True, blank=True, editable=False, verbose_name="交办日期")
    year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False, verbose_name="文号年份")
    number = models.PositiveSmallIntegerField(null=True, blank=True, editable=False, verbose_name="文号序号")
    doc_no = models.CharField(max_length=40, blank=True, editable=False, verbose_name="文号")
    no = models.CharField(max_length=60, blank=True, editable=False, verbose_name="表单编号")
    frozen = SafeJSONField(default=dict, editable=False, verbose_name="签发时的内容")
    digest = models.CharField(max_length=64, blank=True, editable=False, verbose_name="内容摘要值")
    receipt_name = models.CharField(max_length=40, blank=True, editable=False, verbose_name="签收人")
    receipt_at = models.DateTimeField(null=True, blank=True, editable=False, verbose_name="签收时间")
    verifier = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="核验人"
    )
    closed_on = models.DateField(null=True, blank=True, editable=False, verbose_name="办结日期")
    withdrawn_on = models.DateField(null=True, blank=True, editable=False, verbose_name="撤回日期")
    withdrawn_reason = models.TextField(blank=True, editable=False, verbose_name="撤回理由")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="replaced_by",
        verbose_name="更正的原交办单",
    )  # fmt: skip
    linked_finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对应底稿"
    )
    linked_lead = models.ForeignKey(
        Lead, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对应疑点"
    )
    linked_paper = models.ForeignKey(
        FieldPaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对应现场记录"
    )
    objects = FixOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "即知即改交办单"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["round", "status", "-id"], name="order_register"),
            models.Index(fields=["to_office", "status", "due_on"], name="order_portal"),
            models.Index(fields=["cc_office", "status"], name="order_copied"),
            models.Index(fields=["inspection", "status"], name="order_by_village"),
            models.Index(fields=["linked_finding"], name="order_of_finding"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["doc_no"], condition=~Q(doc_no=""), name="order_number_once"),
            models.UniqueConstraint(fields=["no"], condition=~Q(no=""), name="order_form_number_once"),
            models.CheckConstraint(condition=~Q(issuer=F("drafter")), name="order_issued_by_another"),
            models.CheckConstraint(condition=~Q(verifier=F("drafter")), name="order_verified_by_another"),
            models.CheckConstraint(condition=~Q(cc_office=F("to_office")), name="order_copied_to_another"),
            models.CheckConstraint(
                condition=Q(doc_no="", no="", digest="", issued_on__isnull=True, issuer__isnull=True)
                | Q(
                    doc_no__gt="", no__gt="", digest__gt="", issued_on__isnull=False, issuer__isnull=False,
                    year__isnull=False, number__isnull=False, first_due_on__isnull=False,
                    due_on__gte=F("first_due_on"),
                ),
                name="order_issued_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "signing", "withdrawn"]) | ~Q(doc_no=""),
                name="order_sent_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["received", "reported", "returned", "closed"])
                | Q(receipt_name__gt="", receipt_at__isnull=False),
                name="order_worked_on_is_received",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", verifier__isnull=False, closed_on__isnull=False)
                | (~Q(status="closed") & Q(verifier__isnull=True, closed_on__isnull=True)),
                name="order_closed_is_verified",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | Q(withdrawn_reason__gt="", withdrawn_on__isnull=False),
                name="order_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(linked_finding__isnull=True, linked_lead__isnull=True)
                | Q(linked_finding__isnull=True, linked_paper__isnull=True)
                | Q(linked_lead__isnull=True, linked_paper__isnull=True),
                name="order_from_one_source",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.doc_no} {self.title}".strip()

    @property
    def is_done(self) -> bool:
        """Whether the deadline no longer presses the addressee."""
        return self.status not in self.PRESSING

    @property
    def origin(self) -> Record | None:
        """The paper it was drafted from; for the inspecting side only."""
        return self.linked_finding or self.linked_lead or self.linked_paper
