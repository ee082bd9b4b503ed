"""Rules and editions for tests, made through the product's own services."""

import datetime as dt

from core.audit import SYSTEM
from prep import services
from prep.models import Regulation, RegulationEdition

DISCIPLINE = "中国共产党纪律处分条例"


def day(text):
    return dt.date.fromisoformat(text) if text else None


def make_rule(title, *editions, actor=SYSTEM, **over):
    """A rule with editions, each ``(first, last)`` or ``first`` alone: then it lasts until the next one."""
    terms = [(edition, "") if isinstance(edition, str) else edition for edition in editions]
    (first, last), *later = terms
    row = services.add_regulation(
        actor=actor,
        values={"title": title, "level": "norm"} | over,
        edition={"from_day": day(first), "until_day": day(last)},
    )
    for begin, end in later:
        services.add_edition(
            actor=actor, regulation=row, values={"from_day": day(begin), "until_day": day(end)}
        )
    return Regulation.objects.get(pk=row.pk)


def edition(title, first):
    return RegulationEdition.objects.select_related("regulation").get(
        regulation__title=title, from_day=day(first)
    )


def discipline():
    """The discipline regulations in their three editions."""
    return make_rule(
        DISCIPLINE, "2016-01-01", "2018-10-01", "2024-01-01", level="party", aliases="纪律处分条例"
    )


def accounting():
    """A rule under a new name, and the one it took the place of."""
    old = make_rule("村集体经济组织会计制度", "2005-01-01")
    new = make_rule("农村集体经济组织会计制度", "2024-01-01")
    last = edition(old.title, "2005-01-01")
    services.end_edition(
        actor=SYSTEM,
        edition=last,
        revision=last.revision,
        until_day=day("2023-12-31"),
        replaced_by=edition(new.title, "2024-01-01"),
    )
    return old, new
