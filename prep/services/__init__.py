"""Every write of preparation, one module per noun."""

from prep.services.library import load_library
from prep.services.profile import save_profile
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
    "WatchSeed",
    "add_trait",
    "add_watch_item",
    "assign_watch_items",
    "conclude_watch_item",
    "draw_watch_list",
    "edit_trait",
    "edit_watch_item",
    "finish_preparation",
    "load_library",
    "reopen_watch_item",
    "save_profile",
    "seed_watch_items",
]
