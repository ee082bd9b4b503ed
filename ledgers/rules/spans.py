"""Which years and months the books of a village reach over."""

from collections import defaultdict

from ledgers.rules.rows import Books


def months_seen(books: Books) -> dict[int, set[int]]:
    """The months of each year with at least one line; a line without a day stands for the whole year."""
    months: dict[int, set[int]] = defaultdict(set)
    for entry in books.entries:
        months[entry.year] |= {entry.day.month} if entry.day else {1, 12}
    return dict(months)


def whole_years(books: Books) -> set[int]:
    """The years whose books reach from the first months to the last: a half year is not compared with a whole."""
    return {
        year
        for year, seen in months_seen(books).items()
        if min(seen) <= 3 and max(seen) >= 10 and year < books.today.year
    }
