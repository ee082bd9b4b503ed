"""Who may do what in the rectification stage; the rules of instant-fix orders stand in ``rules.order``."""

from rectification.rules.item import (
    IMMEDIATE_DAYS_PARAMETER,
    MONTHS_PARAMETER,
    VERIFIERS,
    can_acknowledge,
    can_assign_village,
    can_browse,
    can_close,
    can_make_items,
    can_report_progress,
    can_use_portal,
    can_verify,
    is_assigned_village,
    is_owner,
)

__all__ = [
    "IMMEDIATE_DAYS_PARAMETER",
    "MONTHS_PARAMETER",
    "VERIFIERS",
    "can_acknowledge",
    "can_assign_village",
    "can_browse",
    "can_close",
    "can_make_items",
    "can_report_progress",
    "can_use_portal",
    "can_verify",
    "is_assigned_village",
    "is_owner",
]
