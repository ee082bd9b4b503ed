"""The way of a test, of one paper of it, and of a workbook of questions."""

from core.staging import staging_workflow
from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from surveys.models import KnowledgeTest, TestPaper
from surveys.rules import knowledge as rules

T, P = KnowledgeTest.Status, TestPaper.Status

TEST = Workflow(
    field="status",
    states=T,
    verb_prefix="surveys.test",
    transitions=[
        Transition(
            "open", "开始测试", frozenset({T.DRAFT}), T.OPEN, rules.can_open, style="primary",
            confirm="开始后组卷计划和可抽试题定稿，不能再改。",
        ),
        Transition(
            "lock", "锁定成绩", frozenset({T.OPEN}), T.LOCKED, rules.can_lock, style="primary",
            confirm="锁定后成绩不能再变。成绩只作了解情况用，不作为问题认定。",
        ),
    ],
)  # fmt: skip

PAPER = Workflow(
    field="status",
    states=P,
    verb_prefix="surveys.paper",
    transitions=[
        Transition("submit", "交卷", frozenset({P.ISSUED}), P.SUBMITTED, rules.can_answer),
        Transition("mark", "完成评分", frozenset({P.ISSUED, P.SUBMITTED}), P.MARKED, rules.can_mark, style="primary"),
        Transition("absent", "记为缺考", frozenset({P.ISSUED}), P.ABSENT, rules.can_settle, wants_reason=True),
        Transition("remark", "重新评分", frozenset({P.MARKED}), P.SUBMITTED, rules.can_settle, wants_reason=True),
        Transition("recall", "撤销缺考", frozenset({P.ABSENT}), P.ISSUED, rules.can_settle, wants_reason=True),
    ],
)  # fmt: skip

QUESTIONS = staging_workflow("surveys.questions", commit=rules.can_confirm_questions)

name_verbs(
    {
        "surveys.bank_load": "启用题库",
        "surveys.bank_add": "新增试题",
        "surveys.bank_edit": "修改试题",
        "surveys.bank_import": "导入试题",
        "surveys.bank_preview": "读取试题表",
        "surveys.test_create": "安排知识测试",
        "surveys.test_plan": "修改组卷计划",
        "surveys.test_issue": "组卷",
        "surveys.test_code": "发放一次性码",
        "surveys.test_answers": "录入作答",
        "surveys.test_marks": "评分",
        "surveys.test_file": "生成测试文件",
    }
)
