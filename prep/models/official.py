"""Official papers that open a round (授权决定、巡察通知、巡察公告), and where villagers reach a team."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from villages.models import Membership, Role, Round, Team, Town
from villages.models.roles import OFFICE_ROLES


class TeamContactQuerySet(VisibleQuerySet):
    """What stands on a public notice: the whole inspecting side of the round may know it."""

    def _visible(self, user: Any) -> Self:
        return self.filter(team__in=Team.objects.visible_to(user))


class TeamContact(Record):
    """How the people of a village reach a team: what the public announcement names."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="contacts", verbose_name="巡察组")
    hotline = models.CharField(max_length=60, blank=True, verbose_name="举报电话")
    hours = models.CharField(max_length=80, blank=True, verbose_name="接听时间")
    message_number = models.CharField(max_length=60, blank=True, verbose_name="短信号码")
    post_box = models.CharField(max_length=120, blank=True, verbose_name="邮政信箱")
    email = models.CharField(max_length=120, blank=True, verbose_name="电子邮箱")
    boxes = SafeJSONField(default=list, blank=True, verbose_name="意见箱位置")
    reception = models.CharField(max_length=200, blank=True, verbose_name="来访接待地点和时间")
    supervision = models.CharField(max_length=60, blank=True, verbose_name="监督电话")
    station = models.CharField(max_length=120, blank=True, verbose_name="驻地")
    objects = TeamContactQuerySet.as_manager()

    class Meta:
        verbose_name = "联系方式"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["team"], name="team_contact_once")]

    def __str__(self) -> str:
        return f"{self.team}联系方式"


class OfficialPaperQuerySet(VisibleQuerySet):
    """The office sees all; a sworn inspector what was issued for the own round as a whole or the own team."""

    def _visible(self, user: Any) -> Self:
        if user.role in OFFICE_ROLES:
            return self
        if user.role != Role.INSPECTOR:
            return self.none()
        posts = Membership.objects.filter(user=user).sworn()
        reach = Q(team__isnull=True, round__in=posts.values("round")) | Q(team__in=posts.values("team"))
        return self.filter(reach).exclude(status=PaperStatus.DRAFT)


class PaperKind(models.TextChoices):
    """What a paper is for."""

    AUTHORISATION = "authorisation", "授权决定"
    NOTICE = "notice", "巡察通知"
    ANNOUNCEMENT = "announcement", "巡察公告"


class PaperStatus(models.TextChoices):
    """A draft may be changed; what was issued stands; a void number is never used again."""

    DRAFT = "draft", "草稿"
    ISSUED = "issued", "已印发"
    VOID = "void", "已作废"


class OfficialPaper(Record):
    """One official paper. Its words are its own from the beginning: what the round's data become later changes nothing.

    ``body``: one paragraph a line; a short line that begins 一、 or （一） is a heading. ``annexes``: tables as
    ``{"title", "headers", "rows", "widths"}``.
    """

    # A whole paper stands in one text.
    LONGEST_TEXT = 100_000
    STATUS_TONE = {"draft": "warn", "issued": "ok", "void": "neutral"}

    round = models.ForeignKey(Round, models.PROTECT, related_name="official_papers", verbose_name="轮次")
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="巡察组"
    )
    town = models.ForeignKey(
        Town, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="镇（街道）"
    )
    kind = models.CharField(max_length=15, choices=PaperKind, verbose_name="文种")
    status = models.CharField(
        max_length=10, choices=PaperStatus, default=PaperStatus.DRAFT, verbose_name="状态"
    )
    title = models.CharField(max_length=120, verbose_name="标题")
    masthead = models.CharField(max_length=60, blank=True, verbose_name="发文机关标志")
    issuer = models.CharField(max_length=60, verbose_name="署名")
    doc_no = models.CharField(max_length=60, blank=True, verbose_name="发文字号")
    dated_on = models.DateField(null=True, blank=True, verbose_name="成文日期")
    addressee = models.CharField(max_length=200, blank=True, verbose_name="主送机关")
    copy_to = models.CharField(max_length=200, blank=True, verbose_name="抄送")
    body = models.TextField(verbose_name="正文")
    annexes = SafeJSONField(default=list, blank=True, verbose_name="附件")
    objects = OfficialPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "巡察公文"
        verbose_name_plural = verbose_name
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["doc_no"], condition=~Q(doc_no=""), name="official_paper_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(status="issued") | (~Q(doc_no="") & Q(dated_on__isnull=False)),
                name="official_paper_issued_whole",
            ),
        ]
        indexes = [models.Index(fields=["round", "kind", "status"], name="official_paper_register")]

    def __str__(self) -> str:
        return self.title
