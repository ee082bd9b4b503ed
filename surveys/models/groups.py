"""Who answers, by category only: a list the office edits, with codes that never change."""

from typing import Any, NamedTuple, Self

from django.db import models

from core.models import Record, VisibleQuerySet
from core.text import SafeJSONField
from villages.models.roles import CONTENT_ROLES


class GroupQuerySet(VisibleQuerySet):
    """Reference data of the inspecting side."""

    def _visible(self, user: Any) -> Self:
        return self if user.role in CONTENT_ROLES else self.none()


class RespondentGroup(Record):
    """One category. Its ``code`` stands in stored sheets and stays; a category no longer offered is switched off.

    ``aliases``: other names by which typed-in sheets call it.
    """

    code = models.SlugField(max_length=20, unique=True, verbose_name="代码")
    name = models.CharField(max_length=30, unique=True, verbose_name="名称")
    aliases = SafeJSONField(default=list, blank=True, verbose_name="别称")
    order = models.PositiveSmallIntegerField(default=0, verbose_name="次序")
    active = models.BooleanField(default=True, verbose_name="在用")
    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = "人员类别"
        verbose_name_plural = verbose_name
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class GroupRow(NamedTuple):
    """One category as everything else reads it."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    active: bool = True


class Group(models.TextChoices):
    """The categories the product comes with; once the office has edited its list, that is the list."""

    TOWN_HEAD = "town_head", "镇部门负责人及以上"
    DELEGATE = "delegate", "两代表一委员"
    CADRE = "cadre", "村组干部"
    PARTY = "party", "党员代表"
    REPRESENTATIVE = "representative", "村民代表"
    VILLAGER = "villager", "普通群众"
    CLIENT = "client", "服务对象"


_ALIASES: dict[str, tuple[str, ...]] = {
    Group.TOWN_HEAD: ("镇干部", "镇领导", "镇部门负责人"),
    Group.DELEGATE: ("党代表", "人大代表", "政协委员", "党代表、人大代表、政协委员"),
    Group.CADRE: ("镇村干部", "村干部", "组干部", "社区干部"),
    Group.PARTY: ("党员",),
    Group.REPRESENTATIVE: ("居民代表", "村（居）民代表"),
    Group.VILLAGER: ("群众", "村民", "居民"),
}
INITIAL = tuple(GroupRow(str(code), name, _ALIASES.get(code, ())) for code, name in Group.choices)


def respondent_groups() -> list[GroupRow]:
    """Every category, those switched off included, in order."""
    rows = RespondentGroup.objects.values_list("code", "name", "aliases", "active")
    found = [GroupRow(code, name, tuple(aliases), active) for code, name, aliases, active in rows]
    return found or list(INITIAL)


def group_names() -> dict[str, str]:
    """Names by code; the empty code is a sheet that did not say."""
    return {row.code: row.name for row in respondent_groups()}


def group_codes() -> dict[str, str]:
    """Codes by every name a category goes by: its own, its aliases, and the ones the product came with."""
    rows = (*INITIAL, *respondent_groups())
    return {name: row.code for row in rows for name in (*row.aliases, row.name)}


def group_choices() -> list[tuple[str, str]]:
    """The categories still offered, after the choice not to tell them apart."""
    return [("", "不分类别"), *((row.code, row.name) for row in respondent_groups() if row.active)]
