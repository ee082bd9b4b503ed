"""Parsing and checking of what people type on the workpapers."""
