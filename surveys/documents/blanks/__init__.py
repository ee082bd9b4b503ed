"""The blank papers of the survey stage."""

from surveys.documents.blanks import knowledge, sheets, summary

__all__ = ["knowledge", "sheets", "summary"]
