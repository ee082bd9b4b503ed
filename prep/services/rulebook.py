"""The rule book: rules and their editions are entered, corrected and ended by the office. Nothing is ever removed."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import records
from core.access import demand
from core.errors import ServiceError
from core.jobs import enqueue
from core.models import Job
from core.text import clean
from prep.models import Regulation, RegulationEdition, RegulationLevel
from prep.rules import rulebook as rules
from prep.rules.articles import BadArticle, checked_articles
from prep.rules.citation import key_of_name, split_names
from prep.rules.in_force import overlapping
from prep.selectors.rulebook_plan import next_editions
from villages.selectors.schemes import five_aspects

REGULATION_FIELDS = ("title", "aliases", "level", "issuer", "category", "note", "active")
EDITION_FIELDS = ("name", "doc_no", "from_day", "until_day", "articles", "note")
_ROOM = {"title": 120, "aliases": 300, "issuer": 120, "name": 40, "doc_no": 60, "note": 300}
_DAY = dt.timedelta(days=1)


@transaction.atomic
def add_regulation(*, actor: Any, values: dict[str, Any], edition: dict[str, Any]) -> Regulation:
    """Enter a rule with its first edition. ``values``: ``REGULATION_FIELDS``; ``edition``: ``EDITION_FIELDS``."""
    demand(rules.can_keep_book(actor))
    regulation = Regulation(**checked_regulation(values))
    first = _checked_edition(edition)
    records.create(regulation, actor=actor, verb="prep.add_regulation")
    records.create(RegulationEdition(regulation=regulation, **first), actor=actor, verb="prep.add_edition")
    return regulation


@transaction.atomic
def edit_regulation(
    *, actor: Any, regulation: Regulation, revision: int, values: dict[str, Any]
) -> Regulation:
    """Correct a rule's name, short names, rank; or switch it off when it was entered by mistake."""
    demand(rules.can_keep_book(actor))
    changes = checked_regulation(values, regulation)
    return records.update(
        regulation, actor=actor, verb="prep.edit_regulation", revision=revision, changes=changes
    )


@transaction.atomic
def add_edition(*, actor: Any, regulation: Regulation, values: dict[str, Any]) -> RegulationEdition:
    """Enter a further edition. One in force until now ends the day before; an earlier one ends before the next."""
    demand(rules.can_keep_book(actor))
    known = _locked_editions(regulation)
    chosen = _checked_edition(values)
    later = [row for row in known if row.from_day > chosen["from_day"]]
    if later and chosen["until_day"] is None:
        chosen["until_day"] = later[0].from_day - _DAY
    edition = RegulationEdition(regulation=regulation, **chosen)
    open_before = [row for row in known if row.until_day is None and row.from_day < edition.from_day]
    for row in open_before:
        changes = {"until_day": edition.from_day - _DAY}
        records.update(row, actor=actor, verb="prep.end_edition", revision=None, changes=changes)
    _demand_room([*known, edition])
    records.create(edition, actor=actor, verb="prep.add_edition")
    _relink(actor, [*known, edition])
    return edition


@transaction.atomic
def edit_edition(
    *, actor: Any, edition: RegulationEdition, revision: int, values: dict[str, Any]
) -> RegulationEdition:
    """Correct an edition: its days, number, articles, and ``replaced_by`` when another rule took its place."""
    demand(rules.can_keep_book(actor))
    known = [row for row in _locked_editions(edition.regulation) if row.pk != edition.pk]
    chosen = _checked_edition({name: getattr(edition, name) for name in EDITION_FIELDS} | values)
    _demand_room([*known, RegulationEdition(regulation=edition.regulation, **chosen)])
    if "replaced_by" in values:
        chosen["replaced_by"] = _taking_over(edition, values["replaced_by"])
    records.update(edition, actor=actor, verb="prep.edit_edition", revision=revision, changes=chosen)
    _relink(actor, [*known, edition])
    return edition


@transaction.atomic
def end_edition(
    *,
    actor: Any,
    edition: RegulationEdition,
    revision: int,
    until_day: dt.date,
    replaced_by: RegulationEdition | None = None,
    note: str = "",
) -> RegulationEdition:
    """Say on which day an edition was in force for the last time, and which edition of another rule took its place."""
    demand(rules.can_keep_book(actor))
    if edition.until_day is not None:
        raise ServiceError(f"这一版施行到{edition.until_day:%Y-%m-%d}，要更正请修改版本。")
    if until_day < edition.from_day:
        raise ServiceError("最后施行日早于施行日期。", "until_day")
    changes: dict[str, Any] = {"until_day": until_day, "replaced_by": _taking_over(edition, replaced_by)}
    if clean(note).strip():
        changes["note"] = clean(note).strip()
    return records.update(edition, actor=actor, verb="prep.end_edition", revision=revision, changes=changes)


