"""Common problems (横向共性问题): papers of many villages that tell of one problem, proposed and explained. Pure."""

from findings.rules.common.decided import Saying, standing
from findings.rules.common.proposing import ENOUGH, Common
from findings.rules.common.reading import Reader
from findings.rules.common.shelf import Near, Shelf, read_points
from findings.rules.common.texts import Decisions, Group, Proposal, Share, Text

__all__ = [
    "ENOUGH",
    "Common",
    "Decisions",
    "Group",
    "Near",
    "Proposal",
    "Reader",
    "Saying",
    "Share",
    "Shelf",
    "Text",
    "read_points",
    "standing",
]
