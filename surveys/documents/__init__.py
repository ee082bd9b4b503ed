"""The papers of the survey stage: frozen data in, bytes out. No database, no clock."""
