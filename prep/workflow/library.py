"""The way of a version of the library: written, in use, retired; and of a workbook read into a draft."""

from core.staging import staging_workflow
from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from prep.models import CheckPointLibrary
from prep.rules import library as rules

_S = CheckPointLibrary.Status

LIBRARY = Workflow(
    field="status",
    states=_S,
    verb_prefix="prep.library",
    transitions=[
        Transition(
            "publish",
            "启用",
            frozenset({_S.DRAFT}),
            _S.CURRENT,
            rules.can_publish,
            style="primary",
            confirm="启用后，新生成的待查问题清单用这一版，原来的版本停用；已生成的清单不受影响。",
        ),
        Transition(
            "drop",
            "放弃草稿",
            frozenset({_S.DRAFT}),
            _S.RETIRED,
            rules.can_keep,
            wants_reason=True,
            style="danger",
            confirm="草稿转为停用，不再修改，也不会用于生成清单。",
        ),
    ],
)

# Not offered as a button: a version retires when the next one is published.
SUCCESSION = Workflow(
    field="status",
    states=_S,
    verb_prefix="prep.library",
    transitions=[Transition("retire", "停用", frozenset({_S.CURRENT}), _S.RETIRED, rules.can_keep)],
)

LIBRARY_IMPORT = staging_workflow(
    "prep.library_import", commit=rules.can_decide_import, discard=rules.can_decide_import
)

name_verbs(
    {
        "prep.load_library": "载入要点库",
        "prep.copy_library": "复制为草稿",
        "prep.edit_library": "修改说明",
        "prep.add_point": "新增要点",
        "prep.edit_point": "修改要点",
        "prep.move_point": "调整次序",
        "prep.drop_point": "停用要点",
        "prep.restore_point": "恢复要点",
        "prep.library_import.stage": "上传要点表",
    }
)
