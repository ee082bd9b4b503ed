"""Reads that join and shape: the review list, figures for desk and board, what a signature covers."""

from findings.selectors.content import content_hash, talk_hash
from findings.selectors.desk import confirmed_findings, desk_items, search
from findings.selectors.progress import counts_for, evidence_strength_summary, heat, team_progress
from findings.selectors.review import ReviewFilters, review_list

__all__ = [
    "ReviewFilters",
    "confirmed_findings",
    "content_hash",
    "counts_for",
    "desk_items",
    "evidence_strength_summary",
    "heat",
    "review_list",
    "search",
    "talk_hash",
    "team_progress",
]
