"""The papers of this stage: frozen data in, bytes out. No database, no clock."""

from findings.documents.paper import (
    EvidenceLine,
    PaperData,
    SignatureLine,
    StepLine,
    lay_out,
    paper_docx,
)

__all__ = ["EvidenceLine", "PaperData", "SignatureLine", "StepLine", "lay_out", "paper_docx"]
