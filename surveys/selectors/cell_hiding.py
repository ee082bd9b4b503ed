"""Which cells of a table of counts (groups × marks) must be hidden so that no small one can be worked out.

The reader knows every total: how many ballots each group cast and how often each mark was given. A cell of 1 to
``least``−1, and every cell of a group too small to be looked at, is hidden; then others, the smallest first, until no
hidden cell can be computed from the totals and the cells that are shown.
"""

from collections import Counter
from collections.abc import Mapping

Cell = tuple[str, str]


def hidden_cells(
    table: Mapping[str, Counter[str]], marks: list[str], least: int, small_row: int
) -> set[Cell]:
    """The cells to hide, as ``(group, mark)``. ``small_row``: a group of fewer ballots shows none of its cells."""
    values = {(group, mark): table[group][mark] for group in table for mark in marks}
    closed = {group for group in table if table[group].total() < small_row}
    hidden = {cell for cell, count in values.items() if cell[0] in closed or 0 < count < least}
    told = {cell for cell in hidden if _told(values[cell], cell[0] in closed, least)}
    while (more := _next(_bare(told, values, hidden), values, hidden)) is not None:
        hidden.add(more)
    return _without_idle(told, closed, values, hidden)


def _bare(told: set[Cell], values: dict[Cell, int], hidden: set[Cell]) -> list[Cell]:
    """Cells that must not be known and still can be worked out."""
    return [cell for cell in told if _fixed(cell, values, hidden)]


def _without_idle(told: set[Cell], closed: set[str], values: dict[Cell, int], hidden: set[Cell]) -> set[Cell]:
    """Show again, the largest first, what protects nothing."""
    left = set(_bare(told, values, hidden))
    for cell in sorted(hidden - told, key=lambda cell: (-values[cell], cell)):
        fewer = hidden - {cell}
        if cell[0] not in closed and set(_bare(told, values, fewer)) <= left:
            hidden = fewer
    return hidden


def _told(count: int, closed: bool, least: int) -> bool:
    """Would this number say what a few people did?"""
    return 0 < count < least or (closed and count > 0)


def _next(bare: list[Cell], values: dict[Cell, int], hidden: set[Cell]) -> Cell | None:
    """The smallest shown cell that shares a row or a column with one that can still be worked out.

    A cell of none goes last: whoever knows the total of its mark may know it anyway.
    """
    rows, columns = {group for group, _ in bare}, {mark for _, mark in bare}
    near = [cell for cell in values if cell not in hidden and (cell[0] in rows or cell[1] in columns)]
    if bare and not near:
        near = [cell for cell in values if cell not in hidden]
    return min(near, key=lambda cell: (values[cell] == 0, values[cell], cell)) if bare and near else None


def _fixed(cell: Cell, values: dict[Cell, int], hidden: set[Cell]) -> bool:
    """Has the cell one value only in every table with these totals and shown cells?

    Another value exists just when some hidden cells on a closed way (along a row, down a column, and so on) can be
    raised and lowered in turn without one falling below zero.
    """
    others = hidden - {cell}
    group, mark = cell
    rises = _reaches(("mark", mark), ("group", group), others, values)
    falls = values[cell] > 0 and _reaches(("group", group), ("mark", mark), others, values)
    return not (rises or falls)


def _reaches(start: Cell, goal: Cell, hidden: set[Cell], values: dict[Cell, int]) -> bool:
    """Is there a way from a mark to a group (or back) on which every other cell rises and the ones between fall?"""
    seen, edge = {start}, [start]
    while edge:
        kind, name = edge.pop()
        if kind == "mark":
            # Down this column: a cell that can fall makes room for one that rises.
            steps = [("group", group) for group, mark in hidden if mark == name and values[group, mark] > 0]
        else:
            steps = [("mark", mark) for group, mark in hidden if group == name]
        for step in steps:
            if step == goal:
                return True
            if step not in seen:
                seen.add(step)
                edge.append(step)
    return False
