"""The catalogue and the package: frozen data in, bytes out. No database, no clock."""

from archives.documents.bag import BagWriter, Written
from archives.documents.catalogue import CatalogueRow, catalogue_xlsx

__all__ = ["BagWriter", "CatalogueRow", "Written", "catalogue_xlsx"]
