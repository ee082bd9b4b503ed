"""Which household a person belongs to: after the register of households, else as the sheet says."""

from collections import defaultdict

from ledgers.rules.persons import plain
from ledgers.rules.rows import Books, Listed


class Homes:
    """The households of a village, each named by its head."""

    def __init__(self, books: Books) -> None:
        self._by_mark: dict[str, Listed] = {}
        self._by_name: dict[str, list[Listed]] = defaultdict(list)
        for row in books.lists:
            if row.kind == "household":
                self._by_name[plain(row.name)].append(row)
                if row.mark:
                    self._by_mark[row.mark] = row

    def of(self, name: str, mark: str, head: str) -> str:
        """The head of the household: by the person's mark, the name where one bears it, or the head as written."""
        row = self._by_mark.get(mark) or self._only(name) or self._only(head)
        return plain(row.head or row.name) if row else plain(head or name)

    def _only(self, name: str) -> Listed | None:
        rows = self._by_name.get(plain(name), [])
        return rows[0] if len(rows) == 1 else None
