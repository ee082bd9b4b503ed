"""A package is being built, sealed, or found broken."""

from archives import rules
from archives.models import ArchivePackage
from core.verbs import name_verbs
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

name_verbs(
    {
        "archives.gather": "整理归档目录",
        "archives.open_package": "开始生成归档包",
        "archives.check": "校验归档包",
    }
)
