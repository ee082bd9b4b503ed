"""A rare pair among 20,000 papers, on SQLite: the product's list beside a page by primary key."""

from bench.review.stage import PEER, contestants

__all__ = ["PEER", "REACH", "SHARES", "SIZE", "TITLE", "limit", "obstacle", "ours", "peer", "prepare"]

TITLE = "A rare pair among 20,000 papers, on SQLite"
SIZE = 20_000
REACH = 100
SHARES = "review-embedded"

obstacle, prepare, limit, ours, peer = contestants("embedded-word", embedded=True)
