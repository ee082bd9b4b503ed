"""The way of a survey, and of the questionnaire it freezes."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from surveys import rules
from surveys.models import AnswerImport, Questionnaire, Survey

S = Survey.Status

SURVEY = Workflow(
    field="status",
    states=S,
    verb_prefix="surveys",
    transitions=[
        Transition(
            "open",
            "开始调查",
            frozenset({S.DRAFT}),
            S.OPEN,
            rules.can_open,
            style="primary",
            confirm="开始后问卷定稿，不能再改题目。",
        ),
        Transition(
            "close",
            "结束调查",
            frozenset({S.OPEN}),
            S.CLOSED,
            rules.can_close,
            style="primary",
            confirm="结束后不再收卷，没有用过的答题票全部作废。",
        ),
        Transition(
            "close_anyway",
            "份数不符仍结束",
            frozenset({S.OPEN}),
            S.CLOSED,
            rules.can_close_anyway,
            wants_reason=True,
            style="danger",
            confirm="结束后不再收卷。请说明份数为什么对不上，说明会写入结果。",
        ),
        Transition(
            "lock",
            "锁定并公布结果",
            frozenset({S.CLOSED}),
            S.LOCKED,
            rules.can_lead,
            style="primary",
            confirm="锁定后统计结果不能再变，全组和巡察办可以看到。",
        ),
    ],
)

QUESTIONNAIRE = Workflow(
    field="status",
    states=Questionnaire.Status,
    verb_prefix="surveys.questionnaire",
    transitions=[
        Transition(
            "freeze",
            "定稿",
            frozenset({Questionnaire.Status.DRAFT}),
            Questionnaire.Status.FROZEN,
            rules.can_freeze,
        )
    ],
)

IMPORT = Workflow(
    field="state",
    states=AnswerImport.State,
    verb_prefix="surveys.import",
    transitions=[
        Transition(
            "commit",
            "确认导入",
            frozenset({AnswerImport.State.STAGED}),
            AnswerImport.State.COMMITTED,
            rules.can_confirm_import,
            style="primary",
        ),
        Transition(
            "discard",
            "放弃",
            frozenset({AnswerImport.State.STAGED}),
            AnswerImport.State.DISCARDED,
            rules.can_discard_import,
        ),
    ],
)

name_verbs(
    {
        "surveys.create": "安排调查",
        "surveys.load_questionnaire": "启用问卷",
        "surveys.load_items": "录入题目",
        "surveys.issue_slips": "发放答题票",
        "surveys.void_slips": "作废未用答题票",
        "surveys.save_counts": "填写份数",
        "surveys.mix": "混合入库",
        "surveys.store_paper": "纸质问卷入库",
        "surveys.import_answers": "导入纸质问卷",
        "surveys.preview_import": "读取录入表",
        "surveys.tally": "统计",
        "surveys.forget": "销毁混合密钥",
    }
)
