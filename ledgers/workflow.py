"""The way of a sheet into a village's books and out of them, and that of a story the checks made of them."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from ledgers.models import LedgerStory, SheetStatus, StoryStatus
from ledgers.rules import handling
from ledgers.rules.keeping import can_decide

S = SheetStatus
_WAITING = frozenset({S.PREVIEW})

SHEET_FLOW = Workflow(
    field="status",
    states=SheetStatus,
    verb_prefix="ledgers.sheet",
    transitions=[
        Transition("confirm", "确认入账册", _WAITING, S.CONFIRMED, can_decide, style="primary"),
        Transition(
            "discard",
            "放弃",
            _WAITING,
            S.DISCARDED,
            can_decide,
            confirm="放弃后读出的行不再保留，文件仍在。要再读须重新上传。",
        ),
        Transition(
            "withdraw",
            "撤出账册",
            frozenset({S.CONFIRMED}),
            S.WITHDRAWN,
            can_decide,
            wants_reason=True,
            style="danger",
            confirm="撤出后这张表的行不再参加比对，仍可查看。",
        ),
    ],
)

T = StoryStatus

STORY_FLOW = Workflow(
    field="status",
    states=StoryStatus,
    verb_prefix="ledgers.story",
    quotes_reasons=False,
    transitions=[
        Transition("lead", "列为疑点", frozenset({T.OPEN}), T.LED, handling.can_settle, style="primary"),
        Transition(
            "explain", "有合理解释", frozenset({T.OPEN}), T.EXPLAINED, handling.can_settle, wants_reason=True,
            confirm="写明是什么解释、看了什么材料。同样的提示再出现时不再提醒，内容有变化才重新提醒。",
        ),
        Transition(
            "correct", "数据错误", frozenset({T.OPEN}), T.DATA_ERROR, handling.can_settle, wants_reason=True,
            confirm="写明账册哪里录错或读错。",
        ),
        Transition(
            "reopen", "恢复待处理", LedgerStory.DISMISSED, T.OPEN, handling.can_settle, wants_reason=True,
        ),
        Transition("change", "因账册变化恢复", LedgerStory.DISMISSED, T.OPEN, handling.can_reopen_changed),
    ],
)  # fmt: skip

name_verbs(
    {
        "ledgers.source.take": "上传账册文件",
        "ledgers.source.read": "读取账册文件",
        "ledgers.source.again": "重新读取账册文件",
        "ledgers.sheet.store": "读出一张表",
        "ledgers.sheet.map": "改列的含义",
        "ledgers.mapping.learn": "记住列的含义",
        "ledgers.run": "比对账册",
        "ledgers.story.grow": "列为疑点后有变化",
    }
)
