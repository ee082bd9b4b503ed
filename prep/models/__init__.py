"""Tables of preparation: the library of check points, the village's profile, and its list of what to look for."""

from prep.models.attention import AttentionDecision, PriorCount
from prep.models.duties import DutyPart, DutyPlan, VisitCount
from prep.models.form_sets import FormSet, PaperKeeper
from prep.models.knowledge import Body, CommitteeMember, Gender, ProjectState, VillageProject, YearFigure
from prep.models.letters import (
    WAITING,
    AskedDepartment,
    DataLetter,
    LetterReply,
    LetterStatus,
    Marking,
    ReplyFile,
)
from prep.models.library import CheckPoint, CheckPointLibrary, LibraryImport
from prep.models.meetings import FocusMeeting, MeetingFile, MeetingKind, MeetingStatus, MeetingVillage
from prep.models.official import OfficialPaper, PaperKind, PaperStatus, TeamContact
from prep.models.outline import Outline, OutlineLine, OutlineStatus, QuestionOrigin
from prep.models.plan import PlanStatus, PlanStop, RoundPlan
from prep.models.portrait import Portrait, PortraitKind, PortraitStatus
from prep.models.profile import AttentionClass, VillageProfile
from prep.models.rulebook import Regulation, RegulationEdition, RegulationLevel, RuleBookImport
from prep.models.targets import BankQuestion, QuestionBank, Section, TargetCategory, TargetKind
from prep.models.traits import Trait, TraitWords
from prep.models.watch import Origin, Scope, WatchItem, WatchStatus

__all__ = [
    "WAITING",
    "AskedDepartment",
    "AttentionClass",
    "AttentionDecision",
    "BankQuestion",
    "Body",
    "CheckPoint",
    "CheckPointLibrary",
    "CommitteeMember",
    "DataLetter",
    "DutyPart",
    "DutyPlan",
    "FocusMeeting",
    "FormSet",
    "Gender",
    "LetterReply",
    "LetterStatus",
    "LibraryImport",
    "Marking",
    "MeetingFile",
    "MeetingKind",
    "MeetingStatus",
    "MeetingVillage",
    "OfficialPaper",
    "Origin",
    "Outline",
    "OutlineLine",
    "OutlineStatus",
    "PaperKeeper",
    "PaperKind",
    "PaperStatus",
    "PlanStatus",
    "PlanStop",
    "Portrait",
    "PortraitKind",
    "PortraitStatus",
    "PriorCount",
    "ProjectState",
    "QuestionBank",
    "QuestionOrigin",
    "Regulation",
    "RegulationEdition",
    "RegulationLevel",
    "ReplyFile",
    "RoundPlan",
    "RuleBookImport",
    "Scope",
    "Section",
    "TargetCategory",
    "TargetKind",
    "TeamContact",
    "Trait",
    "TraitWords",
    "VillageProfile",
    "VillageProject",
    "VisitCount",
    "WatchItem",
    "WatchStatus",
    "YearFigure",
]
