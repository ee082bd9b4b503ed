"""A common pair of characters in a huge round: the product's list beside a page by primary key."""

from bench.review.stage import PEER, contestants

__all__ = ["PEER", "REACH", "SHARES", "SIZE", "TITLE", "limit", "obstacle", "ours", "peer", "prepare"]

TITLE = "A common pair of characters in a huge round"
SIZE = 1_000_000
REACH = 200
SHARES = "review"

obstacle, prepare, limit, ours, peer = contestants("common")
