"""Pages of the report stage."""
