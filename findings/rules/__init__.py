"""Who may do what with a workpaper, and what a paper still lacks. The reasons are shown to people as they are."""

from findings.rules.content import (
    EDITABLE,
    checked_values,
    missing_parts,
    missing_sentence,
    missing_talk_parts,
)
from findings.rules.finding import (
    can_comment,
    can_delete,
    can_edit,
    can_file,
    can_restore,
    can_return,
    can_see_persons,
    can_sign_deputy,
    can_sign_handler,
    can_sign_leader,
    can_withdraw,
    may_submit,
)
from findings.rules.membership import can_browse, can_create, can_finish, writes_in
from findings.rules.talk import (
    can_delete_talk,
    can_edit_talk,
    can_restore_talk,
    can_return_talk,
    can_sign_talk,
    can_submit_talk,
)

__all__ = [
    "EDITABLE",
    "can_browse",
    "can_comment",
    "can_create",
    "can_delete",
    "can_delete_talk",
    "can_edit",
    "can_edit_talk",
    "can_file",
    "can_finish",
    "can_restore",
    "can_restore_talk",
    "can_return",
    "can_return_talk",
    "can_see_persons",
    "can_sign_deputy",
    "can_sign_handler",
    "can_sign_leader",
    "can_sign_talk",
    "can_submit_talk",
    "can_withdraw",
    "checked_values",
    "may_submit",
    "missing_parts",
    "missing_sentence",
    "missing_talk_parts",
    "writes_in",
]
