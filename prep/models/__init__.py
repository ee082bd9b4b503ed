"""Tables of preparation: the library of check points, the village's profile, and its list of what to look for."""

from prep.models.attention import AttentionDecision, PriorCount
from prep.models.knowledge import Body, CommitteeMember, Gender, ProjectState, VillageProject, YearFigure
from prep.models.library import CheckPoint, CheckPointLibrary
from prep.models.portrait import Portrait, PortraitKind, PortraitStatus
from prep.models.profile import AttentionClass, VillageProfile
from prep.models.traits import Trait, TraitWords
from prep.models.watch import Origin, Scope, WatchItem, WatchStatus

__all__ = [
    "AttentionClass",
    "AttentionDecision",
    "Body",
    "CheckPoint",
    "CheckPointLibrary",
    "CommitteeMember",
    "Gender",
    "Origin",
    "Portrait",
    "PortraitKind",
    "PortraitStatus",
    "PriorCount",
    "ProjectState",
    "Scope",
    "Trait",
    "TraitWords",
    "VillageProfile",
    "VillageProject",
    "WatchItem",
    "WatchStatus",
    "YearFigure",
]
