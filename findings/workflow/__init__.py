"""The ways of the papers: which step leads from where to where, and whose step it is."""

from core.staging import staging_workflow
from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from findings import rules
from findings.models import (
    FieldPaper,
    FindingStatus,
    LeadStatus,
    LoanStatus,
    OpeningStatus,
    PetitionStatus,
    SurveyTable,
    Talk,
    TalkStatus,
    TipStatus,
)

S = FindingStatus

FINDING_FLOW = Workflow(
    field="status",
    states=FindingStatus,
    verb_prefix="findings",
    transitions=[
        Transition(
            "sign_handler",
            "提交复核",
            frozenset({S.DRAFT, S.RETURNED}),
            S.CHECKING,
            rules.can_sign_handler,
            style="primary",
        ),
        Transition(
            "sign_deputy",
            "复核",
            frozenset({S.CHECKING}),
            S.SIGNING,
            rules.can_sign_deputy,
            style="primary",
        ),
        Transition(
            "sign_leader",
            "审签",
            frozenset({S.SIGNING}),
            S.SIGNED,
            rules.can_sign_leader,
            style="primary",
        ),
        Transition("file", "备案", frozenset({S.SIGNED}), S.FILED, rules.can_file, style="primary"),
        Transition(
            "return",
            "退回",
            frozenset({S.CHECKING, S.SIGNING, S.SIGNED, S.FILED}),
            S.RETURNED,
            rules.can_return,
            wants_reason=True,
            confirm="退回后，底稿上的签名全部失效，由经办人修改后重新逐级签名。",
        ),
        Transition(
            "reopen",
            "修改",
            frozenset({S.CHECKING, S.SIGNING, S.SIGNED}),
            S.DRAFT,
            rules.can_edit,
            confirm="底稿已有签名，保存修改后签名全部失效，须重新逐级签名。",
        ),
        Transition(
            "withdraw",
            "撤销",
            frozenset({S.DRAFT, S.CHECKING, S.SIGNING, S.SIGNED, S.RETURNED}),
            S.WITHDRAWN,
            rules.can_withdraw,
            wants_reason=True,
            style="danger",
            confirm="撤销后底稿保留编号和内容，不再列入清单和报告，不能恢复。",
        ),
        Transition(
            "merge",
            "并入另一份",
            frozenset({S.DRAFT, S.CHECKING, S.SIGNING, S.SIGNED, S.RETURNED}),
            S.MERGED,
            rules.can_merge,
            wants_reason=True,
        ),
    ],
)

T = TalkStatus


def minutes_flow(verb_prefix: str) -> Workflow:
    """The way of a paper by two people; a change after a signature leads back to its beginning."""
    return Workflow(
        field="status",
        states=TalkStatus,
        verb_prefix=verb_prefix,
        transitions=[
            Transition(
                "submit", "提交复核", frozenset({T.DRAFT}), T.CHECKING, rules.can_submit_minutes, style="primary",
            ),
            Transition(
                "sign", "复核签名", frozenset({T.CHECKING}), T.SIGNED, rules.can_sign_minutes, style="primary",
            ),
            Transition(
                "return", "退回", frozenset({T.CHECKING}), T.DRAFT, rules.can_return_minutes, wants_reason=True,
            ),
            Transition(
                "reopen", "修改", frozenset({T.CHECKING, T.SIGNED}), T.DRAFT, rules.can_edit_minutes,
                confirm="记录已有签名，保存修改后签名失效，须重新签名。",
            ),
        ],
    )  # fmt: skip


TALK_FLOW = minutes_flow(Talk.VERB)
FIELD_FLOW = minutes_flow(FieldPaper.VERB)
TABLE_FLOW = minutes_flow(SurveyTable.VERB)

LOAN_FLOW = Workflow(
    field="status",
    states=LoanStatus,
    verb_prefix="findings.loan",
    transitions=[
        Transition("sign", "签字", frozenset({LoanStatus.LISTED}), LoanStatus.ASKED, rules.can_sign_loan),
        Transition("lend", "登记借出", frozenset({LoanStatus.ASKED}), LoanStatus.LENT, rules.can_handle_loan),
        Transition(
            "give_back", "登记归还", frozenset({LoanStatus.LENT}), LoanStatus.RETURNED, rules.can_handle_loan
        ),
        Transition(
            "cancel", "不再调阅", frozenset({LoanStatus.LISTED, LoanStatus.ASKED}), LoanStatus.CANCELLED,
            rules.can_handle_loan, wants_reason=True,
        ),
    ],
)  # fmt: skip

