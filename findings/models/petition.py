"""Petitions (信访): what people reported, as a redacted summary; who they are is sealed and not in these tables."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from core import clock
from core.models import Record
from findings.models.children import PaperPartQuerySet
from villages.models import Category, InspectionRecord, SpineQuerySet, User


class Channel(models.TextChoices):
    """How a petition came in."""

    LETTER = "letter", "来信"
    VISIT = "visit", "来访"
    CALL = "call", "来电"
    SMS = "sms", "短信"
    MAIL = "mail", "邮箱"
    ONLINE = "online", "网络平台"
    QR = "qr", "扫码"
    BOX = "box", "意见箱"
    REFERRED = "referred", "上级转交"


class PetitionKind(models.TextChoices):
    """What a petition asks for."""

    ACCUSATION = "accusation", "检举控告"
    APPEAL = "appeal", "业务外诉求"
    LEGAL = "legal", "涉法涉诉"
    ADVICE = "advice", "意见建议"


class PetitionDisposal(models.TextChoices):
    """What is done with a petition."""

    VERIFY = "verify", "本组核查"
    FIX_NOW = "fix_now", "立行立改"
    TOWN = "town", "转镇（街道）"
    DEPARTMENT = "department", "转部门"
    DISCIPLINE = "discipline", "移交纪委"
    ANSWER = "answer", "解释答复"
    KEEP = "keep", "留存备查"


class PetitionStatus(models.TextChoices):
    """The way of a petition: registered, proposed by one, decided by another, handled, finished."""

    REGISTERED = "registered", "待拟办"
    PROPOSED = "proposed", "待批示"
    HANDLING = "handling", "办理中"
    CLOSED = "closed", "已办结"
    MERGED = "merged", "已并案"


class Petition(InspectionRecord):
    """One petition about one village.

    ``summary`` is all that anybody sees: rewritten so that nobody can tell who reported. The original words and the
    reporter lie sealed elsewhere. ``receiver`` is the body it goes to when the team does not handle it itself.
    """

    # The redacted words are still about people of one village: the trail says what was done, not what it says.
    AUDIT_SECRET = frozenset({"summary", "scope_reason", "receiver", "result", "reply", "seal_handle"})
    STATUS_TONE = {
        "registered": "warn", "proposed": "info", "handling": "info", "closed": "ok", "merged": "neutral",
    }  # fmt: skip
    Status = PetitionStatus
    # Goes out to somebody else; the receiver must be named.
    TRANSFERS = frozenset({PetitionDisposal.TOWN, PetitionDisposal.DEPARTMENT, PetitionDisposal.DISCIPLINE})
    # What the team looks into itself; nothing outside its scope.
    INSIDE = frozenset({PetitionDisposal.VERIFY, PetitionDisposal.FIX_NOW})
    # The team receives and makes no promises: an answer belongs only to these.
    ANSWERABLE = TRANSFERS | {PetitionDisposal.FIX_NOW, PetitionDisposal.ANSWER}
    WAITING = frozenset({PetitionStatus.REGISTERED, PetitionStatus.PROPOSED, PetitionStatus.HANDLING})

    no = models.CharField(max_length=60, unique=True, editable=False, verbose_name="信访编号")
    channel = models.CharField(max_length=10, choices=Channel, verbose_name="渠道")
    received_on = models.DateField(verbose_name="受理日期")
    is_named = models.BooleanField(default=False, verbose_name="实名")
    joint = models.BooleanField(default=False, verbose_name="联名")
    people = models.PositiveSmallIntegerField(default=1, verbose_name="人数")
    urgent = models.BooleanField(default=False, verbose_name="紧急")
    kind = models.CharField(max_length=12, choices=PetitionKind, verbose_name="类别")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="涉及方面"
    )
    summary = models.TextField(verbose_name="脱敏摘要")
    in_scope = models.BooleanField(verbose_name="属于受理范围")
    scope_reason = models.CharField(max_length=300, blank=True, verbose_name="不属于的理由")
    disposal = models.CharField(
        max_length=12, choices=PetitionDisposal, blank=True, editable=False, verbose_name="办理方式"
    )
    receiver = models.CharField(max_length=120, blank=True, verbose_name="转往单位")
    registered_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="登记人"
    )
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="拟办人"
    )
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="承办人"
    )
    decide_by = models.DateField(editable=False, verbose_name="批示期限")
    due_on = models.DateField(null=True, editable=False, verbose_name="办理期限")
    result = models.TextField(blank=True, editable=False, verbose_name="办理结果")
    reply = models.TextField(blank=True, editable=False, verbose_name="答复内容")
    replied_on = models.DateField(null=True, editable=False, verbose_name="答复日期")
    closed_on = models.DateField(null=True, editable=False, verbose_name="办结日期")
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="duplicates", verbose_name="并入"
    )
    # Random; nothing else leads from here to what is sealed, and nothing leads back.
    seal_handle = models.CharField(max_length=32, blank=True, editable=False, verbose_name="封存号")
    related = models.ManyToManyField("self", editable=False, verbose_name="关联件")
    status = models.CharField(
        max_length=12, choices=PetitionStatus, default=PetitionStatus.REGISTERED, editable=False,
        verbose_name="状态",
    )  # fmt: skip
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "信访件"
        verbose_name_plural = verbose_name
        ordering = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seal_handle"], condition=~Q(seal_handle=""), name="petition_seal_once"
            ),
            models.CheckConstraint(condition=~Q(summary=""), name="petition_has_summary"),
            models.CheckConstraint(condition=Q(people__gte=1), name="petition_by_somebody"),
            models.CheckConstraint(
                condition=Q(in_scope=True) | (~Q(scope_reason="") & ~Q(receiver="")),
                name="petition_out_of_scope_explained",
            ),
            models.CheckConstraint(
                condition=Q(in_scope=True) | ~Q(disposal__in=["verify", "fix_now"]),
                name="petition_out_of_scope_not_checked",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", duplicate_of__isnull=False)
                | (~Q(status="merged") & Q(duplicate_of__isnull=True)),
                name="petition_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
                name="petition_not_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_on__isnull=False)
                | (~Q(status="closed") & Q(closed_on__isnull=True)),
                name="petition_closed_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["inspection", "status"], name="petition_by_village"),
            models.Index(fields=["round", "status", "-received_on"], name="petition_register"),
            models.Index(fields=["handler", "status", "due_on"], name="petition_desk"),
        ]

    def __str__(self) -> str:
        # The trail names rows by this: the number, never what was reported.
        return f"信访件{self.no}"

    @property
    def deadline(self) -> dt.date | None:
        """The day of the next step; none once it is over."""
        if self.status in (PetitionStatus.CLOSED, PetitionStatus.MERGED):
            return None
        return self.due_on if self.status == PetitionStatus.HANDLING else self.decide_by

    @property
    def is_late(self) -> bool:
        """Has the day of the next step passed?"""
        return self.deadline is not None and self.deadline < clock.today()


class OpinionStep(models.TextChoices):
    """At which step somebody wrote an opinion."""

    PROPOSE = "propose", "拟办意见"
    REVIEW = "review", "副组长意见"
    DECIDE = "decide", "组长批示"
    RETURN = "return", "退回"
    REASSIGN = "reassign", "改派"
    CLOSE = "close", "办结"
    REOPEN = "reopen", "重新办理"
    MERGE = "merge", "并案"
    SPLIT = "split", "取消并案"


class PetitionPartQuerySet(PaperPartQuerySet):
    """Parts of a petition."""

    paper = "petition"


class PetitionOpinion(Record):
    """What somebody wrote at one step; written once, never changed."""

    AUDIT_SECRET = frozenset({"text"})

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="opinions", verbose_name="信访件")
    step = models.CharField(max_length=10, choices=OpinionStep, verbose_name="环节")
    text = models.TextField(verbose_name="意见")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="签署人")
    on = models.DateField(verbose_name="日期")
    objects = PetitionPartQuerySet.as_manager()

    class Meta:
        verbose_name = "办理意见"
        verbose_name_plural = verbose_name
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="petition_opinion_not_empty")]

    def __str__(self) -> str:
        return self.get_step_display()