@transaction.atomic
def request_rule_sheet(*, actor: Any, blank: bool = False) -> Job:
    """Ask for the whole book as a workbook, or for an empty one to fill in."""
    demand(rules.can_keep_book(actor))
    return enqueue(
        "prep.rule_sheet",
        args={"blank": blank},
        actor=actor,
        title="法规制度空白表" if blank else "法规制度库 Excel",
        dedupe=f"prep.rule_sheet:{actor.pk}:{int(blank)}",
    )


def _taking_over(edition: RegulationEdition, other: RegulationEdition | None) -> RegulationEdition | None:
    """The edition of another rule that took the place of ``edition``: it begins later."""
    if other is None:
        return None
    if other.regulation_id == edition.regulation_id:
        raise ServiceError("同一件法规的新版，请用“登记新版本”。", "replaced_by")
    if other.from_day <= edition.from_day:
        raise ServiceError(f"{other.citation}施行在前，不能替代这一版。", "replaced_by")
    return other


def checked_regulation(values: dict[str, Any], own: Regulation | None = None) -> dict[str, Any]:
    """The given ones of ``REGULATION_FIELDS`` as they are kept; refuses names that already mean another rule."""
    chosen = _texts(values, REGULATION_FIELDS)
    if own is None or "title" in chosen:
        chosen["title"] = chosen.get("title", "").strip("《》<> ")
        chosen["key"] = key_of_name(chosen["title"])
        if not chosen["key"]:
            raise ServiceError("请填写法规名称。", "title")
    if "aliases" in chosen:
        chosen["aliases"] = "、".join(split_names(chosen["aliases"]))
    if (own is None or "level" in chosen) and chosen.get("level") not in RegulationLevel.values:
        raise ServiceError("请选择层级。", "level")
    if chosen.get("category") and chosen["category"] not in five_aspects():
        raise ServiceError(f"没有类别“{chosen['category']}”。", "category")
    _demand_own_names(chosen, own)
    return chosen


def _demand_own_names(chosen: dict[str, Any], own: Regulation | None) -> None:
    others = Regulation.objects.exclude(pk=own.pk if own else None).values_list("title", "aliases")
    taken = {
        key_of_name(name): title
        for title, aliases in others
        for name in (title, *aliases.split("、"))
        if name
    }
    for field in ("title", "aliases"):
        names = chosen.get(field, "").split("、") if field == "aliases" else [chosen.get(field, "")]
        for name in names:
            if (other := taken.get(key_of_name(name))) is not None:
                raise ServiceError(f"“{name}”在库中已指《{other}》，请核对是不是同一件。", field)


def _checked_edition(values: dict[str, Any]) -> dict[str, Any]:
    chosen = {"until_day": None} | _texts(values, EDITION_FIELDS)
    if chosen.get("from_day") is None:
        raise ServiceError("请填写施行日期。", "from_day")
    if chosen["until_day"] is not None and chosen["until_day"] < chosen["from_day"]:
        raise ServiceError("最后施行日早于施行日期。", "until_day")
    try:
        chosen["articles"] = checked_articles(clean(str(values.get("articles") or "")))
    except BadArticle as error:
        raise ServiceError(str(error), "articles") from None
    return chosen


def _texts(values: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    chosen = {name: values[name] for name in names if name in values}
    for name, room in _ROOM.items():
        if name in chosen:
            chosen[name] = " ".join(clean(str(chosen[name] or "")).split())
            if len(chosen[name]) > room:
                raise ServiceError(f"超过{room}字，请缩短。", name)
    return chosen


def _locked_editions(regulation: Regulation) -> list[RegulationEdition]:
    """The editions of a rule, oldest first; waits for whoever is changing them at this moment."""
    Regulation.objects.select_for_update().get(pk=regulation.pk)
    return list(RegulationEdition.objects.filter(regulation=regulation).order_by("from_day"))


def _demand_room(editions: list[RegulationEdition]) -> None:
    both = overlapping(editions)
    if both is None:
        return
    if both[0].from_day == both[1].from_day:
        raise ServiceError("这一天起施行的版本已经登记过。", "from_day")
    raise ServiceError(f"与{both[0].term}施行的一版在时间上重叠，请核对前后两版的日期。", "from_day")


def _relink(actor: Any, editions: list[RegulationEdition]) -> None:
    """Each edition points to the next one of its rule; the last keeps what took its place elsewhere."""
    following = next_editions(editions)
    own = {row.pk for row in editions}
    for row in editions:
        wanted = following.get(row.pk) or (None if row.replaced_by_id in own else row.replaced_by_id)
        if row.replaced_by_id != wanted:
            changes = {"replaced_by": next((e for e in editions if e.pk == wanted), None)}
            records.update(row, actor=actor, verb="prep.link_edition", revision=None, changes=changes)
