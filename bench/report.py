"""The table of one comparison: ratios to the limit of the same run, absolute numbers only as a sense of size."""

from types import ModuleType

from bench.compare import Result


def table(comparison: ModuleType, results: dict[str, Result], size: int) -> str:
    """Lines for people, with the verdict at the end."""
    limit = results["limit"].seconds
    names = {"limit": "limit", "ours": "ours", "peer": comparison.PEER}
    lines = [f"{comparison.TITLE}, {size:,} rows", f"  {'':34}{'ratio':>8}{'seconds':>10}{'MB over':>10}"]
    for key, name in names.items():
        result = results[key]
        lines.append(
            f"  {name:34}{result.seconds / limit:8.2f}{result.seconds:10.3f}{result.megabytes:10.1f}"
        )
    ratio = results["ours"].seconds / limit
    verdict = "reached" if ratio <= comparison.REACH else "MISSED"
    lines.append(f"  to reach: at most {comparison.REACH} times the limit: {verdict} ({ratio:.2f})\n")
    return "\n".join(lines)
