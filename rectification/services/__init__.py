"""Every write of the rectification stage."""

from rectification.services.items import create_items_from_feedback
from rectification.services.order_parts import (
    add_order_files,
    ask_extension,
    decide_extension,
    lapse_extensions,
    note_order_file,
    receive_order,
    report_order,
    take_order_file_away,
    verify_order,
)
from rectification.services.order_requests import (
    note_order_copy,
    request_order_paper,
    request_order_register,
)
from rectification.services.orders import (
    ORDER_FIELDS,
    correct_order,
    discard_order,
    draft_order,
    edit_order,
    issue_order,
    send_back_order,
    submit_order,
    withdraw_order,
)
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
    "ORDER_FIELDS",
    "acknowledge_item",
    "add_order_files",
    "ask_extension",
    "assign_village",
    "close_item",
    "correct_order",
    "create_items_from_feedback",
    "decide_extension",
    "discard_order",
    "draft_order",
    "edit_order",
    "issue_order",
    "lapse_extensions",
    "note_download",
    "note_letter",
    "note_order_copy",
    "note_order_file",
    "receive_order",
    "report_done",
    "report_order",
    "report_progress",
    "request_ledger",
    "request_order_paper",
    "request_order_register",
    "return_item",
    "send_back_order",
    "submit_order",
    "submit_plan",
    "take_order_file_away",
    "verify_item",
    "verify_order",
    "withdraw_order",
]
