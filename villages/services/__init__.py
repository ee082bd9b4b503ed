"""Every write of the shared model, one module per noun."""

from villages.services.account_import import (
    FirstPassword,
    commit_account_import,
    import_accounts,
    stage_account_import,
)
from villages.services.accounts import (
    change_own_password,
    create_office,
    create_user,
    deactivate,
    note_failed_sign_in,
    note_sign_in,
    reactivate,
    reset_password,
    update_office,
    update_user,
)
from villages.services.calendar import remove_calendar_day, set_calendar_days
from villages.services.handover import hand_over
from villages.services.numbering import next_form_number
from villages.services.places import create_village, restore_village, retire_village, update_village
from villages.services.pledges import publish_pledge, remind_to_sign, request_pledge_paper, sign_pledge
from villages.services.recusals import (
    add_work_history,
    approve_exception,
    declare_recusal,
    remove_work_history,
    revoke_exception,
    withdraw_recusal,
)
from villages.services.reference import seed_reference, set_district
from villages.services.rounds import (
    close_round,
    create_round,
    open_round,
    reopen_round,
    set_parameter,
    update_parameter,
    update_round,
)
from villages.services.schemes import copy_scheme, save_scheme, seed_schemes
from villages.services.stages import advance_stage, step_back
from villages.services.teams import (
    add_member,
    assign_village,
    create_team,
    move_assignment,
    remove_member,
    update_assignment,
    update_member,
    update_team,
    withdraw_assignment,
)
from villages.services.village_import import (
    commit_village_import,
    discard_import,
    import_villages,
    stage_village_import,
)

__all__ = [
    "FirstPassword",
    "add_member",
    "add_work_history",
    "advance_stage",
    "approve_exception",
    "assign_village",
    "change_own_password",
    "close_round",
    "commit_account_import",
    "commit_village_import",
    "copy_scheme",
    "create_office",
    "create_round",
    "create_team",
    "create_user",
    "create_village",
    "deactivate",
    "declare_recusal",
    "discard_import",
    "hand_over",
    "import_accounts",
    "import_villages",
    "move_assignment",
    "next_form_number",
    "note_failed_sign_in",
    "note_sign_in",
    "open_round",
    "publish_pledge",
    "reactivate",
    "remind_to_sign",
    "remove_calendar_day",
    "remove_member",
    "remove_work_history",
    "reopen_round",
    "request_pledge_paper",
    "reset_password",
    "restore_village",
    "retire_village",
    "revoke_exception",
    "save_scheme",
    "seed_reference",
    "seed_schemes",
    "set_calendar_days",
    "set_district",
    "set_parameter",
    "sign_pledge",
    "stage_account_import",
    "stage_village_import",
    "step_back",
    "update_assignment",
    "update_member",
    "update_office",
    "update_parameter",
    "update_round",
    "update_team",
    "update_user",
    "update_village",
    "withdraw_assignment",
    "withdraw_recusal",
]
