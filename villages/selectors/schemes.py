"""Where a code of the five aspects belongs in the category scheme of a round."""

from villages.models import Category, Round
from villages.models.reference_data import SCHEME_CODE


class CategoryMap:
    """Finds the category of one round for codes written in the scheme ``written_in``. One query."""

    def __init__(self, round_: Round, written_in: str = SCHEME_CODE) -> None:
        rows = list(Category.objects.filter(scheme=round_.scheme_id).select_related("scheme"))
        self._own = {row.code: row for row in rows} if rows and rows[0].scheme.code == written_in else {}
        self._covering: dict[str, Category] = {}
        # Second levels last: the finer category wins where both cover a code.
        for row in sorted(rows, key=lambda row: row.parent_id is not None):
            for code in row.covers:
                known = self._covering.get(code)
                if known is None or known.parent_id is None:
                    self._covering[code] = row

    def find(self, code: str) -> Category | None:
        """The category for ``code``, else for its first level (``E`` for ``E6``), else ``None``."""
        for wanted in (code, code[:1]):
            if found := self._own.get(wanted) or self._covering.get(wanted):
                return found
        return None
