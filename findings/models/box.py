"""The anonymous box (二维码意见箱): one for a village in a round, and what goes to and fro under a receipt."""

from typing import Any, Self

from django.db import models

from core.models import Record, VisibleQuerySet
from findings.models.petition import Petition, PetitionPartQuerySet
from villages.models import InspectionRecord, SpineQuerySet


class PetitionBox(InspectionRecord):
    """A public page behind a QR code. Its token stands on the poster and is no secret."""

    token = models.CharField(max_length=26, unique=True, editable=False, verbose_name="地址码")
    opened_on = models.DateField(editable=False, verbose_name="开设日期")
    closed_on = models.DateField(null=True, editable=False, verbose_name="关闭日期")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "二维码意见箱"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["inspection"], name="one_box_a_village")]

    def __str__(self) -> str:
        return f"{self.village.name}意见箱"


class BoxThread(Record):
    """What ties a receipt to a petition. The query code is kept as a slow hash; who holds it is not known."""

    AUDIT_SECRET = frozenset({"receipt", "code_hash"})

    petition = models.OneToOneField(Petition, models.PROTECT, related_name="thread", verbose_name="信访件")
    box = models.ForeignKey(PetitionBox, models.PROTECT, related_name="threads", verbose_name="意见箱")
    receipt = models.CharField(max_length=8, unique=True, editable=False, verbose_name="受理号")
    code_hash = models.CharField(max_length=128, editable=False, verbose_name="查询码摘要")
    objects = PetitionPartQuerySet.as_manager()

    class Meta:
        verbose_name = "意见箱来件"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.petition}的意见箱来件"


class BoxMessageQuerySet(VisibleQuerySet):
    """Messages are seen by whoever sees the petition."""

    def _visible(self, user: Any) -> Self:
        return self.filter(thread__petition__in=Petition.objects.visible_to(user))


class BoxMessage(Record):
    """One message. The team's words are kept; what the letter's writer adds is sealed, only its day stands here."""

    AUDIT_SECRET = frozenset({"text"})

    thread = models.ForeignKey(BoxThread, models.PROTECT, related_name="messages", verbose_name="意见箱来件")
    from_team = models.BooleanField(verbose_name="由巡察组发出")
    text = models.TextField(blank=True, verbose_name="内容")
    on = models.DateField(verbose_name="日期")
    objects = BoxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "意见箱留言"
        verbose_name_plural = verbose_name
        ordering = ["id"]

    def __str__(self) -> str:
        return "意见箱留言"
