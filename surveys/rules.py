"""Who may do what with a survey, and whether its head counts agree. Each answer carries the sentence shown."""

from collections import Counter
from typing import Any

from django.db.models import Count

from core.verdict import ALLOW, Verdict, deny
from surveys.models import AnswerImport, AnswerSheet, Channel, Questionnaire, Survey, SurveyCount
from villages.access import has_post, is_inspecting, is_recused, team_role
from villages.models import Stage, TeamRole, VillageInspection
from villages.rules import is_system

LEADING = (TeamRole.LEADER, TeamRole.DEPUTY, TeamRole.LIAISON)
PAPER = (Channel.MOBILISATION, Channel.ENTRY, Channel.VISIT)
_BEFORE_SURVEY = frozenset({Stage.PREP, Stage.SURVEY})


def can_browse(user: Any) -> Verdict:
    """Open the pages of this stage at all: the inspecting side."""
    return ALLOW if is_inspecting(user) else deny("问卷调查只对巡察组和巡察办开放。")


def can_work(user: Any, row: Any) -> Verdict:
    """Work on the survey of a village at all: its team, unrecused."""
    if is_system(user):
        return ALLOW
    if not team_role(user, row.team):
        return deny("由本巡察组成员办理。", visible=False)
    if is_recused(user, row):
        return deny("您须回避该村（社区）。", visible=False)
    return ALLOW


def can_lead(user: Any, row: Any) -> Verdict:
    """Open, close and lock: leader, deputy or liaison of the team."""
    allowed = can_work(user, row)
    if allowed and not is_system(user) and not has_post(user, row, *LEADING):
        return deny("由本组组长、副组长或联络员办理。")
    return allowed


def can_create(user: Any, inspection: VillageInspection) -> Verdict:
    """Plan a survey for a village that has not got past this stage."""
    allowed = can_lead(user, inspection)
    if allowed and inspection.status not in _BEFORE_SURVEY:
        return deny(f"该村（社区）处于“{inspection.get_status_display()}”阶段，不再安排问卷调查。")
    return allowed


def can_open(user: Any, survey: Survey) -> Verdict:
    """Open a survey once the village has reached this stage."""
    allowed = can_lead(user, survey)
    if allowed and survey.inspection.status != Stage.SURVEY:
        return deny("该村（社区）还没有转入调查测评阶段，或已经离开这一阶段。")
    return allowed


def can_collect(user: Any, survey: Survey) -> Verdict:
    """Hand out slips, count and type in sheets: the team, while the survey is open."""
    allowed = can_work(user, survey)
    if allowed and survey.status != Survey.Status.OPEN:
        return deny(f"问卷调查{survey.get_status_display()}，不能再收卷。")
    return allowed


def can_close(user: Any, survey: Survey) -> Verdict:
    """Close when all counts agree."""
    allowed = can_lead(user, survey)
    if not allowed:
        return allowed
    problems = unreconciled(survey)
    return deny(f"份数还对不上：{problems[0]}。") if problems else ALLOW


def can_close_anyway(user: Any, survey: Survey) -> Verdict:
    """Close although counts do not agree, with the reason why."""
    allowed = can_lead(user, survey)
    if allowed and not unreconciled(survey):
        return deny("份数已核对一致，直接结束即可。", visible=False)
    return allowed


def can_finish(user: Any, inspection: VillageInspection) -> Verdict:
    """End the stage of a village."""
    allowed = can_lead(user, inspection)
    if allowed and inspection.status != Stage.SURVEY:
        return deny(f"该村（社区）处于“{inspection.get_status_display()}”阶段。", visible=False)
    return allowed


def can_freeze(user: Any, questionnaire: Questionnaire) -> Verdict:
    """A questionnaire is frozen by opening a survey with it: the team's leaders, or the system itself."""
    if is_system(user) or is_inspecting(user):
        return ALLOW
    return deny("由巡察组或巡察办办理。", visible=False)


def can_confirm_import(user: Any, staged: AnswerImport) -> Verdict:
    """Confirm a preview: who uploaded it, while the survey is open."""
    if not is_system(user) and staged.owner_id != user.pk:
        return deny("只有上传人可以确认这次导入。")
    return can_collect(user, staged.survey)


def can_discard_import(user: Any, staged: AnswerImport) -> Verdict:
    """Give a preview up: who uploaded it."""
    return ALLOW if staged.owner_id == user.pk else deny("只有上传人可以放弃这次导入。")


# --- head counts ------------------------------------------------------------------------------------------


def recorded(survey: Survey) -> Counter[str]:
    """Sheets in the tables, by channel; those still waiting to be mixed count as phone sheets."""
    rows = AnswerSheet.objects.filter(survey=survey).values_list("channel").annotate(Count("pk"))
    return Counter(dict(rows)) + Counter({Channel.PHONE: survey.waiting.count()})


def unreconciled(survey: Survey) -> list[str]:
    """Where the counts of one survey do not agree, as sentences without a full stop; empty when all do.

    Handed out = returned + not returned; returned = valid + void; valid = sheets in the system. The phone counts
    itself.
    """
    sheets = recorded(survey)
    counts = [row for row in survey.counts.all() if row.channel != Channel.PHONE]
    found = [problem for row in counts for problem in within(row)]
    for channel in PAPER:
        valid = sum(row.valid for row in counts if row.channel == channel)
        if valid != sheets[channel]:
            found.append(f"{channel.label}有效{valid}份，已录入{sheets[channel]}份")
    if not sheets.total():
        found.append("还没有收到任何答卷")
    return found


def within(row: SurveyCount) -> list[str]:
    """Where one line of counts does not agree with itself."""
    found = []
    if row.issued != row.returned + row.missing:
        found.append(f"{row}发放{row.issued}份，不等于回收{row.returned}份加未收回{row.missing}份")
    if row.returned != row.valid + row.void:
        found.append(f"{row}回收{row.returned}份，不等于有效{row.valid}份加无效{row.void}份")
    return found
