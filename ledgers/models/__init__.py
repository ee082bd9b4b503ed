"""Tables of a village's books: files as they came, sheets, rows, mappings learnt from people, the village's stamp."""

from ledgers.models.figures import VillageFigures
from ledgers.models.hit import LedgerHit, LedgerRun, LedgerStory, StoryStatus, Weight
from ledgers.models.mapping import LearnedMapping
from ledgers.models.row import LedgerRow
from ledgers.models.sheet import LedgerKind, LedgerSheet, SheetStatus
from ledgers.models.source import LedgerSource
from ledgers.models.stamp import LedgerStamp

__all__ = [
    "LearnedMapping",
    "LedgerHit",
    "LedgerKind",
    "LedgerRow",
    "LedgerRun",
    "LedgerSheet",
    "LedgerSource",
    "LedgerStamp",
    "LedgerStory",
    "SheetStatus",
    "StoryStatus",
    "VillageFigures",
    "Weight",
]
