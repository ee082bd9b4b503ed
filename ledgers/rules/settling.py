"""Which later sums settle which earlier ones: the latest where it is equal to the cent, else the oldest first."""

import datetime as dt
from collections import deque
from collections.abc import Iterable, Sequence
from decimal import Decimal

Sum = tuple[dt.date, Decimal]


def settled(owed: Sequence[Sum], settling: Iterable[Sum]) -> list[list[Sum]]:
    """For each sum owed, on what days how much of it was settled; nothing is settled before it is owed."""
    parts: list[list[Sum]] = [[] for _ in owed]
    coming = deque(sorted(range(len(owed)), key=lambda at: owed[at][0]))
    waiting: deque[tuple[int, Decimal]] = deque()
    for day, amount in sorted(settling):
        while coming and owed[coming[0]][0] <= day:
            waiting.append((coming[0], owed[coming.popleft()][1]))
        left = amount
        if waiting and waiting[-1][1] == amount:
            waiting.rotate(1)
        while waiting and left > 0:
            at, open_sum = waiting.popleft()
            taken = min(open_sum, left)
            parts[at].append((day, taken))
            left -= taken
            if open_sum > taken:
                waiting.appendleft((at, open_sum - taken))
    return parts
