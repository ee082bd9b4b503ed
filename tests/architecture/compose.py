"""The compose file as data, shared by the test that reads it and the test that starts what it says."""

import ast
import re
from typing import Any

import yaml

from tests.architecture.source import ROOT, dotted

APP_SERVICES = ("web", "worker", "beat", "vault", "migrate")


def compose() -> dict[str, Any]:
    """The parsed file; anchors are resolved, ``${…}`` are left as written."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def settings_names() -> set[str]:
    """Every environment variable that the settings read."""
    tree = ast.parse((ROOT / "inspection" / "settings.py").read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    reads = [call for call in calls if dotted(call.func).startswith(("env.", "_secret"))]
    return {call.args[0].value for call in reads if isinstance(call.args[0], ast.Constant)}


def script_names(script: str) -> set[str]:
    """Every environment variable a start script gives a default for."""
    return set(re.findall(r"\$\{([A-Z_]+):-", (ROOT / script).read_text()))


def filled(value: str, given: dict[str, str]) -> str:
    """A value with its ``${NAME:-default}`` and ``${NAME:?why}`` filled in, as compose would."""

    def fill(match: re.Match[str]) -> str:
        name, operator, rest = match.groups()
        if name in given:
            return given[name]
        if operator == ":?":
            raise KeyError(f"{name}: {rest}")
        return rest or ""

    return re.sub(r"\$\{([A-Z_]+)(:-|:\?)?([^}]*)\}", fill, str(value))
