"""Every check there is: the ``RULE`` of each module in ``ledgers.rules.checks``."""

from importlib import import_module
from pkgutil import iter_modules

from ledgers.rules import checks
from ledgers.rules.rule import Rule


def all_rules() -> dict[str, Rule]:
    """The checks by code, in the order of their codes; a code that stands twice is an error of ours."""
    modules = [import_module(f"{checks.__name__}.{found.name}") for found in iter_modules(checks.__path__)]
    found = {module.RULE.code: module.RULE for module in modules}
    if len(found) < len(modules):
        raise ValueError("Two checks have one code.")
    return dict(sorted(found.items()))
