"""A huge round: first page with counts up to a thousand: the product's list beside a page by primary key."""

from bench.review.stage import PEER, contestants

__all__ = ["PEER", "REACH", "SHARES", "SIZE", "TITLE", "limit", "obstacle", "ours", "peer", "prepare"]

TITLE = "A huge round: first page with counts up to a thousand"
SIZE = 1_000_000
REACH = 47
SHARES = "review"

obstacle, prepare, limit, ours, peer = contestants("huge")
