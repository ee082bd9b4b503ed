"""Running the checks over one village's books and keeping what they found, so that a second run changes nothing."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from core import clock, records
from core.access import demand
from core.audit import SYSTEM
from core.display import cn_date
from ledgers.models import LedgerHit, LedgerRun, LedgerStory
from ledgers.models.hit import marked
from ledgers.rules import handling
from ledgers.rules.catalogue import all_rules
from ledgers.rules.rule import Hit, Rule
from ledgers.rules.stories import Story
from ledgers.selectors.checking import Checked, look
from ledgers.selectors.medians import District
from ledgers.services.settling import UNDECIDED
from ledgers.workflow import STORY_FLOW
from villages.models import VillageInspection, spine

_BATCH = 500


@transaction.atomic
def check_village(
    *,
    actor: Any,
    inspection: VillageInspection,
    today: dt.date | None = None,
    district: District | None = None,
) -> LedgerRun:
    """Run all checks over the books of one village and keep what they found; ``district``: see ``look``."""
    demand(handling.can_check(actor, inspection.round))
    checked = look(inspection, today or clock.today(), district)
    return keep(actor=actor, inspection=inspection, checked=checked)


@transaction.atomic
def keep(*, actor: Any, inspection: VillageInspection, checked: Checked) -> LedgerRun:
    """Write what was found: new hits and stories, changed ones, those that no longer arise.

    A dismissed story whose hits are all known stays dismissed; one with a new hit is opened again with a word.
    """
    demand(handling.can_check(actor, inspection.round))
    VillageInspection.objects.select_for_update().get(pk=inspection.pk)
    before = {
        row.key: row for row in LedgerStory.objects.filter(inspection=inspection).select_related("settled_by")
    }
    known = {row.same: row for row in LedgerHit.objects.filter(inspection=inspection)}
    kept = {row.key: row for row in _keep_stories(inspection, checked, before)}
    told = {
        name: (kept[story.key], hit)
        for story, names in checked.stories
        for name, hit in zip(names, story.hits, strict=True)
    }
    new = _keep_hits(inspection, checked.day, known, told)
    gone = [row.pk for same, row in known.items() if same not in told and not row.gone]
    LedgerHit.objects.filter(pk__in=gone).update(gone=True, revision=F("revision") + 1)
    vanished = [row.pk for key, row in before.items() if key not in kept and not row.gone]
    LedgerStory.objects.filter(pk__in=vanished).update(gone=True, revision=F("revision") + 1)
    for story, names in checked.stories:
        if row := before.get(story.key):
            _tell_change(row, checked.day, names, story.hits)
    made = LedgerRun(
        **spine(inspection), stamp=checked.stamp, basis=checked.basis, rows_count=checked.rows,
        hits_count=len(told), stories_count=len(kept), new_count=new, gone_count=len(gone),
    )  # fmt: skip
    return records.create(made, actor=actor, verb="ledgers.run")


def _keep_stories(
    inspection: VillageInspection, checked: Checked, before: Mapping[str, LedgerStory]
) -> list[LedgerStory]:
    """The rows of all stories found, new or brought up to date."""
    ids = {key: str(row.pk) for key, row in before.items()}
    rows, new, changed = [], [], []
    for story, names in checked.stories:
        row = before.get(story.key)
        values = _story_values(story, names, checked.day)
        if row is None:
            row = LedgerStory(**spine(inspection), key=story.key, first_seen=checked.day, **values)
            ids[story.key] = str(row.pk)
            new.append(row)
        elif _take(row, values):
            changed.append(row)
        rows.append(row)
    # Stories name each other by their rows, which stand only now.
    for row, (story, _) in zip(rows, checked.stories, strict=True):
        related = [ids[key] for key in story.related]
        if row.related != related:
            row.related = related
            if row not in new and row not in changed:
                changed.append(row)
    _write(LedgerStory, new, changed, (*_STORY_FIELDS, "related"))
    return rows


_STORY_FIELDS = (
    "title", "text", "amount", "severity", "years", "rules", "hits_count", "rows_count", "last_seen", "gone",
)  # fmt: skip


def _story_values(story: Story, names: tuple[str, ...], day: dt.date) -> dict[str, Any]:
    return {
        "title": story.title,
        "text": story.text,
        "amount": story.amount,
        "severity": int(story.severity),
        "years": marked(story.years),
        "rules": marked(sorted({hit.rule for hit in story.hits})),
        "hits_count": len(names),
        "rows_count": len(story.rows),
        "last_seen": day,
        "gone": False,
    }


def _keep_hits(
    inspection: VillageInspection, day: dt.date, known: Mapping[str, LedgerHit],
    told: Mapping[str, tuple[LedgerStory, Hit]],
) -> int:  # fmt: skip
    """Write the hits; returns how many are new or arise again."""
    new, changed, again = [], [], 0
    for same, (story, hit) in told.items():
        values = {
            "story_id": story.pk, "rule": hit.rule, "years": marked(hit.years), "amount": hit.amount,
            "severity": int(hit.severity), "reason": hit.reason, "rows": list(hit.rows),
            "last_seen": day, "gone": False,
        }  # fmt: skip
        row = known.get(same)
        if row is None:
            new.append(LedgerHit(**spine(inspection), same=same, first_seen=day, **values))
            continue
        again += row.gone
        if _take(row, values):
            changed.append(row)
    fields = ("story", "rule", "years", "amount", "severity", "reason", "rows", "last_seen", "gone")
    _write(LedgerHit, new, changed, fields)
    return len(new) + again


def _take(row: Any, values: Mapping[str, Any]) -> bool:
    """Put ``values`` on ``row``; whether anything changed."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def _write(model: Any, new: list[Any], changed: list[Any], fields: Iterable[str]) -> None:
    """All rows of one kind; the run's own entry in the trail stands for them."""
    records.check_lengths([*new, *changed])
    model.objects.bulk_create(new, batch_size=_BATCH)
    for row in changed:
        row.revision += 1
    model.objects.bulk_update(changed, [*fields, "revision"], batch_size=_BATCH)


def _tell_change(row: LedgerStory, day: dt.date, names: tuple[str, ...], hits: tuple[Hit, ...]) -> None:
    """Say on a story people have decided about that the books have changed since; a dismissed one opens again."""
    if row.status == row._meta.get_field("status").default:
        return
    new = [hit for name, hit in zip(names, hits, strict=True) if name not in row.settled]
    if not new:
        return
    told = "、".join(_counted(new))
    if row.status not in LedgerStory.DISMISSED:
        word = f"列为疑点后账册有变化，新增{told}。"
        if row.word != word:
            records.update(
                row, actor=SYSTEM, verb="ledgers.story.grow", revision=None, changes={"word": word}
            )
        return
    word = f"{cn_date(day)}账册有变化，新增{told}，请重新看。{row.decision}"
    STORY_FLOW.apply(row, "change", actor=SYSTEM, changes=UNDECIDED | {"word": word})


def _counted(hits: list[Hit]) -> list[str]:
    rules: dict[str, Rule] = all_rules()
    codes = [hit.rule for hit in hits]
    return [f"“{rules[code].name}”{codes.count(code)}条" for code in dict.fromkeys(codes)]
