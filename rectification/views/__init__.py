"""Pages of the rectification stage: the office's ledger, and the portal of the inspected side."""
