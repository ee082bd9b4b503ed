"""The rule book in words, as it goes into a workbook."""

import datetime as dt
from typing import Any

from prep.documents.rulebook import BookRow, BookSheet
from prep.models import RegulationEdition

_OFFICE = "区委巡察办"


def rule_sheet(viewer: Any, day: dt.date, *, blank: bool = False) -> BookSheet:
    """Every edition of every rule in use, or an empty form."""
    if blank:
        return BookSheet(day=day, office=_OFFICE, rows=())
    rows = RegulationEdition.objects.visible_to(viewer).filter(regulation__active=True)
    joined = rows.select_related("regulation", "replaced_by__regulation")
    ordered = joined.order_by("regulation__title", "regulation", "from_day")
    return BookSheet(day=day, office=_OFFICE, rows=tuple(map(_row, ordered)))


def _row(edition: RegulationEdition) -> BookRow:
    rule, later = edition.regulation, edition.replaced_by
    elsewhere = later is not None and later.regulation_id != edition.regulation_id
    return BookRow(
        title=rule.title, aliases=rule.aliases, level=rule.get_level_display(), issuer=rule.issuer,
        category=rule.category, name=edition.name, doc_no=edition.doc_no, from_day=edition.from_day,
        until_day=edition.until_day, successor=later.regulation.title if later and elsewhere else "",
        articles=edition.articles, edition_note=edition.note, note=rule.note,
    )  # fmt: skip
