"""Clues about persons (问题线索): known by name only, encrypted column by column, hanging on nothing others see.

No other table has a key to a clue, and a clue has none to the village's inspection: no count of a village's papers
finds it. What it says stands in columns named ``sealed_…``; a copy of the database holds none of it in clear.
"""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from core import clock
from core.models import Record, VisibleQuerySet
from findings.models.ciphertext import unlock
from villages.models import Membership, Role, Round, Team, TeamRole, Town, User, Village
from villages.models.roles import OFFICE_ROLES
from villages.models.spine import recused_rows


class ClueStatus(models.TextChoices):
    """The way of a clue: written, signed by the leader, approved by the head, handed over, received, answered."""

    DRAFT = "draft", "草稿"
    SIGNED = "signed", "待批准"
    APPROVED = "approved", "待移交"
    HANDED = "handed", "待签收"
    RECEIVED = "received", "待分类处置"
    HANDLING = "handling", "正在办理"
    ANSWERED = "answered", "已反馈"
    CLOSED = "closed", "已办结"
    RETURNED = "returned", "接收方退回"
    WITHDRAWN = "withdrawn", "已撤回"


class ClueMode(models.TextChoices):
    """To one body or to two (移交方式)."""

    SINGLE = "single", "单移交"
    DOUBLE = "double", "双移交"


class ClueDisposal(models.TextChoices):
    """How the commission classes a clue (分类处置)."""

    TALK = "talk", "谈话函询"
    VERIFY = "verify", "初步核实"
    KEEP = "keep", "暂存待查"
    END = "end", "予以了结"


class ClueQuerySet(VisibleQuerySet):
    """Named persons only: by post the team's leader, and the head of the office from the first signature on; by name
    whoever stands among the readers; of the commission the receiver, once it was handed over. Never who is recused.
    """

    def _visible(self, user: Any) -> Self:
        named = ClueReader.objects.filter(user=user.pk, removed_on__isnull=True).values("clue")
        if user.role in OFFICE_ROLES:
            head = Q(shown_on__isnull=False) if user.role == Role.OFFICE_HEAD else Q(pk__in=[])
            rows = self.filter(head | Q(pk__in=named))
        elif user.role == Role.INSPECTOR:
            sworn = Membership.objects.filter(user=user).sworn()
            leads = Q(team__in=sworn.filter(role=TeamRole.LEADER).values("team"))
            rows = self.filter(leads | Q(pk__in=named, team__in=sworn.values("team")))
        elif user.role == Role.DISCIPLINE:
            rows = self.filter(Q(receiver=user.pk) | Q(pk__in=named), status__in=Clue.WITH_COMMISSION)
        else:
            return self.none()
        return rows.exclude(recused_rows(user))


def _sealed(words: str) -> models.BinaryField:
    return models.BinaryField(default=b"", editable=False, verbose_name=words)


