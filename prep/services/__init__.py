"""Every write of preparation, one module per noun."""

from prep.services.duties import count_visits, plan_duty, withdraw_visits
from prep.services.form_sets import (
    MAKE,
    keep_form_set,
    name_keepers,
    note_form_set_download,
    receive_form_set,
    request_round_set,
    request_team_set,
    request_village_set,
    set_copies,
)
from prep.services.library import (
    copy_library,
    drop_library,
    edit_library,
    load_library,
    publish_library,
    request_library_sheet,
)
from prep.services.library_import import commit_library_import, discard_library_import, stage_library_import
from prep.services.outlines import (
    draw_outline,
    drop_outline,
    finalise_outline,
    follow_outline,
    request_outlines,
    save_outline,
    supplement_outline,
)
from prep.services.plan import apply_plan, discard_plan, make_plan, request_plan_workbook
from prep.services.plan_moves import pin_team, place_stop, reorder_stop, unpin_stop
from prep.services.points import POINT_FIELDS, add_point, edit_point, move_point, set_point_active
from prep.services.profile import save_profile
from prep.services.questions import (
    KIND_FIELDS,
    add_target_kind,
    edit_target_kind,
    load_question_bank,
    seed_target_kinds,
)
from prep.services.seeding import WatchSeed, seed_watch_items
from prep.services.stage import finish_preparation
from prep.services.traits import add_trait, edit_trait
from prep.services.watch import (
    EDITABLE,
    add_watch_item,
    assign_watch_items,
    clear_watch_items,
    conclude_watch_item,
    draw_watch_list,
    edit_watch_item,
    reopen_watch_item,
    request_watch_sheet,
)

__all__ = [
    "EDITABLE",
    "KIND_FIELDS",
    "MAKE",
    "POINT_FIELDS",
    "WatchSeed",
    "add_point",
    "add_target_kind",
    "add_trait",
    "add_watch_item",
    "apply_plan",
    "assign_watch_items",
    "clear_watch_items",
    "commit_library_import",
    "conclude_watch_item",
    "copy_library",
    "count_visits",
    "discard_library_import",
    "discard_plan",
    "draw_outline",
    "draw_watch_list",
    "drop_library",
    "drop_outline",
    "edit_library",
    "edit_point",
    "edit_target_kind",
    "edit_trait",
    "edit_watch_item",
    "finalise_outline",
    "finish_preparation",
    "follow_outline",
    "keep_form_set",
    "load_library",
    "load_question_bank",
    "make_plan",
    "move_point",
    "name_keepers",
    "note_form_set_download",
    "pin_team",
    "place_stop",
    "plan_duty",
    "publish_library",
    "receive_form_set",
    "reopen_watch_item",
    "reorder_stop",
    "request_library_sheet",
    "request_outlines",
    "request_plan_workbook",
    "request_round_set",
    "request_team_set",
    "request_village_set",
    "request_watch_sheet",
    "save_outline",
    "save_profile",
    "seed_target_kinds",
    "seed_watch_items",
    "set_copies",
    "set_point_active",
    "stage_library_import",
    "supplement_outline",
    "unpin_stop",
    "withdraw_visits",
]
