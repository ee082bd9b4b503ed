"""Parsing and checking of what people type, one module per noun."""
