"""Every write has one place, one shape and a trace; nothing but the workflow engine changes a status."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, dotted, meanings, parse, product_modules

# Layers that only read.
READERS = {
    "views",
    "models",
    "selectors",
    "rules",
    "forms",
    "documents",
    "access",
    "jobs",
    "tasks",
    "templatetags",
}
ALWAYS_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
QUERYSET_STEPS = {"objects", "filter", "exclude", "all", "alive", "visible_to", "select_related", "order_by"}
TRACES = ("core.records.", "core.audit.", "core.workflow.", "core.files.store_", "core.jobs.enqueue")
STATE_FIELDS = {"status", "stage"}

# Services that may leave no trace of the person, each with its reason.
UNTRACED = {
    "surveys.services.submit_phone_answer": "an entry for each answer would tell who answered when",
    "surveys.services.mix_answers": "an entry for each run would tell within minutes when people answered",
    "surveys.services.mix_all": "the same; record_mixing names the day when it is over",
    "surveys.services.count_invalid": "an entry would keep the moment an address tried a slip",
    "surveys.services.drop_old_tries": "it removes counters that name nobody",
    "findings.services.note_look": "reading is no business write: a line for each look would bury what was done",
    "findings.services.note_own_step": "the same; the step itself leaves its entry",
}

# Services that open no transaction themselves, each with its reason.
ELSEWHERE_ATOMIC = {
    "surveys.services.submit_phone_answer": "all it writes is one statement or one block, in services.taking.take",
}


# --- the shape of a service -------------------------------------------------------------------------------


def service_violations(modules: list[Module]) -> list[str]:
    """Sentences on every public service of ``modules`` that lacks an actor, a transaction or a trace."""
    traced = _traced_functions(modules)
    doors = _doors(modules)
    found = []
    for module, function in _service_functions(modules):
        name = f"{module.name}.{function.name}"
        if not _is_public(name, doors):
            continue
        found += [f"{name}: {what}" for what in _shape(function, meanings(module), _short(name))]
        if name not in traced and _short(name) not in UNTRACED:
            found.append(f"{name}: leaves no trace in the audit trail")
    return found


def _service_functions(modules: list[Module]) -> Iterator[tuple[Module, ast.FunctionDef]]:
    for module in modules:
        if module.layer == "services":
            yield from ((module, node) for node in module.tree.body if isinstance(node, ast.FunctionDef))


def _doors(modules: list[Module]) -> dict[str, set[str]]:
    """What each ``services`` package that is split into modules hands out in its ``__init__``."""
    packages = [m for m in modules if m.is_package and m.name.endswith(".services")]
    return {package.name: set(meanings(package).values()) for package in packages}


def _is_public(name: str, doors: dict[str, set[str]]) -> bool:
    """A service is public by its name, and in a package only if the package hands it out."""
    app, _, rest = name.partition(".services.")
    handed_out = doors.get(f"{app}.services") if "." in rest else None
    return not rest.rsplit(".", 1)[-1].startswith("_") and (handed_out is None or name in handed_out)


def _short(name: str) -> str:
    """``surveys.services.phone.submit`` and ``surveys.services.submit`` are the same service."""
    parts = name.split(".")
    return ".".join([*parts[:2], parts[-1]])


def _shape(function: ast.FunctionDef, names: dict[str, str], short: str) -> Iterator[str]:
    arguments = function.args
    if arguments.posonlyargs or arguments.args or arguments.vararg:
        yield "takes positional arguments"
    if "actor" not in [argument.arg for argument in arguments.kwonlyargs]:
        yield "has no keyword-only actor"
    inside = any(_is_atomic(node, names) for node in ast.walk(function))
    if not inside and short not in ELSEWHERE_ATOMIC:
        yield "is not atomic"


def _is_atomic(node: ast.AST, names: dict[str, str]) -> bool:
    return isinstance(node, ast.Name | ast.Attribute) and _meaning(node, names).endswith("transaction.atomic")


def _meaning(node: ast.AST, names: dict[str, str]) -> str:
    head, _, rest = dotted(node).partition(".")
    base = names.get(head, head)
    return f"{base}.{rest}" if rest else base


def _traced_functions(modules: list[Module]) -> set[str]:
    """Full names of the service functions, private ones included, that end in a trace, directly or by calls."""
    calls = {f"{m.name}.{f.name}": _calls(m, f) for m, f in _service_functions(modules)}
    traced = {name for name, called in calls.items() if any(_is_trace(c) for c in called)}
    while True:
        short = {_short(name) for name in traced}
        more = {n for n, called in calls.items() if n not in traced and {_short(c) for c in called} & short}
        if not more:
            return traced
        traced |= more


def _calls(module: Module, function: ast.FunctionDef) -> set[str]:
    names = meanings(module)
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            meant = _meaning(node.func, names)
            found.add(meant if "." in meant else f"{module.name}.{meant}")
    return found


def _is_trace(called: str) -> bool:
    return called.startswith(TRACES) or (called.endswith(".apply") and ".workflow." in called)


# --- writes elsewhere -------------------------------------------------------------------------------------


def write_violations(module: Module) -> list[str]:
    """Sentences on every write in a layer that only reads."""
    if module.app == "core" or module.layer not in READERS:
        return []
    names = meanings(module)
    return [
        f"{module.name}:{node.lineno}: {dotted(node.func)} writes outside of services"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and _writes(node, node.func, names)
    ]


def _writes(call: ast.Call, function: ast.Attribute, names: dict[str, str]) -> bool:
    verb, chain = function.attr, set(dotted(function.value).replace("()", "").split("."))
    meant = _meaning(function, names)
    if meant.startswith("core.records.") or meant == "core.audit.record" or verb in ALWAYS_WRITES:
        return True
    if verb in ("save", "delete"):
        # A picture or a workbook is saved to a place, which is a positional argument; a row is not.
        return not call.args and "session" not in chain
    return verb in ("create", "update") and bool(chain & QUERYSET_STEPS)


# --- one door to a status ---------------------------------------------------------------------------------


def status_violations(module: Module) -> list[str]:
    """Sentences on every place outside the workflow engine that sets a status."""
    if module.name.startswith("core.workflow"):
        return []
    return [
        f"{module.name}:{node.lineno}: sets a status by hand; only the workflow engine does"
        for node in ast.walk(module.tree)
        if _sets_status(node)
    ]


def _sets_status(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(t, ast.Attribute) and t.attr in STATE_FIELDS for t in targets)
    if not isinstance(node, ast.Call):
        return False
    verb = dotted(node.func).rsplit(".", 1)[-1]
    if verb == "update":
        return any(
            k.arg in STATE_FIELDS or (k.arg == "changes" and _names_status(k.value)) for k in node.keywords
        )
    return verb == "setattr" and len(node.args) > 1 and _is_status(node.args[1])


def _names_status(node: ast.AST) -> bool:
    return isinstance(node, ast.Dict) and any(key is not None and _is_status(key) for key in node.keys)


def _is_status(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in STATE_FIELDS


# --- the product keeps the rules --------------------------------------------------------------------------


def test_every_service_has_an_actor_a_transaction_and_a_trace():
    assert service_violations(list(product_modules())) == []


def test_nothing_is_written_outside_of_services():
    assert [v for module in product_modules() for v in write_violations(module)] == []


def test_only_the_workflow_engine_sets_a_status():
    assert [v for module in product_modules() for v in status_violations(module)] == []


def test_every_service_without_a_trace_still_exists():
    names = {_short(f"{m.name}.{f.name}") for m, f in _service_functions(list(product_modules()))}
    built = {name.split(".")[0] for name in names}
    assert {name for name in UNTRACED if name.split(".")[0] in built} - names == set()


# --- the guards bite --------------------------------------------------------------------------------------

GOOD = """
from django.db import transaction
from core import records
@transaction.atomic
def create_finding(*, actor, title):
    return records.create(title, actor=actor, verb="findings.create")
