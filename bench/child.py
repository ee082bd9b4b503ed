"""One run of one contestant: python -m bench.child MODULE CONTESTANT SIZE FOLDER; prints seconds and megabytes."""

import json
import resource
import sys
import time
from pathlib import Path

from bench.compare import load


def peak() -> float:
    """Most memory this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    module, contestant, size, folder = sys.argv[1:]
    work = getattr(load(module, Path(folder)), contestant)
    before, start = peak(), time.perf_counter()
    # A contestant that first has to start something takes the time itself.
    taken = work(int(size), Path(folder))
    seconds = time.perf_counter() - start if taken is None else taken
    print(json.dumps({"seconds": seconds, "megabytes": peak() - before}))
