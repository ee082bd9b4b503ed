"""The village's profile: one sheet with its yearly figures and its committee, saved together."""

from typing import Any, TypeVar

from django.db import models, transaction

from core import audit, records
from core.access import demand
from core.errors import ServiceError
from core.models import Record
from prep import rules
from prep.models import CommitteeMember, Trait, VillageProfile, YearFigure
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
    revision: int | None = None,
) -> VillageProfile:
    """Save the sheet. ``years`` and ``members`` are the whole lists as they should be; ``None`` leaves them.

    ``years``: rows of ``year`` and figures (yuan). ``members``: rows of ``name``, ``post`` and particulars.
    ``revision``: what the writer saw, ``0`` for a sheet not yet begun; raises ``StaleRecord`` when it has moved.
    """
    demand(rules.can_edit(actor, inspection))
    _check(values)
    profile = VillageProfile.objects.filter(inspection=inspection).first()
    if profile is None:
        new = VillageProfile(**spine(inspection), **values)
        profile = records.create(new, actor=actor, verb="prep.profile_begin")
    else:
        attempted = values | _in_words(years, members)
        profile = _revise(actor, profile, revision, values, attempted, _rows_change(profile, years, members))
    if years is not None:
        _match(actor, profile, YearFigure, years, ("year",))
    if members is not None:
        _match(actor, profile, CommitteeMember, members, ("name", "post", "from_on"))
    return profile


def _check(values: dict[str, Any]) -> None:
    strange = set(values.get("traits") or []) - set(Trait.values)
    if strange:
        raise ServiceError("村情类型不在可选范围内。", "traits")
    people, staying = values.get("population"), values.get("residents")
    if values.get("households") and people and values["households"] > people:
        raise ServiceError("户数多于人口，请核对。", "households")
    if staying is not None and staying < 0:
        raise ServiceError("常住人口不能为负数。", "residents")


def _in_words(years: Rows | None, members: Rows | None) -> dict[str, str]:
    words = {}
    if years is not None:
        words["year_figures"] = VillageProfile.rows_text(years, YearFigure.SHOWN)
    if members is not None:
        words["committee"] = VillageProfile.rows_text(members, CommitteeMember.SHOWN)
    return words


def _rows_change(profile: VillageProfile, years: Rows | None, members: Rows | None) -> bool:
    words = _in_words(years, members)
    return any(getattr(profile, name) != text for name, text in words.items())


def _revise(
    actor: Any, profile: VillageProfile, revision: int | None, values: dict[str, Any],
    attempted: dict[str, Any], rows_change: bool,
) -> VillageProfile:  # fmt: skip
    """Raise the sheet's revision also when only its rows change: two people at one sheet must notice each other."""
    before = records.field_values(profile, list(values))
    changed = {name: value for name, value in values.items() if before[name] != value}
    expected = profile.revision if revision is None else revision
    if not changed and not rows_change and expected == profile.revision:
        return profile
    return records.write_revision(
        profile, expected, changed, attempted=attempted, actor=actor, verb="prep.profile_save", before=before
    )


def _match(actor: Any, profile: VillageProfile, model: type[M], rows: Rows, key: tuple[str, ...]) -> None:
    """Make the village's rows of ``model`` those given: change, add, and take away what is no longer listed."""
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