"""


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (("*, actor, title", "actor, title"), "takes positional arguments"),
        (("*, actor, title", "*, title"), "has no keyword-only actor"),
        (("@transaction.atomic\n", ""), "is not atomic"),
        (("records.create(title", "dict(title"), "leaves no trace"),
    ],
)
def test_a_misshapen_service_is_found(spoil, expected):
    assert service_violations([parse("findings.services", GOOD)]) == []
    assert expected in " ".join(service_violations([parse("findings.services", GOOD.replace(*spoil))]))


def test_in_a_package_what_the_package_hands_out_is_judged():
    bad = GOOD.replace("*, actor, title", "title")
    inner = parse("findings.services.papers", bad)
    door = "from findings.services.papers import create_finding"
    package = Module("findings.services", ast.parse(door), is_package=True)
    closed = Module("findings.services", ast.parse(""), is_package=True)
    assert service_violations([package, inner]) != []
    assert service_violations([closed, inner]) == []


def test_a_trace_left_by_a_called_service_counts():
    outer = """
from django.db import transaction
from villages import services
def close_all(*, actor):
    with transaction.atomic():
        _each(actor)
def _each(actor):
    services.close_round(actor=actor)
"""
    inner = GOOD.replace("create_finding", "close_round")
    assert (
        service_violations([parse("findings.services", outer), parse("villages.services.rounds", inner)])
        == []
    )
    silent = inner.replace("records.create", "dict")
    assert (
        service_violations([parse("findings.services", outer), parse("villages.services.rounds", silent)])
        != []
    )


@pytest.mark.parametrize(
    "line",
    [
        "finding.save()",
        "finding.save(update_fields=['title'])",
        "finding.delete()",
        "Finding.objects.create(title='x')",
        "Finding.objects.filter(pk=1).update(title='x')",
        "Finding.objects.bulk_create(rows)",
        "Finding.objects.get_or_create(pk=1)",
        "records.update(finding)",
        "audit.record(actor=a, verb='x')",
    ],
)
def test_a_write_in_a_view_is_found(line):
    text = f"from core import audit, records\nfrom findings.models import Finding\ndef view(request):\n    {line}"
    assert len(write_violations(parse("findings.views.lists", text))) == 1


@pytest.mark.parametrize(
    "line",
    ["image.save(buffer, 'PNG')", "context.update(extra)", "digest.update(b'')", "audit.history(finding)"],
)
def test_what_only_looks_like_a_write_is_left_alone(line):
    assert (
        write_violations(parse("findings.documents", f"from core import audit\ndef f():\n    {line}")) == []
    )


@pytest.mark.parametrize(
    "line",
    [
        "finding.status = 'signed'",
        "setattr(finding, 'status', 'signed')",
        "Finding.objects.filter(pk=1).update(status='signed')",
        "records.update(finding, actor=a, verb='v', revision=1, changes={'status': 'signed'})",
        "inspection.stage = 'survey'",
    ],
)
def test_a_status_set_by_hand_is_found(line):
    assert len(status_violations(parse("findings.services", f"def f():\n    {line}"))) == 1


def test_an_answer_with_a_status_code_is_left_alone():
    assert status_violations(parse("findings.views", "def f():\n    return render(r, 't', status=409)")) == []
