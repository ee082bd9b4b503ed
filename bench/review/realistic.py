"""A common pair in a realistic round, with all counts: the product's list beside a page by primary key."""

from bench.review.stage import PEER, contestants

__all__ = ["PEER", "REACH", "SHARES", "SIZE", "TITLE", "limit", "obstacle", "ours", "peer", "prepare"]

TITLE = "A common pair in a realistic round, with all counts"
SIZE = 1_000_000
REACH = 100
SHARES = "review"

obstacle, prepare, limit, ours, peer = contestants("realistic")
