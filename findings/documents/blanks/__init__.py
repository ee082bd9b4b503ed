"""The blank papers of fieldwork, in the order in which they are used."""

from findings.documents.blanks import assets, checks, conversations, petitions, problems

__all__ = ["assets", "checks", "conversations", "petitions", "problems"]