TIP_FLOW = Workflow(
    field="status",
    states=TipStatus,
    verb_prefix="findings.tip",
    transitions=[
        Transition(
            "share", "交流给各组", frozenset({TipStatus.DRAFT, TipStatus.WITHDRAWN}), TipStatus.SHARED,
            rules.can_share_tip, style="primary", confirm="各组都会看到方法和材料，看不到村和人。",
        ),
        Transition(
            "take_back", "撤回", frozenset({TipStatus.SHARED}), TipStatus.WITHDRAWN, rules.can_share_tip,
            wants_reason=True,
        ),
    ],
)  # fmt: skip

L = LeadStatus
_CONCLUDED = frozenset({L.PROVEN, L.EXPLAINED, L.DATA_ERROR, L.HANDED_OVER})

LEAD_FLOW = Workflow(
    field="status",
    states=LeadStatus,
    verb_prefix="findings.lead",
    quotes_reasons=False,
    transitions=[
        Transition(
            "prove", "属实", frozenset({L.OPEN}), L.PROVEN, rules.can_prove_lead,
            wants_reason=True, style="primary", confirm="写明查了什么、依据什么。问题本身另写问题底稿。",
        ),
        Transition(
            "explain", "有合理解释", frozenset({L.OPEN}), L.EXPLAINED, rules.can_conclude_lead,
            wants_reason=True, confirm="写明是什么解释、凭什么材料认可。",
        ),
        Transition(
            "correct", "数据错误", frozenset({L.OPEN}), L.DATA_ERROR, rules.can_conclude_lead,
            wants_reason=True, confirm="写明哪里的数据错了、正确的是什么。",
        ),
        Transition(
            "hand_over", "移交", frozenset({L.OPEN}), L.HANDED_OVER, rules.can_hand_over_lead,
            wants_reason=True, confirm="写明为什么不由本组核查。",
        ),
        Transition(
            "reopen", "恢复待核", _CONCLUDED, L.OPEN, rules.can_reopen_lead, wants_reason=True,
        ),
    ],
)  # fmt: skip

P = PetitionStatus

PETITION_FLOW = Workflow(
    field="status",
    states=PetitionStatus,
    verb_prefix="findings.petition",
    transitions=[
        Transition(
            "propose", "拟办", frozenset({P.REGISTERED}), P.PROPOSED, rules.can_propose, style="primary"
        ),
        Transition("review", "填写副组长意见", frozenset({P.PROPOSED}), P.PROPOSED, rules.can_review),
        Transition("decide", "批示", frozenset({P.PROPOSED}), P.HANDLING, rules.can_decide, style="primary"),
        Transition("return", "退回重拟", frozenset({P.PROPOSED}), P.REGISTERED, rules.can_return_petition),
        Transition("reassign", "改派", frozenset({P.HANDLING}), P.HANDLING, rules.can_reassign),
        Transition(
            "close", "办结", frozenset({P.HANDLING}), P.CLOSED, rules.can_close_petition, style="primary"
        ),
        Transition("reopen", "重新办理", frozenset({P.CLOSED}), P.HANDLING, rules.can_reopen_petition),
        Transition(
            "merge", "并案", frozenset({P.REGISTERED, P.PROPOSED}), P.MERGED, rules.can_merge_petition
        ),
        Transition("split", "取消并案", frozenset({P.MERGED}), P.REGISTERED, rules.can_split_petition),
    ],
)

