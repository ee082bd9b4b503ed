"""Measure the hot paths: python -m bench [NAME …] [--repeat 5] [--size N]. How to read it: bench/README.md."""

import argparse
import sys
import tempfile
from pathlib import Path

from bench.compare import COMPARISONS, load, measure, obstacle
from bench.report import table


def main() -> int:
    """Run the asked-for comparisons one after the other; 1 when one of them misses what it should reach."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"any of: {', '.join(COMPARISONS)} (default: all)"
    )
    parser.add_argument("--repeat", type=int, default=5, help="runs of each contestant; the median counts")
    parser.add_argument("--size", type=int, help="rows instead of the comparison's own number")
    options = parser.parse_args()
    unknown = set(options.names) - set(COMPARISONS)
    if unknown:
        parser.error(f"no such comparison: {', '.join(sorted(unknown))}")
    missed = False
    for name in options.names or COMPARISONS:
        with tempfile.TemporaryDirectory(prefix="wuzijue-bench-") as folder:
            comparison = load(COMPARISONS[name], Path(folder))
            if missing := obstacle(comparison):
                print(f"{comparison.TITLE}: left out, {missing}\n")
                continue
            size = options.size or comparison.SIZE
            results = measure(comparison, size, Path(folder), options.repeat)
        print(table(comparison, results, size))
        missed = missed or results["ours"].seconds > comparison.REACH * results["limit"].seconds
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
