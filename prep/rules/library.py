"""Who keeps the library of check points: the office, in a draft; what is or was in use stands still."""

from typing import Any

from core.audit import SystemActor
from core.staging import owns
from core.verdict import ALLOW, Verdict, deny
from prep.models import CheckPointLibrary, LibraryImport
from villages.access import is_office

Status = CheckPointLibrary.Status


def can_keep(user: Any, library: CheckPointLibrary | None = None) -> Verdict:
    """Copy, change and publish versions of the library: the office."""
    if isinstance(user, SystemActor) or is_office(user):
        return ALLOW
    return deny("监督要点库由巡察办维护。", visible=False)


def can_edit_library(user: Any, library: CheckPointLibrary) -> Verdict:
    """Change a version: only a draft; lists have been drawn from every other."""
    allowed = can_keep(user)
    if allowed and library.status != Status.DRAFT:
        return deny(f"第{library.version}版{library.get_status_display()}，只读。要改动请先复制为新的草稿。")
    return allowed


def can_publish(user: Any, library: CheckPointLibrary) -> Verdict:
    """Put a draft in use: it must hold something to check."""
    allowed = can_keep(user)
    if allowed and not library.points.filter(active=True).exists():
        return deny("草稿里没有启用的要点，不能启用。")
    return allowed


def can_decide_import(user: Any, staged: LibraryImport) -> Verdict:
    """Confirm or drop a preview: who uploaded the file, while the draft is one."""
    return owns(user, staged) and can_keep(user)
