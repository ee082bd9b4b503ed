"""Reads of this stage that join or shape."""
