"""The way of a rating, of a count sheet that two people sign, and of a workbook of ballots."""

from core.staging import staging_workflow
from core.verbs import name_verbs
from core.workflow import Transition, Workflow
from surveys.models import BallotCount, Rating
from surveys.rules import can_lead, rating

S = Rating.Status

RATING = Workflow(
    field="status",
    states=S,
    verb_prefix="surveys.rating",
    transitions=[
        Transition(
            "open",
            "开始测评",
            frozenset({S.DRAFT}),
            S.OPEN,
            rating.can_open,
            style="primary",
            confirm="开始后测评名单和计分办法定稿，不能再改。",
        ),
        Transition(
            "close",
            "结束测评",
            frozenset({S.OPEN}),
            S.CLOSED,
            rating.can_close,
            style="primary",
            confirm="结束后不再计票。",
        ),
        Transition(
            "close_anyway",
            "票数不符仍结束",
            frozenset({S.OPEN}),
            S.CLOSED,
            rating.can_close_anyway,
            wants_reason=True,
            style="danger",
            confirm="结束后不再计票。请说明票数为什么对不上，说明会写入结果。",
        ),
        Transition(
            "lock",
            "锁定并公布结果",
            frozenset({S.CLOSED}),
            S.LOCKED,
            can_lead,
            style="primary",
            confirm="锁定后计票结果不能再变，全组和巡察办可以看到。",
        ),
    ],
)

COUNT = Workflow(
    field="status",
    states=BallotCount.Status,
    verb_prefix="surveys.count",
    transitions=[
        Transition(
            "sign",
            "复核签名",
            frozenset({BallotCount.Status.FIRST}),
            BallotCount.Status.SIGNED,
            rating.can_sign_count,
            style="primary",
        ),
        Transition(
            "reopen",
            "退回重计",
            frozenset({BallotCount.Status.SIGNED}),
            BallotCount.Status.FIRST,
            rating.can_reopen_count,
            wants_reason=True,
        ),
    ],
)

BALLOTS = staging_workflow("surveys.ballots", commit=rating.can_confirm_import)

name_verbs(
    {
        "surveys.rating_create": "安排测评",
        "surveys.rating_subjects": "填写测评名单",
        "surveys.rating_list": "生成测评名单",
        "surveys.rating_method": "写定计分办法",
        "surveys.rating_count": "计票",
        "surveys.rating_recount": "更正计票单",
        "surveys.rating_uncount": "删除计票单",
        "surveys.rating_ballots": "逐票录入",
        "surveys.rating_numbers": "登记票号",
        "surveys.rating_preview": "读取测评票表",
        "surveys.rating_import": "导入测评票",
        "surveys.rating_tally": "计分",
        "surveys.rating_paper": "生成测评文件",
    }
)
