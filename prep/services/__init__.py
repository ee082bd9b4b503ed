"""Every write of preparation, one module per noun."""

from prep.services.duties import count_visits, plan_duty, withdraw_visits
from prep.services.library import load_library
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
    conclude_watch_item,
    draw_watch_list,
    edit_watch_item,
    reopen_watch_item,
)

__all__ = [
    "EDITABLE",
    "KIND_FIELDS",
    "WatchSeed",
    "add_target_kind",
    "add_trait",
    "add_watch_item",
    "apply_plan",
    "assign_watch_items",
    "conclude_watch_item",
    "count_visits",
    "discard_plan",
    "draw_outline",
    "draw_watch_list",
    "drop_outline",
    "edit_target_kind",
    "edit_trait",
    "edit_watch_item",
    "finalise_outline",
    "finish_preparation",
    "follow_outline",
    "load_library",
    "load_question_bank",
    "make_plan",
    "pin_team",
    "place_stop",
    "plan_duty",
    "reopen_watch_item",
    "reorder_stop",
    "request_outlines",
    "request_plan_workbook",
    "save_outline",
    "save_profile",
    "seed_target_kinds",
    "seed_watch_items",
    "supplement_outline",
    "unpin_stop",
    "withdraw_visits",
]
