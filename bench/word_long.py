"""The same report ten times as long: time must grow with the findings, not with their square."""

from bench.word_report import PEER, limit, ours, peer, prepare

__all__ = ["PEER", "limit", "ours", "peer", "prepare"]

TITLE = "Word report, long"
SIZE = 5_000
REACH = 6
