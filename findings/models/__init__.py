"""Workpapers of stage three: talks, problem workpapers with their evidence, and the signatures under them."""

from findings.models.box import BoxMessage, BoxThread, PetitionBox
from findings.models.choices import (
    Commonality,
    Discipline,
    Disposal,
    FindingStatus,
    MaterialForm,
    Responsibility,
    Severity,
    SignRole,
    SourceKind,
    TalkStatus,
)
from findings.models.clue import (
    Clue,
    ClueDisposal,
    ClueFile,
    ClueMode,
    ClueReader,
    ClueStatus,
    ClueStep,
)
from findings.models.common import CommonDecision, CommonGroup, CommonIndex, CommonMember, GroupStatus
from findings.models.documents import Loan, LoanStatus, Material, Owner
from findings.models.evidence import EvidenceItem
from findings.models.field import FieldFile, FieldPaper
from findings.models.field_kinds import SPECS, Column, FieldKind, FieldSpec, Part
from findings.models.finding import Comment, DiscoveryStep, Finding, FindingPerson
from findings.models.imports import FindingImport
from findings.models.lead import Lead, LeadCheck, LeadSource, LeadStatus
from findings.models.look import Look
from findings.models.minutes import Minutes
from findings.models.petition import (
    Channel,
    OpinionStep,
    Petition,
    PetitionDisposal,
    PetitionKind,
    PetitionOpinion,
    PetitionStatus,
)
from findings.models.sealed import (
    Custodian,
    Opening,
    OpeningStatus,
    RecoveryKey,
    SealedField,
    SealedKey,
    SealedPacket,
    SealedPart,
)
from findings.models.signature import FieldSignature, Signature, TableSignature, TalkSignature
from findings.models.table import SurveyTable, TableImport
from findings.models.table_kinds import TABLES, TableColumn, TableKind, TableSpec
from findings.models.talk import Talk, TalkPoint
from findings.models.thread import ProblemThread, ThreadPaper, ThreadRefusal
from findings.models.tip import Tip, TipStatus, TipUse
from findings.models.topic import Topic, TopicPaper
from prep.models import TargetCategory

__all__ = [
    "SPECS",
    "TABLES",
    "BoxMessage",
    "BoxThread",
    "Channel",
    "Clue",
    "ClueDisposal",
    "ClueFile",
    "ClueMode",
    "ClueReader",
    "ClueStatus",
    "ClueStep",
    "Column",
    "Comment",
    "CommonDecision",
    "CommonGroup",
    "CommonIndex",
    "CommonMember",
    "Commonality",
    "Custodian",
    "Discipline",
    "DiscoveryStep",
    "Disposal",
    "EvidenceItem",
    "FieldFile",
    "FieldKind",
    "FieldPaper",
    "FieldSignature",
    "FieldSpec",
    "Finding",
    "FindingImport",
    "FindingPerson",
    "FindingStatus",
    "GroupStatus",
    "Lead",
    "LeadCheck",
    "LeadSource",
    "LeadStatus",
    "Loan",
    "LoanStatus",
    "Look",
    "Material",
    "MaterialForm",
    "Minutes",
    "Opening",
    "OpeningStatus",
    "OpinionStep",
    "Owner",
    "Part",
    "Petition",
    "PetitionBox",
    "PetitionDisposal",
    "PetitionKind",
    "PetitionOpinion",
    "PetitionStatus",
    "ProblemThread",
    "RecoveryKey",
    "Responsibility",
    "SealedField",
    "SealedKey",
    "SealedPacket",
    "SealedPart",
    "Severity",
    "SignRole",
    "Signature",
    "SourceKind",
    "SurveyTable",
    "TableColumn",
    "TableImport",
    "TableKind",
    "TableSignature",
    "TableSpec",
    "Talk",
    "TalkPoint",
    "TalkSignature",
    "TalkStatus",
    "TargetCategory",
    "ThreadPaper",
    "ThreadRefusal",
    "Tip",
    "TipStatus",
    "TipUse",
    "Topic",
    "TopicPaper",
]
