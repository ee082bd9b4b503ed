"""A package is being built, sealed, or found broken."""

from archives import rules
from archives.models import ArchivePackage
from core.workflow import Transition, Workflow

S = ArchivePackage.Status

PACKAGE = Workflow(
    field="status",
    states=S,
    verb_prefix="archives",
    transitions=[
        Transition("seal", "封存", frozenset({S.BUILDING}), S.SEALED, rules.can_seal),
        Transition("condemn", "记为校验不符", frozenset({S.SEALED}), S.BROKEN, rules.can_check),
    ],
)
