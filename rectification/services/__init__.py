"""Every write of the rectification stage."""

from rectification.services.items import create_items_from_feedback
from rectification.services.owner import (
    acknowledge_item,
    assign_village,
    report_done,
    report_progress,
    submit_plan,
)
from rectification.services.papers import note_download, note_letter, request_ledger
from rectification.services.verification import close_item, return_item, verify_item

__all__ = [
    "acknowledge_item",
    "assign_village",
    "close_item",
    "create_items_from_feedback",
    "note_download",
    "note_letter",
    "report_done",
    "report_progress",
    "request_ledger",
    "return_item",
    "submit_plan",
    "verify_item",
]
