"""Rows of the rectification stage: what came of a feedback letter, and what was to be put right on the spot."""

from rectification.models.item import ItemQuerySet, Progress, RectifyItem, addressed_to
from rectification.models.order import FixOrder, FixOrderQuerySet, OrderKind, OrderStatus
from rectification.models.order_parts import (
    ExtensionStatus,
    OrderExtension,
    OrderFile,
    OrderReport,
    OrderVerdict,
    PhotoSide,
)

__all__ = [
    "ExtensionStatus",
    "FixOrder",
    "FixOrderQuerySet",
    "ItemQuerySet",
    "OrderExtension",
    "OrderFile",
    "OrderKind",
    "OrderReport",
    "OrderStatus",
    "OrderVerdict",
    "PhotoSide",
    "Progress",
    "RectifyItem",
    "addressed_to",
]
