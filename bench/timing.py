"""Times work that is repeated on one connection, as many requests are."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

RUNS = 5


def seconds(work: Callable[[], Any]) -> float:
    """Median time of one run; a first one does not count."""
    work()
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)
