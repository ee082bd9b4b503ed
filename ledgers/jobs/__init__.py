"""Work on books that is too long for a request: reading files, keeping figures, running the checks."""

from ledgers.jobs import checks, figures, pictures, reading

__all__ = ["checks", "figures", "pictures", "reading"]
