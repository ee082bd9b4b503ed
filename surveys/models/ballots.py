"""Ballots of a rating: counted by two people, typed in one by one, or sent by phone; and workbooks of them."""

import uuid
from typing import Any, Self

from django.db import models
from django.utils.functional import cached_property

from core.models import Record, StagedImport, StagedImportQuerySet, VisibleQuerySet
from core.text import SafeJSONField
from surveys.models.groups import group_names
from surveys.models.rating import Rating, RatingPartQuerySet
from surveys.models.survey import Channel
from villages.models import User


class BallotCount(Record):
    """A count sheet (计票单): the paper ballots of one occasion and one group, counted by two people.

    ``way``: the ballots were counted per subject (``marks`` then holds, by subject number, how many of each mark), or
    they are typed in one by one and only their number is counted here. Right figures hold ``issued = returned +
    missing`` and ``returned = valid + void``; per subject all marks together are ``valid``.
    """

    class Way(models.TextChoices):
        COUNTED = "counted", "唱票汇总"
        SINGLE = "single", "逐票录入"

    class Status(models.TextChoices):
        FIRST = "first", "待第二人复核"
        SIGNED = "signed", "两人已核"

    STATUS_TONE = {"first": "warn", "signed": "ok"}
    FIGURES = ("issued", "returned", "missing", "valid", "void")
    FIGURE_LABELS = ("发出", "收回", "未收回", "有效票", "废票")

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="counts", verbose_name="民主测评")
    channel = models.CharField(max_length=12, choices=Channel, verbose_name="场合")
    group = models.CharField(max_length=20, blank=True, verbose_name="人员类别")
    way = models.CharField(max_length=8, choices=Way, default=Way.COUNTED, verbose_name="计票方式")
    issued = models.PositiveIntegerField(default=0, verbose_name="发出")
    returned = models.PositiveIntegerField(default=0, verbose_name="收回")
    missing = models.PositiveIntegerField(default=0, verbose_name="未收回")
    valid = models.PositiveIntegerField(default=0, verbose_name="有效票")
    void = models.PositiveIntegerField(default=0, verbose_name="废票")
    marks = SafeJSONField(default=dict, blank=True, verbose_name="各对象票数")
    status = models.CharField(max_length=8, choices=Status, default=Status.FIRST, verbose_name="状态")
    counter = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="计票人")
    second = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="监票人"
    )
    signed_on = models.DateField(null=True, blank=True, editable=False, verbose_name="复核日期")
    objects = RatingPartQuerySet.as_manager()

    class Meta:
        verbose_name = "计票单"
        verbose_name_plural = verbose_name
        ordering = ["channel", "group", "id"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "channel", "group"], name="ballot_count_once"),
            models.CheckConstraint(
                condition=models.Q(status="first") | models.Q(second__isnull=False),
                name="signed_count_has_second",
            ),
            models.CheckConstraint(
                condition=models.Q(second__isnull=True)
                | models.Q(counter__isnull=True)
                | ~models.Q(second=models.F("counter")),
                name="two_people_count",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}{self.group_label}"

    @cached_property
    def group_label(self) -> str:
        """The group in words; empty when not told apart. Lists set it, so as to read the names once."""
        return group_names().get(self.group, self.group)


class Ballot(models.Model):
    """One anonymous ballot: one digit per subject in order. A random key, a whole day, no revision, no moment.

    Nothing here leads to a slip, to a sheet of the questionnaire, to a ballot number or to an order of arrival; no
    column may be added without changing the list that the tests hold this table to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, verbose_name="标识")
    rating = models.ForeignKey(Rating, models.CASCADE, related_name="ballots", verbose_name="民主测评")
    group = models.CharField(max_length=20, blank=True, verbose_name="人员类别")
    channel = models.CharField(max_length=12, choices=Channel, verbose_name="场合")
    marks = models.CharField(max_length=60, verbose_name="等次")
    day = models.DateField(verbose_name="入库日期")
    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "测评票"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(condition=models.Q(marks__regex=r"^[0-5]+$"), name="ballot_digits")
        ]

    def __str__(self) -> str:
        return "测评票"


class BallotNumber(Record):
    """A paper ballot's own number (票号), so that no ballot is counted twice. It does not lead to the stored ballot.

    ``digest`` is a keyed digest of number and content: it tells the same ballot typed again from another one under the
    same number.
    """

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="numbers", verbose_name="民主测评")
    channel = models.CharField(max_length=12, choices=Channel, verbose_name="场合")
    number = models.CharField(max_length=20, verbose_name="票号")
    digest = models.CharField(max_length=64, verbose_name="内容摘要")
    objects = RatingPartQuerySet.as_manager()

    class Meta:
        verbose_name = "测评票号"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(fields=["rating", "channel", "number"], name="ballot_number_once")
        ]

    def __str__(self) -> str:
        return self.number


class BallotImportQuerySet(StagedImportQuerySet):
    """A preview belongs to the person who uploaded the workbook, as long as that person sees the rating."""

    def _visible(self, user: Any) -> Self:
        return super()._visible(user).filter(rating__in=Rating.objects.visible_to(user))


class BallotImport(StagedImport):
    """One uploaded workbook as it was read; exactly what was shown is what a yes writes.

    ``payload`` is emptied once the import is confirmed or given up: beside the ballot numbers it would keep readable
    ballots.
    """

    AUDIT_SECRET = frozenset({"payload"})

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="imports", verbose_name="民主测评")
    channel = models.CharField(max_length=12, choices=Channel, verbose_name="场合")
    way = models.CharField(max_length=8, choices=BallotCount.Way, verbose_name="内容")
    accepted = models.PositiveIntegerField(default=0, verbose_name="可计入")
    refused = models.PositiveIntegerField(default=0, verbose_name="有误")
    repeated = models.PositiveIntegerField(default=0, verbose_name="重复")
    defects = models.PositiveIntegerField(default=0, verbose_name="有误处数")
    objects = BallotImportQuerySet.as_manager()

    class Meta(StagedImport.Meta):
        verbose_name = "测评票导入"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.rating.village.name} {self.filename}"
