"""Lanes: parts of the suite that need more than Python. What was not run is said at the end, never silent.

Some lanes are slow or heavy and only run when asked for by name (``--lane browser``); the others run by
themselves where what they need is there.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import settings


@dataclass(frozen=True)
class Lane:
    """``obstacle(config)`` says in a sentence why the lane cannot run now, or returns an empty string."""

    name: str
    obstacle: Callable[[pytest.Config], str]


def chromium() -> str | None:
    """Path of the system's Chromium; ``CHROMIUM`` in the environment overrides the search."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def soffice() -> str | None:
    """Path of LibreOffice's command."""
    return shutil.which("soffice")


def _asked(config: pytest.Config, name: str) -> str:
    return "" if name in config.getoption("lane") else f"not asked for (--lane {name})"


def _browser(config: pytest.Config) -> str:
    missing = "" if chromium() else "no Chromium found (install it or set CHROMIUM)"
    return _asked(config, "browser") or missing


def _postgres(config: pytest.Config) -> str:
    on_postgres = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    return "" if on_postgres else "DATABASE_URL names no PostgreSQL"


def _redis(config: pytest.Config) -> str:
    return "" if settings.REDIS_URL else "REDIS_URL is not set"


def _stack(config: pytest.Config) -> str:
    missing = [name for name in ("nginx", "redis-server", "psql", "openssl") if not shutil.which(name)]
    programs = f"not installed: {', '.join(missing)}" if missing else ""
    return _asked(config, "stack") or programs or _postgres(config)


LANES = [
    Lane("browser", _browser),
    Lane("kill", lambda config: _asked(config, "kill")),
    Lane("attack", lambda config: _asked(config, "attack")),
    Lane("stack", _stack),
    Lane("postgres", _postgres),
    Lane("redis", _redis),
    Lane("office", lambda config: "" if soffice() else "LibreOffice (soffice) is not installed"),
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--lane NAME``, as often as wanted."""
    parser.addoption(
        "--lane",
        action="append",
        default=[],
        choices=[lane.name for lane in LANES],
        help="also run this lane, which is left out unless asked for",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what cannot run here, with the reason."""
    obstacles = {lane.name: lane.obstacle(config) for lane in LANES}
    for item in items:
        for name, why in obstacles.items():
            if why and item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=f"lane {name}: {why}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which lanes were left out and why."""
    counts: Counter[str] = Counter()
    reasons: dict[str, str] = {}
    for report in terminalreporter.stats.get("skipped", []):
        text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if "lane " in text:
            name, _, why = text.split("lane ", 1)[1].partition(": ")
            counts[name] += 1
            reasons[name] = why
    if counts:
        terminalreporter.section("lanes left out")
        for name, count in sorted(counts.items()):
            terminalreporter.line(f"{name}: {count} tests, {reasons[name]}")
