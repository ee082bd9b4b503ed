"""The fixed vocabularies of the workpapers, in the words of the paper forms."""

from django.db import models


class SourceKind(models.TextChoices):
    """Where a problem was seen. Two pieces of one kind do not make a problem better proven; two kinds do."""

    PETITION = "petition", "信访"
    TALK = "talk", "谈话"
    VISIT = "visit", "走访"
    DOCUMENT = "document", "资料"
    LEDGER = "ledger", "账目"
    SITE = "site", "现场"
    SURVEY = "survey", "问卷测评"
    COMPARISON = "comparison", "数据比对"
    DEPARTMENT = "department", "部门提供"
    EARLIER = "earlier", "上轮整改"


class MaterialForm(models.TextChoices):
    """In what form a supporting material is kept."""

    ORIGINAL = "original", "原件"
    COPY = "copy", "复印件"
    PHOTO = "photo", "照片"
    ELECTRONIC = "electronic", "电子件"


class FindingStatus(models.TextChoices):
    """The way of a problem workpaper: written, checked, signed, filed with the office."""

    DRAFT = "draft", "草稿"
    CHECKING = "checking", "待复核"
    SIGNING = "signing", "待审签"
    SIGNED = "signed", "已审签"
    FILED = "filed", "已备案"
    RETURNED = "returned", "退回"
    WITHDRAWN = "withdrawn", "已撤销"
    MERGED = "merged", "已并入"


class TalkStatus(models.TextChoices):
    """The way of papers by two people: the recorder writes, the other one checks and signs."""

    DRAFT = "draft", "草稿"
    CHECKING = "checking", "待复核"
    SIGNED = "signed", "已签"


class Commonality(models.TextChoices):
    """Found in many villages, or only here."""

    COMMON = "common", "共性"
    INDIVIDUAL = "individual", "个性"


class Severity(models.TextChoices):
    """Key problems come first: the stored values sort that way."""

    KEY = "key", "重点"
    ORDINARY = "ordinary", "一般"


class Disposal(models.TextChoices):
    """What the team proposes to do with the problem."""

    REPORT = "report", "写入报告"
    FIX_NOW = "fix_now", "立行立改"
    TRANSFER = "transfer", "移交线索"
    KEEP = "keep", "留存"
    UNFOUNDED = "unfounded", "不成立"


class Responsibility(models.TextChoices):
    """Nature of the problem and of the responsibility."""

    DUTY = "duty", "责任问题"
    CORRUPTION = "corruption", "腐败问题"
    CONDUCT = "conduct", "作风问题"
    MAIN = "main", "主体责任"
    SUPERVISION = "supervision", "监督责任"
    LEADERSHIP = "leadership", "领导责任"


class Discipline(models.TextChoices):
    """The six disciplines."""

    POLITICAL = "political", "政治纪律"
    ORGANISATIONAL = "organisational", "组织纪律"
    INTEGRITY = "integrity", "廉洁纪律"
    MASSES = "masses", "群众纪律"
    WORK = "work", "工作纪律"
    LIFE = "life", "生活纪律"


class SignRole(models.TextChoices):
    """In which capacity a paper is signed."""

    HANDLER = "handler", "经办人"
    DEPUTY = "deputy", "副组长"
    LEADER = "leader", "组长"
    RECORDER = "recorder", "记录人"
    TALKER = "talker", "谈话人"
    COMPANION = "companion", "同行人"
    CHECKER = "checker", "核对人"
