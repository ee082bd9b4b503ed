"""Reads of a village's books."""
