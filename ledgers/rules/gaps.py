"""Which years are missing among the sheets of a file."""

from collections import defaultdict
from collections.abc import Iterable

from ledgers.rules.reading.sheet import Sheet
from ledgers.rules.reading.years import years_in

# Kinds whose rows each belong to a year.
YEARLY = frozenset({"entries", "balances", "debts", "benefits", "disclosures"})


def years_missing(sheets: Iterable[Sheet]) -> dict[str, list[str]]:
    """By kind of sheet, a sentence for each run of years the file should have and has not.

    It should have the years its titles name and those between the first and the last year of its rows.
    """
    there: dict[str, set[int]] = defaultdict(set)
    named: dict[str, set[int]] = defaultdict(set)
    for sheet in sheets:
        if sheet.kind.code in YEARLY:
            there[sheet.kind.code] |= _years(sheet)
            named[sheet.kind.code] |= years_in(sheet.title)
    return {kind: told for kind, years in there.items() if (told := _told(years, named[kind]))}


def _years(sheet: Sheet) -> set[int]:
    found = {line.values["day"].year for line in sheet.rows if "day" in line.values}
    found |= {line.values["year"] for line in sheet.rows if "year" in line.values}
    found |= {line.values["paid_on"].year for line in sheet.rows if "paid_on" in line.values}
    return found or ({sheet.year} if sheet.year else set())


def _told(there: set[int], named: set[int]) -> list[str]:
    if not there:
        return []
    wanted = set(range(min(there), max(there) + 1)) | named
    return [
        f"没有{first}年的内容。" if first == last else f"没有{first}年至{last}年的内容。"
        for first, last in runs(wanted - there)
    ]


def runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Years in a row as (first, last)."""
    found: list[tuple[int, int]] = []
    for year in sorted(years):
        if found and found[-1][1] == year - 1:
            found[-1] = found[-1][0], year
        else:
            found.append((year, year))
    return found
