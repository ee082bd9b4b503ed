"""The catalogue and the package: frozen data in, bytes out. No database, no clock."""

from archives.documents.bag import BagWriter
from archives.documents.catalogue import CatalogueRow, catalogue_xlsx
from core.files.bundle import Written

__all__ = ["BagWriter", "CatalogueRow", "Written", "catalogue_xlsx"]
