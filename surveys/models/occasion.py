"""On what days and where sheets are handed out, and how many of each category of people the team wants to hear."""

from django.db import models

from core import display
from core.models import Record
from surveys.models.survey import Channel, Survey, SurveyPartQuerySet


class Occasion(Record):
    """One meeting or one round of visits at which sheets are handed out: which kind, when, where, who led it."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="occasions", verbose_name="问卷调查")
    channel = models.CharField(max_length=12, choices=Channel, verbose_name="场合")
    held_on = models.DateField(verbose_name="日期")
    place = models.CharField(max_length=60, blank=True, verbose_name="地点")
    led_by = models.CharField(max_length=60, blank=True, verbose_name="主持（带队）人")
    attended = models.PositiveIntegerField(null=True, blank=True, verbose_name="到场人数")
    objects = SurveyPartQuerySet.as_manager()

    class Meta:
        verbose_name = "调查场次"
        verbose_name_plural = verbose_name
        ordering = ["held_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "channel", "held_on", "place"], name="occasion_once")
        ]

    def __str__(self) -> str:
        place = f" {self.place}" if self.place else ""
        return f"{self.get_channel_display()} {display.cn_date(self.held_on)}{place}"


class SurveyPlan(Record):
    """How many sheets of one category of people the team wants back."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="plans", verbose_name="问卷调查")
    group = models.CharField(max_length=20, verbose_name="人员类别")
    planned = models.PositiveIntegerField(default=0, verbose_name="计划份数")
    objects = SurveyPartQuerySet.as_manager()

    class Meta:
        verbose_name = "问卷计划"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["survey", "group"], name="survey_plan_once")]

    def __str__(self) -> str:
        return f"{self.survey} {self.group}"
