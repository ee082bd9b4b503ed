"""Tables of the floor, one module per noun."""

from core.models.audit import AuditEntry, AuditHead
from core.models.base import Record, SoftDeletable, VisibleQuerySet
from core.models.files import StoredFile
from core.models.forms import Draft, FormKey
from core.models.jobs import Job, JobState

__all__ = [
    "AuditEntry",
    "AuditHead",
    "Draft",
    "FormKey",
    "Job",
    "JobState",
    "Record",
    "SoftDeletable",
    "StoredFile",
    "VisibleQuerySet",
]
