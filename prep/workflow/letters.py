"""The way of a data letter: sent, answered in part or in full, done."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from prep.models import LetterStatus
from prep.rules import letters as rules

S = LetterStatus

LETTER = Workflow(
    field="status",
    states=LetterStatus,
    verb_prefix="prep.letter",
    transitions=[
        Transition("send", "发出", frozenset({S.DRAFT}), S.SENT, rules.can_send, style="primary"),
        Transition("answer_part", "登记部分回复", frozenset({S.SENT, S.PARTIAL}), S.PARTIAL, rules.can_register_reply),
        Transition(
            "answer_whole", "登记全部回复", frozenset({S.SENT, S.PARTIAL}), S.REPLIED, rules.can_register_reply
        ),
        Transition(
            "close", "办结", frozenset({S.REPLIED}), S.CLOSED, lambda user, letter: rules.can_write_letters(user),
            style="primary",
        ),
        Transition(
            "close_short", "不再等回复，办结", frozenset({S.SENT, S.PARTIAL}), S.CLOSED,
            lambda user, letter: rules.can_write_letters(user), wants_reason=True,
        ),
        Transition(
            "take_up", "要求补充", frozenset({S.REPLIED, S.CLOSED}), S.PARTIAL,
            lambda user, letter: rules.can_write_letters(user), wants_reason=True,
        ),
    ],
)  # fmt: skip
# What the page offers as a button; answers come in through the form that takes the files.
BUTTONS = ("send", "close", "close_short", "take_up")

name_verbs(
    {
        "prep.load_departments": "载入函询部门",
        "prep.add_department": "新增函询部门",
        "prep.edit_department": "修改函询部门",
        "prep.write_letters": "批量拟函",
        "prep.write_letter": "拟函",
        "prep.edit_letter": "修改函",
        "prep.register_reply": "登记回复",
        "prep.attach_reply": "存入回复文件",
        "prep.remind_letter": "催办",
    }
)
