"""Every write of the report stage."""

from reports.services.drafts import (
    accept_generated,
    add_statement,
    correct_amount,
    edit_statement,
    keep_wording,
    move_statement,
    remove_statement,
)
from reports.services.early import (
    draft_early_letter,
    edit_early_letter,
    request_early_letter,
    step_early_letter,
)
from reports.services.feedback import issue_feedback
from reports.services.papers import (
    note_download,
    request_feedback,
    request_report,
    request_town_list,
    request_village_list,
)
from reports.services.reports import (
    advance_report,
    finish_reporting,
    issue_report,
    open_report,
    refresh_report,
    rename_report,
    return_report,
)

__all__ = [
    "accept_generated",
    "add_statement",
    "advance_report",
    "correct_amount",
    "draft_early_letter",
    "edit_early_letter",
    "edit_statement",
    "finish_reporting",
    "issue_feedback",
    "issue_report",
    "keep_wording",
    "move_statement",
    "note_download",
    "open_report",
    "refresh_report",
    "remove_statement",
    "rename_report",
    "request_early_letter",
    "request_feedback",
    "request_report",
    "request_town_list",
    "request_village_list",
    "return_report",
    "step_early_letter",
]
