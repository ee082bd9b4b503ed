"""The papers of this stage: frozen data in, bytes out. No database, no clock."""

from findings.documents.field import FieldData, FieldPicture, field_docx
from findings.documents.paper import (
    EvidenceLine,
    PaperData,
    SignatureLine,
    StepLine,
    lay_out,
    paper_docx,
)

__all__ = [
    "EvidenceLine",
    "FieldData",
    "FieldPicture",
    "PaperData",
    "SignatureLine",
    "StepLine",
    "field_docx",
    "lay_out",
    "paper_docx",
]
