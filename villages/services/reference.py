"""First set-up: the district itself, the five aspects, the dated defaults, the pledge. Safe to run again."""

from pathlib import Path
from typing import Any

from django.db import transaction

from core import audit, records
from core.access import demand
from villages import rules
from villages.models import CalendarDay, Category, CategoryScheme, District, ParameterDefault, SecrecyPledge
from villages.models.calendar_data import calendar_rows
from villages.models.reference_data import CATEGORIES, DEFAULTS_SINCE, PARAMETERS, SCHEME_CODE, SCHEME_NAME
from villages.services.schemes import seed_schemes

_PLEDGE = Path(__file__).resolve().parent.parent / "data" / "pledge_v1.txt"


@transaction.atomic
def set_district(*, actor: Any, code: str, name: str, short: str) -> District:
    """Register the district, or correct its name and its one-character sign used in form numbers."""
    demand(rules.can_edit_places(actor))
    district = District.objects.filter(code=code).first()
    if district is None:
        made = District(code=code, name=name, short=short)
        made.full_clean(validate_unique=False)
        return records.create(made, actor=actor, verb="places.add_district")
    return records.update(
        district,
        actor=actor,
        verb="places.update_district",
        revision=None,
        changes={"name": name, "short": short},
    )


@transaction.atomic
def seed_reference(*, actor: Any) -> dict[str, int]:
    """Put the initial reference data in where it is missing; return how many rows of each kind were added.

    What an office has changed since is left as it is.
    """
    counts = {
        "categories": _seed_scheme(actor) + seed_schemes(actor=actor),
        "parameters": _seed_parameters(actor),
        "calendar_days": _seed_calendar(actor),
        "pledges": _seed_pledge(actor),
    }
    if any(counts.values()):
        audit.record(actor=actor, verb="reference.seed", after=counts, label="初始参照数据")
    return counts


def _seed_scheme(actor: Any) -> int:
    scheme = CategoryScheme.objects.filter(code=SCHEME_CODE).order_by("version").first()
    if scheme is None:
        scheme = records.create(
            CategoryScheme(code=SCHEME_CODE, version=1, name=SCHEME_NAME),
            actor=actor,
            verb="reference.add_scheme",
        )
    known = dict(Category.objects.filter(scheme=scheme).values_list("code", "pk"))
    added = 0
    for position, (code, name, short, children) in enumerate(CATEGORIES):
        if code not in known:
            top = Category.objects.create(
                scheme=scheme, code=code, name=name, short=short, order=position * 10
            )
            known[code], added = top.pk, added + 1
        rows = [
            Category(scheme=scheme, parent_id=known[code], code=sub, name=label, order=position * 10 + step)
            for step, (sub, label) in enumerate(children, 1)
            if sub not in known
        ]
        added += len(Category.objects.bulk_create(rows))
    return added


def _seed_parameters(actor: Any) -> int:
    known = set(ParameterDefault.objects.values_list("key", flat=True))
    rows = [
        ParameterDefault(
            key=seed.key, label=seed.label, unit=seed.unit, value=seed.value, note=seed.note,
            valid_from=DEFAULTS_SINCE, order=position,
        )
        for position, seed in enumerate(PARAMETERS)
        if seed.key not in known
    ]  # fmt: skip
    made = records.bulk_create(rows, actor=actor, verb="reference.add_defaults", summary="轮次参数默认值")
    return len(made)


def _seed_pledge(actor: Any) -> int:
    """The first wording of the pledge; without one nobody could sign and every village stayed closed."""
    if SecrecyPledge.objects.exists():
        return 0
    first = SecrecyPledge(version=1, text=_PLEDGE.read_text("utf-8").strip(), valid_from=DEFAULTS_SINCE)
    records.create(first, actor=actor, verb="pledges.publish")
    return 1


def _seed_calendar(actor: Any) -> int:
    """Years in which the office has entered nothing yet; of the others every day is its own decision."""
    known = {day.year for day in CalendarDay.objects.values_list("day", flat=True)}
    rows = [
        CalendarDay(day=day, kind=kind, name=name)
        for day, kind, name in calendar_rows()
        if day.year not in known
    ]
    made = records.bulk_create(rows, actor=actor, verb="reference.add_calendar", summary="节假日安排")
    return len(made)
