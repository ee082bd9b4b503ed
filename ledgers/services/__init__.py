"""Writes of a village's books: files taken in, its figures, what the checks found, what people decided about it."""

from ledgers.services.checking import check_village
from ledgers.services.figures import keep_figures, request_figures, request_pictures
from ledgers.services.mapping import map_columns, store_mapped
from ledgers.services.reading import finish_reading, forget_reading, store_reading, store_sheet
from ledgers.services.runs import recheck_village, request_check
from ledgers.services.settling import dismiss_story, mark_led, reopen_story
from ledgers.services.sheets import confirm_sheet, confirm_undoubted, discard_sheet, withdraw_sheet
from ledgers.services.taking import take_in

__all__ = [
    "check_village",
    "confirm_sheet",
    "confirm_undoubted",
    "discard_sheet",
    "dismiss_story",
    "finish_reading",
    "forget_reading",
    "keep_figures",
    "map_columns",
    "mark_led",
    "recheck_village",
    "reopen_story",
    "request_check",
    "request_figures",
    "request_pictures",
    "store_mapped",
    "store_reading",
    "store_sheet",
    "take_in",
    "withdraw_sheet",
]
