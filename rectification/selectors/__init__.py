"""What pages, documents and later stages read of the ledger."""
