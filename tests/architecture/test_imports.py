"""The import contract: apps from right to left only, a few doors between them, layers inside each."""

import ast

import pytest

from tests.architecture.source import ORDER, Module, functions, imported, is_own, parse, product_modules

# What an app may use of another one. Of the floor, anything.
DOORS = {"models", "selectors", "rules", "services", "access"}

# Inside an app a module imports from its own height or below, never from above.
HEIGHT = {
    "models": 0,
    "access": 1,
    "rules": 1,
    "workflow": 1,
    "selectors": 2,
    "services": 2,
    "documents": 2,
    "forms": 3,
    "jobs": 3,
    "tasks": 3,
    "templatetags": 3,
    "middleware": 4,
    "views": 4,
    "admin": 4,
    "urls": 5,
    "apps": 5,
    "management": 5,
}
FLOOR, ROOF = ORDER[0], ORDER[-1]

# Folders beside the house: the workbooks of the demo, the tests, the benchmarks.
BESIDE = {"examples", "tests", "bench", "scripts"}

FORBIDDEN_SIGNALS = (
    "django.dispatch",
    "django.db.models.signals",
    "django.core.signals",
    "django.contrib.auth.signals",
)


def import_violations(module: Module) -> list[str]:
    """Sentences on every import of ``module`` that breaks the contract."""
    found = []
    for node in ast.walk(module.tree):
        for name in imported(module, node):
            if name.split(".")[0] in BESIDE and module.app != ROOF:
                found.append(f"{module.name}: {name}: only the roof may use it")
            elif name.startswith(FORBIDDEN_SIGNALS):
                found.append(f"{module.name}: {name}: our rules do not hang on signals")
            elif is_own(name):
                found += _own_import(module, name)
    return found + _late_imports(module)


def _own_import(module: Module, name: str) -> list[str]:
    app, layer = (name.split(".") + [""])[:2]
    if app == module.app:
        return _inside(module, layer)
    if ORDER.index(app) > ORDER.index(module.app):
        return [f"{module.name} imports {name}, which stands to its right"]
    if app != FLOOR and layer not in DOORS:
        return [f"{module.name} imports {name}: another app is entered by {', '.join(sorted(DOORS))} only"]
    return []


def _inside(module: Module, layer: str) -> list[str]:
    if module.app in (FLOOR, ROOF) or not module.layer or layer == module.layer:
        return []
    unknown = [name for name in (module.layer, layer) if name not in HEIGHT]
    if unknown:
        return [f"{module.name}: {unknown[0]} is not one of the names an app is made of"]
    if HEIGHT[layer] > HEIGHT[module.layer]:
        return [f"{module.name} imports {layer}, which stands above {module.layer}"]
    return []


def _late_imports(module: Module) -> list[str]:
    return [
        f"{module.name}.{function.name} imports {name} inside a function"
        for function in functions(module.tree)
        for node in ast.walk(function)
        for name in imported(module, node)
        if is_own(name)
    ]


def name_violations(module: Module) -> list[str]:
    """An app holds only modules of the agreed names; the floor and the roof are free."""
    if module.app in (FLOOR, ROOF) or not module.layer or module.layer in HEIGHT:
        return []
    return [f"{module.name}: {module.layer} is not one of the names an app is made of"]


def test_every_import_keeps_the_contract():
    assert [v for module in product_modules() for v in import_violations(module)] == []


def test_every_app_is_made_of_the_agreed_names():
    assert [v for module in product_modules() for v in name_violations(module)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("villages.views", "from findings.models import Finding"),
        ("core.audit", "import villages.models"),
        ("findings.views", "from villages.forms import RoundForm"),
        ("findings.views", "from villages import views"),
        ("findings.models", "from findings.services import create_finding"),
        ("findings.rules", "from findings import selectors"),
        ("findings.services.create", "from ..views import lists"),
        ("findings.services", "def f():\n    from findings.models import Finding"),
        ("findings.services", "class A:\n    def f(self):\n        import core.audit"),
        ("findings.models", "from django.db.models.signals import post_save"),
        ("findings.apps", "from django.dispatch import receiver"),
        ("findings.models", "from findings.utils import helper"),
        ("villages.services", "from examples import district"),
    ],
)
def test_a_forbidden_import_is_found(name, text):
    assert len(import_violations(parse(name, text))) >= 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("findings.views", "from findings import services, selectors\nfrom core.submissions import submit"),
        ("findings.services", "from villages.models import Round\nfrom villages import access"),
        ("findings.views", "def f():\n    import json"),
        ("inspection.home", "from findings import selectors"),
        ("core.jobs.runner", "from core.jobs.registry import find"),
    ],
)
def test_an_allowed_import_is_left_alone(name, text):
    assert import_violations(parse(name, text)) == []


def test_an_unknown_module_name_is_found():
    assert name_violations(parse("findings.helpers", "")) != []
