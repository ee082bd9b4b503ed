"""Making a questionnaire in the browser: versions, questions, their order. Everything here asks ``rules.can_edit``."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max

from core import audit, records
from core.access import demand
from core.errors import ServiceError, StaleRecord
from core.jobs import enqueue
from core.models import Job
from surveys import rules
from surveys.models import Aspect, Item, Questionnaire
from surveys.models.specification import MOST_OPTIONS

Kind = Item.Kind
_COPIED = ("number", "text", "kind", "hint", "required", "options", "rows")
# Numbers and orders are unique: on the way to a new order they lie beyond all others.
_BEYOND = 10_000
_MOST_ITEMS = 100


@transaction.atomic
def create_questionnaire(
    *, actor: Any, title: str, intro: str = "", open_question: str = ""
) -> Questionnaire:
    """Begin an empty questionnaire."""
    demand(rules.can_build(actor))
    number = Questionnaire.objects.values("code").distinct().count() + 1
    while Questionnaire.objects.filter(code=f"own-{number}").exists():
        number += 1
    made = Questionnaire(code=f"own-{number}", title=title, intro=intro, open_question=open_question)
    return records.create(made, actor=actor, verb="surveys.create_questionnaire")


@transaction.atomic
def copy_questionnaire(*, actor: Any, questionnaire: Questionnaire) -> Questionnaire:
    """Make the next version of a questionnaire, with the same questions, open for changes."""
    demand(rules.can_build(actor))
    versions = Questionnaire.objects.filter(code=questionnaire.code)
    if versions.filter(status=Questionnaire.Status.DRAFT).exists():
        raise ServiceError("这份问卷已经有一个编制中的版本，请在那一版上修改。")
    newest = versions.aggregate(Max("version"))["version__max"]
    made = Questionnaire(
        code=questionnaire.code, version=newest + 1, title=questionnaire.title,
        intro=questionnaire.intro, open_question=questionnaire.open_question,
    )  # fmt: skip
    records.create(made, actor=actor, verb="surveys.copy_questionnaire")
    aspects = {
        old.pk: Aspect(questionnaire=made, order=old.order, name=old.name)
        for old in questionnaire.aspects.all()
    }
    Aspect.objects.bulk_create(aspects.values())
    items = [
        Item(questionnaire=made, aspect=aspects[old.aspect_id], **{n: getattr(old, n) for n in _COPIED})
        for old in questionnaire.items.all()
    ]
    records.bulk_create(items, actor=actor, verb="surveys.load_items", target=made, summary=f"{made}题目")
    return made


@transaction.atomic
def change_questionnaire(
    *, actor: Any, questionnaire: Questionnaire, values: dict[str, Any], revision: int | None = None
) -> Questionnaire:
    """Change title, words at the beginning and the closing question."""
    demand(rules.can_edit(actor, questionnaire))
    return records.update(
        questionnaire, actor=actor, verb="surveys.change_questionnaire", revision=revision, changes=values
    )


@transaction.atomic
def drop_questionnaire(*, actor: Any, questionnaire: Questionnaire) -> None:
    """Throw a draft away that no survey uses."""
    demand(rules.can_edit(actor, questionnaire))
    if questionnaire.surveys.exists():
        raise ServiceError("已经有村（社区）安排了这份问卷，不能删除。")
    audit.record(
        actor=actor,
        verb="surveys.drop_questionnaire",
        target=questionnaire,
        before={"问卷": str(questionnaire)},
    )
    questionnaire.delete()


@transaction.atomic
def save_item(
    *,
    actor: Any,
    questionnaire: Questionnaire,
    values: dict[str, Any],
    item: Item | None = None,
    revision: int | None = None,
) -> Item:
    """Add a question or change one. ``values``: ``aspect`` (a name; a new one is added at the end), and the fields.

    What the kind has no use for is emptied. Whether the questionnaire as a whole can be used is another matter.
    """
    demand(rules.can_edit(actor, questionnaire))
    fields = _fitting(values)
    if item is None and questionnaire.items.count() >= _MOST_ITEMS:
        raise ServiceError(f"一份问卷最多{_MOST_ITEMS}题。")
    fields["aspect"] = _aspect(questionnaire, values["aspect"])
    if item is None:
        last = Item.objects.filter(questionnaire=questionnaire).aggregate(Max("number"))["number__max"] or 0
        made = Item(questionnaire=questionnaire, number=last + 1, **fields)
        records.create(made, actor=actor, verb="surveys.add_item")
    else:
        made = records.update(
            item, actor=actor, verb="surveys.change_item", revision=revision, changes=fields
        )
    _tidy(questionnaire)
    made.refresh_from_db()
    return made


def _fitting(values: dict[str, Any]) -> dict[str, Any]:
    kind, options, rows = values["kind"], list(values.get("options") or []), list(values.get("rows") or [])
    if kind in (Kind.SINGLE, Kind.MULTIPLE) and not 2 <= len(options) <= MOST_OPTIONS:
        raise ServiceError(f"选择题要有2至{MOST_OPTIONS}个选项，一行一个。", "options")
    if kind == Kind.MATRIX and not 2 <= len(rows) <= MOST_OPTIONS:
        raise ServiceError(f"矩阵评价要有2至{MOST_OPTIONS}个评价对象，一行一个。", "rows")
    long = next((text for text in (*options, *rows) if len(text) > 40), "")
    if long:
        raise ServiceError(
            f"“{long[:20]}……”太长，选项和评价对象最多40字。", "rows" if long in rows else "options"
        )
    return {
        "text": values["text"], "kind": kind, "hint": values.get("hint", ""),
        "required": bool(values.get("required")),
        "options": options if kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.MATRIX) else [],
        "rows": rows if kind == Kind.MATRIX else [],
    }  # fmt: skip


def _aspect(questionnaire: Questionnaire, name: str) -> Aspect:
    found = Aspect.objects.filter(questionnaire=questionnaire, name=name).first()
    if found is not None:
        return found
    last = Aspect.objects.filter(questionnaire=questionnaire).aggregate(Max("order"))["order__max"] or 0
    made = Aspect(questionnaire=questionnaire, name=name, order=last + 1)
    made.save(force_insert=True)
    return made


@transaction.atomic
def remove_item(*, actor: Any, item: Item, revision: int | None = None) -> Questionnaire:
    """Strike a question out; the ones behind it move up. One changed since it was looked at stays."""
    questionnaire = item.questionnaire
    demand(rules.can_edit(actor, questionnaire))
    if revision not in (None, item.revision):
        raise StaleRecord(item)
    audit.record(actor=actor, verb="surveys.remove_item", target=questionnaire, before={"题目": item.text})
    item.delete()
    _tidy(questionnaire)
    return questionnaire


@transaction.atomic
def rename_aspect(*, actor: Any, aspect: Aspect, name: str) -> Aspect:
    """Give an aspect another name."""
    demand(rules.can_edit(actor, aspect.questionnaire))
    name = name.strip()
    if not name:
        raise ServiceError("请填写方面的名称。")
    if Aspect.objects.filter(questionnaire=aspect.questionnaire, name=name).exclude(pk=aspect.pk).exists():
        raise ServiceError(f"已经有“{name}”这个方面，请把题目移过去。")
    changes = {"name": name[:40]}
    return records.update(aspect, actor=actor, verb="surveys.rename_aspect", revision=None, changes=changes)


@transaction.atomic
def arrange_items(
    *,
    actor: Any,
    questionnaire: Questionnaire,
    order: list[tuple[str, list[str]]],
    revision: int | None = None,
) -> Questionnaire:
    """Put the questions into a new order: aspects by key, each with the keys of its items.

    Raises ``ServiceError`` when it does not name every question exactly once: somebody else has added or removed one.
    """
    demand(rules.can_edit(actor, questionnaire))
    aspects = {str(row.pk): row for row in questionnaire.aspects.all()}
    items = {str(row.pk): row for row in questionnaire.items.all()}
    named = [item for _, mine in order for item in mine]
    if sorted(named) != sorted(items) or not {aspect for aspect, _ in order} <= aspects.keys():
        raise ServiceError("题目刚被增删过，次序没有保存。请刷新后再排。")
    expected = questionnaire.revision if revision is None else revision
    records.write_revision(
        questionnaire, expected, {}, attempted={}, actor=actor, verb="surveys.arrange_items", before={}
    )
    for place, (aspect, mine) in enumerate(order, 1):
        Aspect.objects.filter(pk=aspect).update(order=_BEYOND + place)
        Item.objects.filter(pk__in=mine).update(aspect=aspect)
    for place, item in enumerate(named, 1):
        Item.objects.filter(pk=item).update(number=_BEYOND + place)
    _tidy(questionnaire)
    return questionnaire


@transaction.atomic
def request_questionnaire(*, actor: Any, questionnaire: Questionnaire) -> Job:
    """Ask for a version as a printed form; made in the background, found under the person's jobs."""
    demand(rules.can_browse(actor))
    return enqueue(
        "surveys.questionnaire",
        args={"questionnaire": questionnaire.pk},
        actor=actor,
        title=f"纸质问卷 {questionnaire}",
        dedupe=f"surveys.questionnaire:{questionnaire.pk}:{questionnaire.revision}",
        subject=questionnaire,
    )


def _tidy(questionnaire: Questionnaire) -> None:
    """Aspects without questions go; numbers follow the order of aspects, then the order inside each, without gaps."""
    Aspect.objects.filter(questionnaire=questionnaire, items=None).delete()
    aspects = list(Aspect.objects.filter(questionnaire=questionnaire).order_by("order"))
    items = list(Item.objects.filter(questionnaire=questionnaire).order_by("aspect__order", "number"))
    for rows, name in ((aspects, "order"), (items, "number")):
        if [getattr(row, name) for row in rows] == list(range(1, len(rows) + 1)):
            continue
        model = type(rows[0])
        model._default_manager.filter(questionnaire=questionnaire).update(**{name: F(name) + 2 * _BEYOND})
        for place, row in enumerate(rows, 1):
            model._default_manager.filter(pk=row.pk).update(**{name: place})
