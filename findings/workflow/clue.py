"""The way of a clue about persons: through the team and the office to the discipline commission, and its answer."""

from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from findings import rules
from findings.models import ClueStatus

S = ClueStatus

# All that the trail ever says: that somebody did something with a clue.
CLUE_VERB, CLUE_READ = "findings.clue.step", "findings.clue.read"
name_verbs({CLUE_VERB: "办理问题线索", CLUE_READ: "查阅问题线索"})

CLUE_FLOW = Workflow(
    field="status",
    states=ClueStatus,
    verb_prefix="findings.clue",
    quotes_reasons=False,
    one_verb=CLUE_VERB,
    transitions=[
        Transition(
            "sign", "签字送审", frozenset({S.DRAFT, S.RETURNED}), S.SIGNED, rules.can_sign_clue, style="primary",
            confirm="签字后送巡察办主任批准，主任从此知悉本线索；内容不再改动。",
        ),
        # Only until the head has approved. What was handed over bears a number and a signature: its receiver gives
        # it back, or somebody else of the commission whom the head names.
        Transition("recall", "收回修改", frozenset({S.SIGNED}), S.DRAFT, rules.can_recall_clue, wants_reason=True),
        Transition(
            "approve", "批准移交", frozenset({S.SIGNED}), S.APPROVED, rules.can_approve_clue, style="primary",
            confirm="确定移交方式和接收人。移交后接收人才能看到本线索。",
        ),
        Transition(
            "send_back", "退回修改", frozenset({S.SIGNED, S.APPROVED}), S.DRAFT, rules.can_approve_clue,
            wants_reason=True,
        ),
        Transition(
            "hand_over", "签字移交", frozenset({S.APPROVED}), S.HANDED, rules.can_hand_over_clue, style="primary",
            confirm="您以本人账号在移交单移交方签字，线索从此编号并交给接收人；移交后不能收回，要改的由接收方退回。",
        ),
        Transition(
            "receive", "签收", frozenset({S.HANDED}), S.RECEIVED, rules.can_receive_clue, style="primary",
            confirm="您以本人账号在移交单接收方签字，反馈期限从今天起算。",
        ),
        Transition(
            "give_back", "退回移交方", frozenset({S.HANDED, S.RECEIVED}), S.RETURNED, rules.can_give_back_clue,
            wants_reason=True, confirm="不属于问题线索或材料不全的，写明理由退回。",
        ),
        Transition(
            "dispose", "分类处置", frozenset({S.RECEIVED, S.HANDLING}), S.HANDLING, rules.can_handle_clue,
            style="primary",
        ),
        Transition(
            "answer", "反馈办理结果", frozenset({S.HANDLING}), S.ANSWERED, rules.can_handle_clue, style="primary"
        ),
        Transition(
            "ask_more", "要求补充反馈", frozenset({S.ANSWERED}), S.HANDLING, rules.can_close_clue, wants_reason=True
        ),
        Transition("close", "办结", frozenset({S.ANSWERED}), S.CLOSED, rules.can_close_clue, style="primary"),
        Transition(
            "withdraw", "撤回线索", frozenset({S.DRAFT, S.RETURNED, S.SIGNED, S.APPROVED}), S.WITHDRAWN,
            rules.can_withdraw_clue, wants_reason=True, style="danger",
            confirm="撤回后不再移交，内容加密保留，不能恢复。",
        ),
    ],
)  # fmt: skip
