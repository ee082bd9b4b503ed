"""Topics for special reports (专题): what the office wants collected, and the papers that belong to each."""

from django.db import models

from core.models import Record
from findings.models.finding import Finding
from villages.models import InspectionRecord, Round, SpineQuerySet
from villages.models.parameters import RoundChildQuerySet


class Topic(Record):
    """A topic of a round, such as 农村三资. ``asks``: what the special report must be able to say."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="topics", verbose_name="轮次")
    name = models.CharField(max_length=40, verbose_name="专题")
    asks = models.TextField(blank=True, verbose_name="要回答的问题")
    closed_on = models.DateField(null=True, blank=True, editable=False, verbose_name="停止收集日期")
    objects = RoundChildQuerySet.as_manager()

    class Meta:
        verbose_name = "专题"
        verbose_name_plural = verbose_name
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="topic_once_a_round")]

    def __str__(self) -> str:
        return self.name


class TopicPaper(InspectionRecord):
    """A paper that belongs to a topic. Beside the paper, not in it: no signature falls by it."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="papers", verbose_name="专题")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="topic_papers", verbose_name="问题底稿")
    note = models.CharField(max_length=200, blank=True, verbose_name="说明什么")
    objects = SpineQuerySet.as_manager()

    class Meta:
        verbose_name = "专题材料"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["topic", "finding"], name="paper_once_in_a_topic")]
        indexes = [models.Index(fields=["topic", "-id"], name="topic_list")]

    def __str__(self) -> str:
        return f"{self.topic}：{self.finding}"
