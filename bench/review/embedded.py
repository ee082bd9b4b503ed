"""The list of 20,000 papers with all counts, on SQLite: the product's list beside a page by primary key."""

from bench.review.stage import PEER, contestants

__all__ = ["PEER", "REACH", "SHARES", "SIZE", "TITLE", "limit", "obstacle", "ours", "peer", "prepare"]

TITLE = "The list of 20,000 papers with all counts, on SQLite"
SIZE = 20_000
REACH = 47
SHARES = "review-embedded"

obstacle, prepare, limit, ours, peer = contestants("embedded", embedded=True)
