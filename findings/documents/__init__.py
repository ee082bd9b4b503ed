"""The papers of this stage: frozen data in, bytes out. No database, no clock."""

from findings.documents.clue import ClueSheet, clue_sheet_docx
from findings.documents.field import FieldData, FieldPicture, field_docx
from findings.documents.loans import LoanLine, LoansData, loans_docx
from findings.documents.paper import (
    EvidenceLine,
    PaperData,
    SignatureLine,
    StepLine,
    lay_out,
    paper_docx,
)
from findings.documents.petition import (
    SEALED_NOTE,
    OpinionLine,
    PetitionData,
    RegisterData,
    RegisterRow,
    petition_docx,
    register_xlsx,
)
from findings.documents.poster import PosterData, poster_docx
from findings.documents.tables import TableData, TableRow, table_docx, tables_xlsx
from findings.documents.talk import TalkData, TalkLine, talk_docx
from findings.documents.village_set import SetData, SetLine, lay_out_set

__all__ = [
    "SEALED_NOTE",
    "ClueSheet",
    "EvidenceLine",
    "FieldData",
    "FieldPicture",
    "LoanLine",
    "LoansData",
    "OpinionLine",
    "PaperData",
    "PetitionData",
    "PosterData",
    "RegisterData",
    "RegisterRow",
    "SetData",
    "SetLine",
    "SignatureLine",
    "StepLine",
    "TableData",
    "TableRow",
    "TalkData",
    "TalkLine",
    "clue_sheet_docx",
    "field_docx",
    "lay_out",
    "lay_out_set",
    "loans_docx",
    "paper_docx",
    "petition_docx",
    "poster_docx",
    "register_xlsx",
    "table_docx",
    "tables_xlsx",
    "talk_docx",
]
