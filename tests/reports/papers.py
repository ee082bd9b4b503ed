"""Rows of earlier stages that a report stands on, written directly."""

import datetime as dt
import itertools
from decimal import Decimal

from findings.models import CommonGroup, CommonMember, Finding, FindingPerson
from tests.factories import make_inspection, make_village
from villages.models import Category, spine

_serial = itertools.count(1)


def category(cast, code):
    return Category.objects.get(scheme=cast.scheme, code=code)


def make_finding(cast, inspection=None, code="E", amount=None, **over):
    """A signed problem workpaper that is meant for the report."""
    n = next(_serial)
    values = {
        **spine(inspection or cast.inspection),
        "no": f"青巡2026-1-1-201-DG-{n:04d}",
        "prepared_on": dt.date(2026, 3, 18),
        "title": "白条入账",
        "category": category(cast, code),
        "commonality": "individual",
        "severity": "key",
        "amount": None if amount is None else Decimal(amount),
        "summary": "2023年至2025年白条入账12笔",
        "root_cause": "报账员审核不严",
        "responsibility": ["duty", "main"],
        "disposal": "report",
        "handler": cast.member,
        "status": "signed",
        "evidence_count": 2,
    }
    finding = Finding.objects.create(**values | over)
    if finding.commonality == "common":
        make_common(finding)
    return finding


def make_common(finding):
    """Put a paper into the accepted common problem of its title."""
    accepted = {"status": "accepted", "accepted_on": dt.date(2026, 3, 20)}
    group, _ = CommonGroup.objects.get_or_create(round=finding.round, name=finding.title, defaults=accepted)
    place = {name: getattr(finding, name) for name in ("inspection", "round", "team", "village", "town")}
    return CommonMember.objects.create(**place, group=group, finding=finding, sure=True)


def name_person(finding, name):
    """Somebody concerned by the problem, in the restricted table."""
    return FindingPerson.objects.create(
        inspection=finding.inspection,
        round=finding.round,
        team=finding.team,
        village=finding.village,
        town=finding.town,
        finding=finding,
        name=name,
        post="报账员",
    )


def more_villages(cast, *names):
    """Further villages of the cast's own team and town, each in this round."""
    return [
        make_inspection(cast.team, make_village(cast.town_place, name=name), town=cast.town_place)
        for name in names
    ]
