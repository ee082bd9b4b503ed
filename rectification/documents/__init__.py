"""The papers of rectification: frozen data in, bytes out. No database, no clock."""

from rectification.documents.ledger import Ledger, LedgerRow, ledger_xlsx

__all__ = ["Ledger", "LedgerRow", "ledger_xlsx"]
