"""Page 1,000 of a huge round by its cursor: the product's list beside a page by primary key."""

from bench.review.stage import PEER, contestants

__all__ = ["PEER", "REACH", "SHARES", "SIZE", "TITLE", "limit", "obstacle", "ours", "peer", "prepare"]

TITLE = "Page 1,000 of a huge round by its cursor"
SIZE = 1_000_000
REACH = 4
SHARES = "review"

obstacle, prepare, limit, ours, peer = contestants("deep")
