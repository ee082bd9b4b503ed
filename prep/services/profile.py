"""The village's profile: one sheet with its years, its people in office and its projects, saved together."""

from typing import Any, TypeVar

from django.db import models, transaction

from core import audit, records
from core.access import demand
from core.display import cn_date
from core.errors import ServiceError
from core.models import Record
from prep import rules
from prep.models import CommitteeMember, Trait, VillageProfile, VillageProject, YearFigure
from villages.models import VillageInspection, spine

M = TypeVar("M", bound=Record)
Rows = list[dict[str, Any]]


@transaction.atomic
def save_profile(
    *,
    actor: Any,
    inspection: VillageInspection,
    values: dict[str, Any],
    years: Rows | None = None,
    members: Rows | None = None,
    projects: Rows | None = None,
    revision: int | None = None,
    reason: str = "",
) -> VillageProfile:
    """Save the sheet. ``years``, ``members``, ``projects`` are whole lists as they should be; ``None`` leaves them.

    ``years``: rows of ``year`` and figures (yuan). ``members``: rows of ``name``, ``post`` and particulars.
    ``projects``: rows of ``year``, ``name`` and particulars. ``revision``: what the writer saw, ``0`` for a sheet not
    yet begun; raises ``StaleRecord`` when it has moved. ``reason``: where the values come from, for the trail.
    """
    demand(rules.can_edit(actor, inspection))
    _check(values)
    _check_terms(members or [])
    lists = {
        kind: rows
        for kind, rows in ((YearFigure, years), (CommitteeMember, members), (VillageProject, projects))
        if rows is not None
    }
    profile = VillageProfile.objects.filter(inspection=inspection).first()
    if profile is None:
        new = VillageProfile(**spine(inspection), **values)
        profile = records.create(new, actor=actor, verb="prep.profile_begin", reason=reason)
    else:
        profile = _revise(actor, profile, revision, values, _in_words(lists), reason)
    for kind, rows in lists.items():
        _match(actor, profile, kind, rows)
    return profile


def _check(values: dict[str, Any]) -> None:
    strange = set(values.get("traits") or []) - set(Trait.objects.values_list("code", flat=True))
    if strange:
        raise ServiceError("村情类型不在可选范围内。", "traits")
    people, staying = values.get("population"), values.get("residents")
    if values.get("households") and people and values["households"] > people:
        raise ServiceError("户数多于人口，请核对。", "households")
    if staying is not None and staying < 0:
        raise ServiceError("常住人口不能为负数。", "residents")


def _check_terms(members: Rows) -> None:
    """A term may come from two sources, its beginning from one and its end from the other: look at it whole."""
    for row in members:
        start, end = row.get("from_on"), row.get("to_on")
        if start and end and end < start:
            raise ServiceError(
                f"{row['name']}（{row['post']}）的任职止{cn_date(end)}早于任职起{cn_date(start)}，请核对后再写入。"
            )


# What a list is called on the sheet, and what makes two rows of it the same row.
_NAMES = {YearFigure: "year_figures", CommitteeMember: "committee", VillageProject: "projects"}
_IDENTITY: dict[Any, tuple[str, ...]] = {
    YearFigure: ("year",),
    CommitteeMember: ("name", "post", "from_on"),
    VillageProject: ("year", "name"),
}


def _in_words(lists: dict[Any, Rows]) -> dict[str, str]:
    return {_NAMES[kind]: VillageProfile.rows_text(rows, kind.SHOWN) for kind, rows in lists.items()}


def _revise(
    actor: Any,
    profile: VillageProfile,
    revision: int | None,
    values: dict[str, Any],
    words: dict[str, str],
    reason: str,
) -> VillageProfile:
    """Raise the sheet's revision also when only its rows change: two people at one sheet must notice each other."""
    before = records.field_values(profile, list(values))
    changed = {name: value for name, value in values.items() if before[name] != value}
    expected = profile.revision if revision is None else revision
    rows_change = any(getattr(profile, name) != text for name, text in words.items())
    if not changed and not rows_change and expected == profile.revision:
        return profile
    return records.write_revision(
        profile, expected, changed, attempted=values | words, actor=actor, verb="prep.profile_save", before=before,
        reason=reason,
    )  # fmt: skip


def _match(actor: Any, profile: VillageProfile, model: type[M], rows: Rows) -> None:
    """Make the village's rows of ``model`` those given: change, add, and take away what is no longer listed."""
    key = _IDENTITY[model]
    known = {
        tuple(getattr(row, name) for name in key): row
        for row in model._default_manager.filter(village=profile.village)
    }
    seen = set()
    for values in rows:
        identity = tuple(values.get(name) for name in key)
        if identity in seen:
            raise ServiceError(f"“{' '.join(str(part) for part in identity if part)}”填了两行，请合并。")
        seen.add(identity)
        if identity in known:
            records.update(
                known[identity], actor=actor, verb=f"prep.update_{model._meta.model_name}",
                revision=None, changes=values,
            )  # fmt: skip
        else:
            made = model(village=profile.village, **values)
            records.create(made, actor=actor, verb=f"prep.add_{model._meta.model_name}")
    for identity in known.keys() - seen:
        _take_away(actor, known[identity])


def _take_away(actor: Any, row: models.Model) -> None:
    names = [
        field.name
        for field in row._meta.concrete_fields
        if field.name not in ("id", "created_at", "updated_at")
    ]
    before = records.field_values(row, names)
    audit.record(actor=actor, verb=f"prep.remove_{row._meta.model_name}", target=row, before=before)
    row.delete()
