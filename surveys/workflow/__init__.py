"""The way of a survey, and of the questionnaire it freezes."""

from core.staging import staging_workflow
from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from surveys import rules
from surveys.models import EntryBatch, Questionnaire, Survey

S = Survey.Status
B = EntryBatch.Status

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

IMPORT = staging_workflow("surveys.import", commit=rules.can_confirm_import)

BATCH = Workflow(
    field="status",
    states=B,
    verb_prefix="surveys.batch",
    transitions=[
        Transition(
            "hand_on",
            "录完，交复录",
            frozenset({B.FIRST}),
            B.SECOND,
            rules.can_hand_to_second,
            style="primary",
        ),
        Transition(
            "finish", "录完", frozenset({B.FIRST}), B.SETTLING, rules.can_finish_alone, style="primary"
        ),
        Transition(
            "compare",
            "复录完，核对差异",
            frozenset({B.SECOND}),
            B.SETTLING,
            rules.can_hand_on,
            style="primary",
        ),
        Transition(
            "store",
            "入库",
            frozenset({B.SETTLING}),
            B.STORED,
            rules.can_store_batch,
            style="primary",
            confirm="入库后打乱次序存放，份号不再能对应到答案。",
        ),
        Transition(
            "discard",
            "放弃本批",
            frozenset({B.FIRST, B.SECOND, B.SETTLING}),
            B.DISCARDED,
            rules.can_discard_batch,
            wants_reason=True,
            style="danger",
            confirm="已录入的内容全部删除，不能恢复。",
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
        "surveys.save_plan": "填写计划份数",
        "surveys.add_plan": "填写计划份数",
        "surveys.change_plan": "修改计划份数",
        "surveys.add_count": "填写份数",
        "surveys.update_count": "修改份数",
        "surveys.remove_count": "删除份数",
        "surveys.count_slips": "登记发放的答题票",
        "surveys.count_phones": "统计手机答卷份数",
        "surveys.add_occasion": "登记场次",
        "surveys.change_occasion": "修改场次",
        "surveys.remove_occasion": "删除场次",
        "surveys.load_groups": "启用人员类别表",
        "surveys.add_group": "增加人员类别",
        "surveys.change_group": "修改人员类别",
        "surveys.create_questionnaire": "新编问卷",
        "surveys.copy_questionnaire": "复制为新版本",
        "surveys.change_questionnaire": "修改卷首语",
        "surveys.drop_questionnaire": "删除问卷",
        "surveys.add_item": "增加题目",
        "surveys.change_item": "修改题目",
        "surveys.remove_item": "删除题目",
        "surveys.rename_aspect": "改方面名称",
        "surveys.arrange_items": "调整题目次序",
        "surveys.create_batch": "开始录入一批",
        "surveys.keep_sheets": "录入",
        "surveys.recount_batch": "改清点份数",
        "surveys.settle_sheet": "裁定差异",
        "surveys.tally": "统计",
        "surveys.forget": "销毁混合密钥",
    }
)
