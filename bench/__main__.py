"""Measure the hot paths: python -m bench [NAME …] [--repeat 5] [--size N]. How to read it: bench/README.md."""

import argparse
import shutil
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
    with tempfile.TemporaryDirectory(prefix="wuzijue-bench-") as folder:
        return int(_run(options, Path(folder)))


def _run(options: argparse.Namespace, place: Path) -> bool:
    """Whether a comparison missed what it should reach; those that share a stage find it as the first one made it."""
    missed, made = False, set()
    place.chmod(0o711)
    for name in options.names or COMPARISONS:
        comparison = load(COMPARISONS[name], place)
        if missing := obstacle(comparison):
            print(f"{comparison.TITLE}: left out, {missing}\n")
            continue
        shared = getattr(comparison, "SHARES", "")
        folder = place / (shared or name)
        folder.mkdir(exist_ok=True)
        size = options.size or comparison.SIZE
        results = measure(comparison, size, folder, options.repeat, prepared=folder in made)
        made.add(folder)
        if not shared:
            shutil.rmtree(folder)
        print(table(comparison, results, size))
        missed = missed or results["ours"].seconds > comparison.REACH * results["limit"].seconds
    return missed


if __name__ == "__main__":
    sys.exit(main())
