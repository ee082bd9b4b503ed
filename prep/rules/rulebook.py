"""Who keeps the rule book: the office. Everybody on the inspecting side reads it."""

from typing import Any

from core.audit import SystemActor
from core.staging import owns
from core.verdict import ALLOW, Verdict, deny
from prep.models import RuleBookImport
from villages.access import is_office


def can_keep_book(user: Any) -> Verdict:
    """Add rules and editions, end them, import: the office."""
    if isinstance(user, SystemActor) or is_office(user):
        return ALLOW
    return deny("法规制度库由巡察办维护。", visible=False)


def can_decide_book_import(user: Any, staged: RuleBookImport) -> Verdict:
    """Confirm or drop a preview: who uploaded the file."""
    return owns(user, staged) and can_keep_book(user)
