"""Meetings of a team (研判会、组务会): who was there, what was said of each village, what was agreed to look at."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from core.models import PaperFile, Record, VisibleQuerySet
from core.text import SafeJSONField
from villages.models import InspectionRecord, Membership, Role, Round, SpineQuerySet, Team, User
from villages.models.roles import OFFICE_ROLES


class OwnTeamQuerySet(VisibleQuerySet):
    """Rows of a team as a whole: the office sees all, a sworn inspector those of the own team."""

    path = ""

    def _visible(self, user: Any) -> Self:
        if user.role in OFFICE_ROLES:
            return self
        if user.role != Role.INSPECTOR:
            return self.none()
        own = Membership.objects.filter(user=user).sworn().values("team")
        return self.filter(**{f"{self.path}team__in": own})


class MeetingKind(models.TextChoices):
    """What kind of meeting it was."""

    FOCUS = "focus", "巡前研判会"
    TEAM = "team", "组务会"
    BRANCH = "branch", "临时党支部会"
    MOBILISATION = "mobilisation", "动员部署会"


class MeetingStatus(models.TextChoices):
    """The recorder signs, then the chair; then the record stands."""

    DRAFT = "draft", "记录中"
    RECORDED = "recorded", "待主持人签"
    SIGNED = "signed", "已签"


class FocusMeeting(Record):
    """The record of one meeting. What concerns one village stands in :class:`MeetingVillage`, where recusal counts.

    ``attendance``: rows ``{"name", "post", "present", "reason"}``, the team as it was that day.
    """

    STATUS_TONE = {"draft": "warn", "recorded": "info", "signed": "ok"}

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="轮次")
    team = models.ForeignKey(Team, models.PROTECT, related_name="meetings", verbose_name="巡察组")
    kind = models.CharField(
        max_length=15, choices=MeetingKind, default=MeetingKind.FOCUS, verbose_name="会议类别"
    )
    name = models.CharField(max_length=80, verbose_name="会议名称")
    held_at = models.DateTimeField(verbose_name="时间")
    place = models.CharField(max_length=80, verbose_name="地点")
    chair = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="主持人")
    recorder = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="记录人")
    attendance = SafeJSONField(default=list, blank=True, verbose_name="出席情况")
    guests = SafeJSONField(default=list, blank=True, verbose_name="列席人员")
    content = models.TextField(blank=True, verbose_name="会议内容")
    status = models.CharField(
        max_length=10, choices=MeetingStatus, default=MeetingStatus.DRAFT, verbose_name="状态"
    )
    recorded_at = models.DateTimeField(null=True, blank=True, verbose_name="记录人签署时间")
    signed_at = models.DateTimeField(null=True, blank=True, verbose_name="主持人签署时间")
    objects = OwnTeamQuerySet.as_manager()

    class Meta:
        verbose_name = "会议记录"
        verbose_name_plural = verbose_name
        ordering = ["-held_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(chair=F("recorder")), name="meeting_two_people_sign")
        ]

    def __str__(self) -> str:
        return self.name


class MeetingVillage(InspectionRecord):
    """What was said of one village, and what was agreed to look at there, one matter a line."""

    meeting = models.ForeignKey(FocusMeeting, models.CASCADE, related_name="villages", verbose_name="会议")
    analysis = models.TextField(blank=True, verbose_name="分析研判")
    focus = SafeJSONField(default=list, blank=True, verbose_name="议定的重点")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "会议研判的村（社区）"
        verbose_name_plural = verbose_name
        ordering = ["village__code"]
        constraints = [models.UniqueConstraint(fields=["meeting", "inspection"], name="meeting_village_once")]

    def __str__(self) -> str:
        return f"{self.meeting.name} {self.village.name}"


class MeetingFileQuerySet(OwnTeamQuerySet):
    """Seen by whoever sees the meeting."""

    path = "meeting__"


class MeetingFile(PaperFile):
    """A paper that lay on the table."""

    meeting = models.ForeignKey(FocusMeeting, models.CASCADE, related_name="files", verbose_name="会议")
    objects = MeetingFileQuerySet.as_manager()

    class Meta(PaperFile.Meta):
        verbose_name = "会议附件"
        verbose_name_plural = verbose_name
