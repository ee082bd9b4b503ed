"""Papers two people make together on the spot: one writes and signs first, the other was there, checks and signs."""

from typing import ClassVar

from django.db import models

from core.models import SoftDeletable
from findings.models.choices import SignRole, TalkStatus
from villages.models import InspectionRecord, SpineQuerySet, User


class Minutes(InspectionRecord, SoftDeletable):
    """A talk, visit, check or group meeting as it was written down. A subclass adds what is particular to it.

    ``CODE`` is the 表类码 of its numbers, ``VERB`` the beginning of its audit verbs, ``OTHER`` the field of the one who
    signs second, in the capacity ``OTHER_ROLE``.
    """

    CODE: ClassVar[str]
    VERB: ClassVar[str]
    OTHER: ClassVar[str]
    OTHER_ROLE: ClassVar[SignRole]
    STATUS_TONE = {"draft": "neutral", "checking": "warn", "signed": "ok"}
    Status = TalkStatus

    no = models.CharField(max_length=60, blank=True, editable=False, verbose_name="编号")
    happened_at = models.DateTimeField(verbose_name="开始时间")
    ended_at = models.DateTimeField(null=True, blank=True, verbose_name="结束时间")
    place = models.CharField(max_length=120, verbose_name="地点")
    recorder = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="记录人")
    status = models.CharField(
        max_length=10, choices=TalkStatus, default=TalkStatus.DRAFT, editable=False, verbose_name="状态"
    )
    objects = SpineQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def code(self) -> str:
        """The 表类码 of its number."""
        return self.CODE

    @property
    def noun(self) -> str:
        """How such a paper is called."""
        return str(self._meta.verbose_name)

    @property
    def other(self) -> User:
        """Who signs second."""
        other: User = getattr(self, self.OTHER)
        return other

    @property
    def other_label(self) -> str:
        """In which capacity the second one signs, in words."""
        return self.OTHER_ROLE.label
