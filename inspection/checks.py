"""Numbered checks that refuse a half-configured production."""
