"""Tables of preparation: the library of check points, the village's profile, and its list of what to look for."""

from prep.models.library import CheckPoint, CheckPointLibrary, Trait
from prep.models.profile import AttentionClass, CommitteeMember, Gender, VillageProfile, YearFigure
from prep.models.watch import Origin, Scope, WatchItem, WatchStatus

__all__ = [
    "AttentionClass",
    "CheckPoint",
    "CheckPointLibrary",
    "CommitteeMember",
    "Gender",
    "Origin",
    "Scope",
    "Trait",
    "VillageProfile",
    "WatchItem",
    "WatchStatus",
    "YearFigure",
]
