"""The ways of the papers of this stage."""

from rectification.workflow.item import ITEM
from rectification.workflow.order import EXTENSION, ORDER

__all__ = ["EXTENSION", "ITEM", "ORDER"]
