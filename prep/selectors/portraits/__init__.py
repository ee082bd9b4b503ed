"""Portraits: what they ask, how they are read back, and how they stand beside the profile."""

from prep.selectors.portraits.cells import PortraitCell, read_cell, worded
from prep.selectors.portraits.checking import check_cells, gaps, named_row
from prep.selectors.portraits.compare import (
    CompareRow,
    Comparison,
    cells_of,
    compare,
    label_of,
    newest_portraits,
    portrait_rows,
    portrait_tables,
    present_rows,
    understood,
)
from prep.selectors.portraits.fields import ABOUT, MEMBERS, PROJECTS, YEARS, ask_of
from prep.selectors.portraits.prefill import portrait_facts
from prep.selectors.portraits.reading import PortraitReading, read_portrait

__all__ = [
    "ABOUT",
    "MEMBERS",
    "PROJECTS",
    "YEARS",
    "CompareRow",
    "Comparison",
    "PortraitCell",
    "PortraitReading",
    "ask_of",
    "cells_of",
    "check_cells",
    "compare",
    "gaps",
    "label_of",
    "named_row",
    "newest_portraits",
    "portrait_facts",
    "portrait_rows",
    "portrait_tables",
    "present_rows",
    "read_cell",
    "read_portrait",
    "understood",
    "worded",
]
