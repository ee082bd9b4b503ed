"""Workpapers of stage three: talks, problem workpapers with their evidence, and the signatures under them."""

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
from findings.models.evidence import EvidenceItem
from findings.models.finding import Comment, DiscoveryStep, Finding, FindingPerson
from findings.models.imports import FindingImport
from findings.models.lead import Lead, LeadCheck, LeadSource, LeadStatus
from findings.models.petition import (
    Channel,
    OpinionStep,
    Petition,
    PetitionDisposal,
    PetitionKind,
    PetitionOpinion,
    PetitionStatus,
)
from findings.models.signature import Signature, TalkSignature
from findings.models.talk import Talk, TalkPoint
from prep.models import TargetCategory

__all__ = [
    "Channel",
    "Comment",
    "Commonality",
    "Discipline",
    "DiscoveryStep",
    "Disposal",
    "EvidenceItem",
    "Finding",
    "FindingImport",
    "FindingPerson",
    "FindingStatus",
    "Lead",
    "LeadCheck",
    "LeadSource",
    "LeadStatus",
    "MaterialForm",
    "OpinionStep",
    "Petition",
    "PetitionDisposal",
    "PetitionKind",
    "PetitionOpinion",
    "PetitionStatus",
    "Responsibility",
    "Severity",
    "SignRole",
    "Signature",
    "SourceKind",
    "Talk",
    "TalkPoint",
    "TalkSignature",
    "TalkStatus",
    "TargetCategory",
]
