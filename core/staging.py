"""The way of an upload that is staged, previewed, and confirmed or given up by its owner."""

from collections.abc import Callable
from typing import Any

from core.models.staging import StagedState
from core.verdict import ALLOW, Verdict, deny
from core.workflow import Transition, Workflow


def owns(user: Any, staged: Any) -> Verdict:
    """Confirm or give up a preview: who uploaded the file."""
    return ALLOW if staged.owner_id == user.pk else deny("只有上传人可以确认或放弃这次导入。")


def staging_workflow(
    verb_prefix: str,
    *,
    commit: Callable[[Any, Any], Verdict] = owns,
    discard: Callable[[Any, Any], Verdict] = owns,
) -> Workflow:
    """The one table of staged imports; an app names its verbs and says what more a confirmation asks for."""
    waiting = frozenset({StagedState.STAGED})
    return Workflow(
        field="state",
        states=StagedState,
        verb_prefix=verb_prefix,
        transitions=[
            Transition("commit", "确认导入", waiting, StagedState.COMMITTED, commit, style="primary"),
            Transition("discard", "放弃", waiting, StagedState.DISCARDED, discard),
        ],
    )
