"""Tables of the floor, one module per noun."""

from core.models.audit import AuditEntry, AuditHead
from core.models.base import Record, SoftDeletable, VisibleQuerySet
from core.models.files import PaperFile, StoredFile
from core.models.forms import Draft, FormKey
from core.models.jobs import Job, JobState
from core.models.staging import KeptImport, StagedImport, StagedImportQuerySet
from core.models.uploads import Upload
from core.models.views import SavedView

__all__ = [
    "AuditEntry",
    "AuditHead",
    "Draft",
    "FormKey",
    "Job",
    "JobState",
    "KeptImport",
    "PaperFile",
    "Record",
    "SavedView",
    "SoftDeletable",
    "StagedImport",
    "StagedImportQuerySet",
    "StoredFile",
    "Upload",
    "VisibleQuerySet",
]
