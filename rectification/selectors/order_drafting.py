"""What a new order begins with: to whom it may go, until when, in which words; and what its text is checked against."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from core import clock
from core.ids import key_of
from findings.models import FieldPaper, Finding, FindingPerson, Lead
from findings.selectors.merged import keys_within
from findings.selectors.petitions import names_in_office
from rectification.models import FixOrder
from rectification.rules import IMMEDIATE_DAYS_PARAMETER
from rectification.rules.order import default_due
from surveys.rules.masking import masked
from villages.models import Office, Round, Stage, User, VillageInspection
from villages.models.roles import INSPECTED_ROLES
from villages.selectors.calendar import load_calendar
from villages.selectors.parameters import parameter

# What an order may come from: the word in the address, the rows, the field that keeps it.
ORIGINS: dict[str, tuple[Any, str]] = {
    "finding": (Finding, "linked_finding"),
    "lead": (Lead, "linked_lead"),
    "paper": (FieldPaper, "linked_paper"),
}
_TITLE, _BASIS = 60, 500


def draftable(viewer: Any, round_: Round | None) -> QuerySet[VillageInspection]:
    """Villages of the round whose team the viewer serves in and whose problems have not been fed back yet."""
    rows = VillageInspection.objects.visible_to(viewer).filter(
        round=round_, team__memberships__user=viewer.pk
    )
    rows = rows.exclude(status__in=[Stage.RECTIFY, Stage.FILED])
    return rows.select_related("village", "town", "team", "round__district").order_by("village__code")


def offices_of(inspection: VillageInspection) -> list[Office]:
    """Offices an order about this village may go to: that of the village first, then that of its town."""
    village = Office.objects.filter(kind=Office.Kind.VILLAGE, village=inspection.village_id)
    town = Office.objects.filter(kind=Office.Kind.TOWN, town=inspection.town_id)
    return [*village.order_by("name"), *town.order_by("name")]


def has_account(office: Office) -> bool:
    """Can anybody of ``office`` sign for an order here?"""
    return User.objects.filter(office=office, is_active=True, role__in=INSPECTED_ROLES).exists()


def default_day(round_: Round, day: dt.date | None = None) -> dt.date:
    """The deadline of an order issued on ``day`` (today when left out) where its drafter sets none."""
    days = int(parameter(round_, IMMEDIATE_DAYS_PARAMETER))
    return default_due(load_calendar(), day or clock.today(), days)


def origin_named(viewer: Any, kind: str, key: str) -> Any:
    """The paper an address names, if the viewer may see it; ``None`` otherwise."""
    if kind not in ORIGINS or not (pk := key_of(key)):
        return None
    rows = ORIGINS[kind][0].objects.visible_to(viewer)
    return rows.select_related("inspection__team", "inspection__village").filter(pk=pk).first()


def linked(origin: Any) -> dict[str, Any]:
    """The field that keeps ``origin``, with it."""
    return {field: origin for model, field in ORIGINS.values() if isinstance(origin, model)}


def first_words(viewer: Any, origin: Any) -> dict[str, Any]:
    """Words to begin with. Only a workpaper lends its own, with names struck out: a lead or a record of fieldwork
    may quote people, so what goes to the village is written anew.
    """
    if not isinstance(origin, Finding):
        return {}
    names = [*restricted_names(origin.inspection), *names_in_office(viewer, origin.inspection)]
    return {
        "title": masked(origin.title, names)[:_TITLE],
        "problem_brief": masked(origin.summary, names),
        "basis": masked("；".join(origin.basis), names)[:_BASIS],
    }


def restricted_names(inspection: VillageInspection) -> list[str]:
    """Persons in the restricted part of any workpaper of the village; they never go out."""
    return list(FindingPerson.objects.filter(inspection=inspection).values_list("name", flat=True))


def orders_from(viewer: Any, origin: Any) -> list[FixOrder]:
    """Orders drafted from a paper, or from a workpaper that stands in it now, the newest first."""
    rows = FixOrder.objects.visible_to(viewer).select_related("to_office")
    if isinstance(origin, Finding):
        rows = rows.filter(linked_finding__in=keys_within(viewer, origin))
    else:
        rows = rows.filter(**linked(origin))
    return list(rows.order_by("-id"))
