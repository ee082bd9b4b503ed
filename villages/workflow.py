"""Status tables of the shared model: rounds, the stages of a village, staged imports."""

import itertools
from typing import Any

from core.staging import staging_workflow
from core.verbs import name_verbs
from core.verdict import ALLOW, Verdict, deny
from core.workflow import Transition, Workflow
from villages import rules
from villages.models import Membership, Round, Stage, TeamRole, VillageInspection

_Status = Round.Status


def _can_open(user: Any, round_: Round) -> Verdict:
    allowed = rules.can_manage_rounds(user)
    if not allowed:
        return allowed
    without = round_.teams.exclude(
        pk__in=Membership.objects.filter(round=round_, role=TeamRole.LEADER).values("team")
    )
    names = list(without.values_list("name", flat=True)[:3])
    if names:
        return deny(f"{'、'.join(names)}还没有组长，先完成一次一授权。")
    return ALLOW if round_.teams.exists() else deny("还没有组建巡察组。")


def _can_close(user: Any, round_: Round) -> Verdict:
    return rules.can_manage_rounds(user)


ROUND = Workflow(
    field="status",
    states=Round.Status,
    verb_prefix="rounds",
    transitions=[
        Transition("open", "启动本轮", frozenset({_Status.PLANNED}), _Status.OPEN, _can_open, style="primary"),
        Transition(
            "close", "结束本轮", frozenset({_Status.OPEN}), _Status.CLOSED, _can_close,
            confirm="结束后，本轮的组、分工和参数不能再改。",
        ),
        Transition(
            "reopen", "重新启动", frozenset({_Status.CLOSED}), _Status.OPEN, _can_close, wants_reason=True
        ),
    ],
)  # fmt: skip

ORDER = (Stage.PREP, Stage.SURVEY, Stage.FINDING, Stage.REPORT, Stage.RECTIFY, Stage.FILED)


def advance_name(target: str) -> str:
    """Name of the transition that moves a village on to ``target``."""
    return f"to_{target}"


def back_name(target: str) -> str:
    """Name of the transition that sends a village back to ``target``."""
    return f"back_to_{target}"


def _steps() -> list[Transition]:
    steps = []
    for source, target in itertools.pairwise(ORDER):
        steps.append(
            Transition(
                advance_name(target), f"进入“{target.label}”", frozenset({source}), target,
                rules.can_advance_stage, style="primary",
            )
        )  # fmt: skip
        steps.append(
            Transition(
                back_name(source), f"退回“{source.label}”", frozenset({target}), source,
                rules.can_step_back, wants_reason=True,
            )
        )  # fmt: skip
    return steps


STAGES = Workflow(field="status", states=Stage, verb_prefix="stages", transitions=_steps())


def next_stage(inspection: VillageInspection) -> Stage | None:
    """The stage after the present one; ``None`` at the end."""
    position = ORDER.index(Stage(inspection.status))
    return ORDER[position + 1] if position + 1 < len(ORDER) else None


IMPORT = staging_workflow("imports")

name_verbs(
    {
        "accounts.create": "建立账号",
        "accounts.update": "修改账号",
        "accounts.reset_password": "重置密码",
        "accounts.change_password": "本人修改密码",
        "accounts.deactivate": "停用账号",
        "accounts.reactivate": "重新启用",
        "accounts.hand_over": "移交工作",
        "accounts.login": "登录",
        "accounts.throttle": "登录失败过多，暂缓登录",
        "calendar.add_day": "登记日期",
        "calendar.change_day": "修改日期",
        "calendar.remove_day": "删除日期",
        "imports.stage": "上传预览",
        "numbers.take": "编号",
        "places.import": "名册导入更新",
        "places.retire_village": "撤并",
        "places.restore_village": "恢复到名册",
        "pledges.publish": "发布保密承诺书",
        "pledges.sign": "签署保密承诺、申报回避",
        "pledges.remind": "提醒签署",
        "reference.add_scheme": "载入分类方案",
        "reference.copy_scheme": "复制为新版",
        "reference.edit_scheme": "修改名称或类别",
        "reference.edit_categories": "修改类别",
        "recusals.declare": "申报回避",
        "recusals.withdraw": "撤销申报",
        "recusals.approve_exception": "批准例外",
        "recusals.revoke_exception": "撤回例外",
        "rounds.copy_parameters": "带入参数",
        "teams.set_towns": "确定负责镇（街道）",
        "teams.add_member": "编入人员",
        "teams.update_member": "修改职务或授权",
        "teams.remove_member": "调出人员",
        "teams.hand_over": "移交职务",
        "teams.assign_village": "分派村（社区）",
        "teams.update_assignment": "修改驻村日期",
        "teams.move_assignment": "改派巡察组",
        "teams.withdraw_assignment": "撤回分工",
    }
)