OPENING_FLOW = Workflow(
    field="status",
    states=OpeningStatus,
    verb_prefix="findings.opening",
    transitions=[
        Transition(
            "approve", "批准查阅", frozenset({OpeningStatus.REQUESTED}), OpeningStatus.APPROVED,
            rules.can_answer_opening, style="primary",
            confirm="批准后申请人可在15分钟内查阅一次，全程留痕。确定批准吗？",
        ),
        Transition(
            "refuse", "不批准", frozenset({OpeningStatus.REQUESTED}), OpeningStatus.REFUSED,
            rules.can_answer_opening, wants_reason=True,
        ),
        Transition("read", "查阅", frozenset({OpeningStatus.APPROVED}), OpeningStatus.READ, rules.can_read_sealed),
    ],
)  # fmt: skip

IMPORT_FLOW = staging_workflow("findings.import")
TABLE_IMPORT_FLOW = staging_workflow("findings.table.import")

name_verbs(
    {
        "findings.create": "新建底稿",
        "findings.import": "由清单导入",
        "findings.edit": "修改底稿",
        "findings.edit_steps": "修改发现过程",
        "findings.edit_persons": "修改涉及人员",
        "findings.add_evidence": "添加支撑材料",
        "findings.edit_evidence": "修改支撑材料",
        "findings.move_evidence": "调整支撑材料",
        "findings.remove_evidence": "移除支撑材料",
        "findings.clear_signatures": "签名失效",
        "findings.take_in": "并入底稿",
        "findings.delete": "删除草稿",
        "findings.restore": "恢复草稿",
        "findings.lead.open": "登记疑点",
        "findings.lead.edit": "修改疑点",
        "findings.lead.assign": "分派疑点",
        "findings.lead.link": "关联核查材料",
        "findings.petition.register": "登记信访件",
        "findings.petition.edit": "修改登记",
        "findings.box.open": "开设意见箱",
        "findings.box.close": "关闭意见箱",
        "findings.box.letter": "意见箱来件",
        "findings.box.more": "来件人补充",
        "findings.box.message": "给来件人留言",
        "findings.petition.seal": "封存反映人信息",
        "findings.petition.read_sealed": "查阅封存内容",
        "findings.petition.read_by_recovery": "用恢复密钥查阅封存内容",
        "findings.petition.hand_out": "交付封存的文件",
        "findings.petition.export": "导出信访文书",
        "findings.recovery.make": "生成恢复密钥",
        "findings.recovery.replace": "更换恢复密钥",
        "findings.recovery.use": "启用恢复密钥",
        "findings.custodian.appoint": "指定保密管理人",
        "findings.custodian.key": "设置封存口令",
        "findings.custodian.passphrase": "修改封存口令",
        "findings.custodian.rewrap": "补授封存件",
        "findings.custodian.retire": "卸任",
        "findings.opening.ask": "申请查阅",
        "findings.opening.denied": "查阅被拒",
        "findings.petition.relate": "关联信访件",
        "findings.petition.unrelate": "取消关联",
        "findings.tip.write": "写成经验",
        "findings.tip.edit": "修改经验",
        "findings.tip.rate": "评价经验",
        "findings.topic.add": "设置专题",
        "findings.topic.edit": "修改专题",
        "findings.topic.put": "归入专题",
        "findings.topic.take": "移出专题",
        "findings.loan.ask": "登记调阅资料",
        "findings.loan.edit": "修改调阅资料",
        "findings.field.create": "新建现场记录",
        "findings.field.edit": "修改现场记录",
        "findings.field.clear_signatures": "签名失效",
        "findings.field.delete": "删除现场记录",
        "findings.field.restore": "恢复现场记录",
        "findings.field.signature": "现场记录签名",
        "findings.field.add_files": "添加附件",
        "findings.field.edit_file": "修改附件说明",
        "findings.field.move_file": "调整附件顺序",
        "findings.field.remove_file": "移除附件",
        "findings.table.create": "新建三资调查表",
        "findings.table.edit": "修改三资调查表",
        "findings.table.clear_signatures": "签名失效",
        "findings.table.delete": "删除三资调查表",
        "findings.table.restore": "恢复三资调查表",
        "findings.table.signature": "三资调查表签名",
        "findings.table.import.stage": "上传三资调查表",
        "findings.talk.create": "新建谈话记录",
        "findings.talk.edit": "修改谈话记录",
        "findings.talk.clear_signatures": "签名失效",
        "findings.talk.delete": "删除谈话记录",
        "findings.talk.restore": "恢复谈话记录",
    }
)
