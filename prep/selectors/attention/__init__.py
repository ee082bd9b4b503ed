"""The attention class proposed for a village: what is counted, how, and for which villages."""

from prep.selectors.attention.gather import proposals
from prep.selectors.attention.overview import AttentionFilters, attention_overview
from prep.selectors.attention.score import Indicators, Line, Proposal, Scale, propose

__all__ = [
    "AttentionFilters",
    "Indicators",
    "Line",
    "Proposal",
    "Scale",
    "attention_overview",
    "proposals",
    "propose",
]
