"""Clues about persons: writing them, their material, their steps, who may know of them, and the traces of reading."""