class Clue(Record):
    """One clue about one or several persons of one village.

    ``serial`` counts what a team handed over, without gaps; before that there is none. ``shown_on``: the day it first
    left the team for the office. Days and names of a signature are cleared when the clue goes back.
    """

    Status = ClueStatus
    STATUS_TONE = {
        "draft": "neutral", "signed": "warn", "approved": "warn", "handed": "info", "received": "warn",
        "handling": "info", "answered": "info", "closed": "ok", "returned": "bad", "withdrawn": "neutral",
    }  # fmt: skip
    OPEN = frozenset({ClueStatus.DRAFT, ClueStatus.RETURNED})
    WITH_COMMISSION = frozenset(
        {
            ClueStatus.HANDED, ClueStatus.RECEIVED, ClueStatus.HANDLING, ClueStatus.ANSWERED, ClueStatus.CLOSED
        }
    )  # fmt: skip
    OVER = frozenset({ClueStatus.CLOSED, ClueStatus.WITHDRAWN})
    # What a person writes about the clue, and what the commission answers; each a column ``sealed_…``.
    CONTENT = (
        "title", "persons", "facts", "disciplines", "category", "subcategory", "sources", "note", "finding",
    )  # fmt: skip
    OUTCOME = ("second_unit", "disposal", "opinion", "handling", "result")
    # The trail says that a step was taken, by whom and when: nothing else, not even about which village.
    AUDIT_SECRET = frozenset(
        {
            "round", "team", "village", "town", "status", "mode", "serial", "shown_on", "receiver", "signed_by",
            "signed_on", "approved_by", "approved_on", "handed_by", "handed_on", "received_by", "received_on", "due_on",
            "answered_on", "closed_on", "opened_by",
            *(f"sealed_{name}" for name in (*CONTENT, *OUTCOME)),
        }
    )  # fmt: skip

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="轮次")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name="巡察组")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", verbose_name="村（社区）")
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", verbose_name="镇（街道）")
    status = models.CharField(
        max_length=10, choices=ClueStatus, default=ClueStatus.DRAFT, editable=False, verbose_name="状态"
    )
    mode = models.CharField(
        max_length=8, choices=ClueMode, default=ClueMode.SINGLE, editable=False, verbose_name="移交方式"
    )
    serial = models.PositiveIntegerField(null=True, editable=False, verbose_name="序号")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="建立人")
    shown_on = models.DateField(null=True, editable=False, verbose_name="首次送审日期")
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="签字人")
    signed_on = models.DateField(null=True, editable=False, verbose_name="签字日期")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="批准人")
    approved_on = models.DateField(null=True, editable=False, verbose_name="批准日期")
    receiver = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="接收人")
    handed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="移交人")
    handed_on = models.DateField(null=True, editable=False, verbose_name="移交时间")
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="签收人")
    received_on = models.DateField(null=True, editable=False, verbose_name="签收日期")
    due_on = models.DateField(null=True, editable=False, verbose_name="反馈期限")
    answered_on = models.DateField(null=True, editable=False, verbose_name="反馈日期")
    closed_on = models.DateField(null=True, editable=False, verbose_name="办结日期")
    sealed_title = _sealed("线索名称")
    sealed_persons = _sealed("被反映人")
    sealed_facts = _sealed("具体问题")
    sealed_disciplines = _sealed("违反纪律")
    sealed_category = _sealed("一级分类")
    sealed_subcategory = _sealed("二级分类")
    sealed_sources = _sealed("线索来源")
    sealed_note = _sealed("材料说明")
    sealed_finding = _sealed("来自底稿")
    sealed_second_unit = _sealed("另一移交单位")
    sealed_disposal = _sealed("分类处置意见")
    sealed_opinion = _sealed("处置说明")
    sealed_handling = _sealed("办理情况")
    sealed_result = _sealed("处理结果")
    objects = ClueQuerySet.as_manager()

    class Meta:
        verbose_name = "问题线索"
        verbose_name_plural = verbose_name
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["team", "serial"], name="clue_number_once"),
            models.CheckConstraint(
                condition=~Q(status__in=["signed", "approved", "handed", "received", "handling", "answered", "closed"])
                | Q(signed_by__isnull=False, signed_on__isnull=False, shown_on__isnull=False),
                name="clue_signed_by_leader",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "handed", "received", "handling", "answered", "closed"])
                | Q(approved_by__isnull=False, approved_on__isnull=False, receiver__isnull=False),
                name="clue_approved_by_head",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["handed", "received", "handling", "answered", "closed"])
                | Q(serial__isnull=False, handed_by__isnull=False, handed_on__isnull=False),
                name="clue_handed_over_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["received", "handling", "answered", "closed"])
                | Q(received_by__isnull=False, received_on__isnull=False, due_on__isnull=False),
                name="clue_receipt_whole",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["team", "village", "status"], name="clue_of_village")]

    def __str__(self) -> str:
        # The trail and every error name it by this alone.
        return "问题线索"

    def read(self, name: str) -> Any:
        """What the column ``sealed_<name>`` says; raises ``NotReadable`` when it is not what was written there."""
        return unlock(self, f"sealed_{name}")

    @property
    def deadline(self) -> dt.date | None:
        """The day the result is due while it is being waited for."""
        return self.due_on if self.status in (ClueStatus.RECEIVED, ClueStatus.HANDLING) else None

    @property
    def is_late(self) -> bool:
        """Has the result not come in time?"""
        return self.deadline is not None and self.deadline < clock.today()


class CluePartQuerySet(VisibleQuerySet):
    """Parts of a clue: whoever knows the clue."""

    def _visible(self, user: Any) -> Self:
        return self.filter(clue__in=Clue.objects.visible_to(user))


class ClueReader(Record):
    """A person who was told of a clue, by name; taken off the list, the row stays."""

    AUDIT_SECRET = frozenset({"clue", "user", "added_by", "added_on", "removed_on"})

    clue = models.ForeignKey(Clue, models.CASCADE, related_name="readers", verbose_name="问题线索")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="知悉人")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="确定人")
    added_on = models.DateField(verbose_name="确定日期")
    removed_on = models.DateField(null=True, editable=False, verbose_name="取消日期")
    objects = CluePartQuerySet.as_manager()

    class Meta:
        verbose_name = "问题线索知悉人"
        verbose_name_plural = verbose_name
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clue", "user"], condition=Q(removed_on__isnull=True), name="clue_reader_once"
            )
        ]

    def __str__(self) -> str:
        return "问题线索知悉人"


class ClueStep(Record):
    """What was done with a clue, for those who know it: written once, its words encrypted."""

    clue = models.ForeignKey(Clue, models.CASCADE, related_name="steps", verbose_name="问题线索")
    label = models.CharField(max_length=20, verbose_name="环节")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="办理人")
    on = models.DateField(verbose_name="日期")
    sealed_text = _sealed("意见或理由")
    objects = CluePartQuerySet.as_manager()

    class Meta:
        verbose_name = "问题线索办理记录"
        verbose_name_plural = verbose_name
        ordering = ["id"]

    def __str__(self) -> str:
        return "问题线索办理记录"

    @property
    def text(self) -> str:
        """The opinion or the reason."""
        return str(unlock(self, "sealed_text"))


class ClueFile(Record):
    """Material of a clue, twice: a working copy without what tells of its maker, and the original as evidence."""

    AUDIT_SECRET = frozenset(
        {"clue", "sealed_name", "sealed_copy", "sealed_original", "added_by", "added_on", "removed_on"}
    )

    clue = models.ForeignKey(Clue, models.CASCADE, related_name="files", verbose_name="问题线索")
    sealed_name = _sealed("文件名")
    sealed_copy = _sealed("工作副本")
    sealed_original = _sealed("原件")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="添加人")
    added_on = models.DateField(verbose_name="添加日期")
    removed_on = models.DateField(null=True, editable=False, verbose_name="移除日期")
    objects = CluePartQuerySet.as_manager()

    class Meta:
        verbose_name = "问题线索材料"
        verbose_name_plural = verbose_name
        ordering = ["id"]

    def __str__(self) -> str:
        return "问题线索材料"

    @property
    def name(self) -> str:
        """The file's name as it came."""
        return str(unlock(self, "sealed_name"))
