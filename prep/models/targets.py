"""Whom one talks to (谈话对象), and the bank of questions by kind of person: versioned like the library."""

from typing import ClassVar

from django.db import models

from core.models import Record
from core.text import SafeJSONField
from prep.models.library import LibraryQuerySet


class TargetCategory(models.TextChoices):
    """Who is talked to, as talk records count it."""

    SECRETARY = "secretary", "村（社区）书记"
    DIRECTOR = "director", "村（居）委会主任"
    ACCOUNTANT = "accountant", "会计（报账员）"
    COMMITTEE = "committee", "两委其他成员"
    SUPERVISOR = "supervisor", "村务监督委员会成员"
    GROUP_HEAD = "group_head", "村民小组长"
    TOWN_CADRE = "town_cadre", "镇包村干部"
    DELEGATE = "delegate", "党员、村民代表"
    PETITIONER = "petitioner", "信访人"
    VILLAGER = "villager", "群众"


class TargetKind(Record):
    """A kind of person outlines are kept for. ``talk_category`` is how the talk record counts the talk.

    ``post_words`` and ``other_words`` find the person in the committee list: a post holds one of the first and none
    of the second. ``shielded``: no name is kept, and questions show the field of a problem only, never its title.
    """

    code = models.SlugField(max_length=30, unique=True, verbose_name="代码")
    name = models.CharField(max_length=40, unique=True, verbose_name="名称")
    talk_category = models.CharField(max_length=12, choices=TargetCategory, verbose_name="计入谈话类别")
    shielded = models.BooleanField(default=False, verbose_name="不留姓名")
    post_words = SafeJSONField(default=list, blank=True, verbose_name="职务含")
    other_words = SafeJSONField(default=list, blank=True, verbose_name="职务不含")
    active = models.BooleanField(default=True, verbose_name="启用")
    order = models.PositiveSmallIntegerField(default=0, verbose_name="次序")
    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = "谈话对象类别"
        verbose_name_plural = verbose_name
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class QuestionBank(Record):
    """One version of the bank of questions."""

    class Status(models.TextChoices):
        CURRENT = "current", "现行"
        RETIRED = "retired", "停用"
        DRAFT = "draft", "编制中"

    STATUS_TONE: ClassVar = {"draft": "warn", "current": "ok", "retired": "neutral"}

    version = models.PositiveSmallIntegerField(unique=True, verbose_name="版本")
    name = models.CharField(max_length=80, verbose_name="名称")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, verbose_name="状态")
    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = "谈话题库"
        verbose_name_plural = verbose_name
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.name}（第{self.version}版）"


class Section(models.TextChoices):
    """Where in a talk a question belongs."""

    OPENING = "opening", "开场"
    FOCUS = "focus", "本村重点"
    TOPIC = "topic", "正题"
    CLOSING = "closing", "收尾"


class BankQuestion(Record):
    """One question of the bank.

    ``kinds`` are codes of :class:`TargetKind`. ``category`` is a code of the category scheme, of either level, and
    empty for every field. ``for_item``: not a question by itself but the wording of a watch item, with ``{问题}`` for
    its title or ``{类别}`` for its field.
    """

    bank = models.ForeignKey(QuestionBank, models.CASCADE, related_name="questions", verbose_name="谈话题库")
    code = models.CharField(max_length=12, verbose_name="编号")
    section = models.CharField(max_length=10, choices=Section, verbose_name="环节")
    for_item = models.BooleanField(default=False, verbose_name="用于待查问题")
    category = models.CharField(max_length=10, blank=True, verbose_name="类别代码")
    kinds = SafeJSONField(default=list, verbose_name="谈话对象")
    text = models.CharField(max_length=200, verbose_name="问题")
    why = models.CharField(max_length=100, blank=True, verbose_name="为什么问")
    order = models.PositiveSmallIntegerField(default=0, verbose_name="次序")
    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = "谈话题目"
        verbose_name_plural = verbose_name
        ordering = ["order", "code"]
        constraints = [models.UniqueConstraint(fields=["bank", "code"], name="bank_question_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
