"""Who may do what with a survey, and whether its head counts agree. Each answer carries the sentence shown."""

from collections import Counter, defaultdict
from typing import Any

from django.db.models import Count, Sum

from core.staging import owns
from core.verdict import ALLOW, Verdict, deny
from surveys.models import (
    AnswerImport,
    AnswerSheet,
    Channel,
    EntryBatch,
    Occasion,
    Questionnaire,
    Specification,
    Survey,
    SurveyCount,
    compiled,
    faults,
    group_names,
)
from villages.access import has_post, is_inspecting, is_office, is_recused, team_role
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
    problems = unfit(survey.questionnaire) if allowed else []
    return deny(f"问卷还不能用：{problems[0]}。") if problems else allowed


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


def can_plan(user: Any, survey: Survey) -> Verdict:
    """Say when and where sheets are handed out and how many of whom are wanted: the team, until the survey ends."""
    allowed = can_work(user, survey)
    if allowed and survey.status not in (Survey.Status.DRAFT, Survey.Status.OPEN):
        return deny(f"问卷调查{survey.get_status_display()}，不再安排。")
    return allowed


def can_build(user: Any) -> Verdict:
    """Make questionnaires and keep the list of categories: the office."""
    return ALLOW if is_system(user) or is_office(user) else deny("问卷和人员类别由巡察办编制。")


def can_edit(user: Any, questionnaire: Questionnaire) -> Verdict:
    """Change a questionnaire: the office, until a survey has been opened with it. The one place that says so."""
    allowed = can_build(user)
    if allowed and questionnaire.status != Questionnaire.Status.DRAFT:
        return deny("问卷已定稿，题目不能再改。要改请复制为新版本。")
    return allowed


def unfit(questionnaire: Questionnaire) -> list[str]:
    """What keeps a questionnaire from being used, as sentences without a full stop; a frozen one has been used."""
    if questionnaire.status == Questionnaire.Status.FROZEN:
        return []
    return faults(specification(questionnaire))


def specification(questionnaire: Questionnaire) -> Specification:
    """What a sheet of this questionnaire is made of, as it stands now."""
    items = questionnaire.items.select_related("aspect").order_by("number")
    return compiled(items, questionnaire.open_question)


def can_freeze(user: Any, questionnaire: Questionnaire) -> Verdict:
    """A questionnaire is frozen by opening a survey with it: the team's leaders, or the system itself."""
    if is_system(user) or is_inspecting(user):
        return ALLOW
    return deny("由巡察组或巡察办办理。", visible=False)


def can_confirm_import(user: Any, staged: AnswerImport) -> Verdict:
    """Confirm a preview: who uploaded it, while the survey is open."""
    verdict = ALLOW if is_system(user) else owns(user, staged)
    return verdict and can_collect(user, staged.survey)


def can_type(user: Any, batch: EntryBatch) -> Verdict:
    """Type sheets of a pile: the person whose turn it is, while the survey is open."""
    allowed = can_collect(user, batch.survey)
    if not allowed or is_system(user):
        return allowed
    if batch.status == EntryBatch.Status.FIRST and batch.first_by_id != user.pk:
        return deny("这一批由开始录入的人录完。")
    if batch.status == EntryBatch.Status.SECOND:
        return _may_retype(user, batch)
    return allowed if batch.status == EntryBatch.Status.FIRST else deny("这一批已经录完。")


def _may_retype(user: Any, batch: EntryBatch) -> Verdict:
    if batch.first_by_id == user.pk:
        return deny("复录由另一个人做，录入人不能复录自己的。")
    if batch.second_by_id and batch.second_by_id != user.pk:
        return deny("这一批已经由另一个人在复录。")
    return ALLOW


def can_hand_on(user: Any, batch: EntryBatch) -> Verdict:
    """End the first or the second typing: who typed, once every counted sheet is typed."""
    allowed = can_type(user, batch)
    if not allowed:
        return allowed
    done = batch.typed if batch.status == EntryBatch.Status.FIRST else batch.retyped
    if not done:
        return deny("还没有录入。")
    if done != batch.expected:
        return deny(f"清点{batch.expected}份，已录{done}份，请核对纸卷或改正清点份数。")
    return allowed


def can_hand_to_second(user: Any, batch: EntryBatch) -> Verdict:
    """End the first typing of a pile that somebody else types again."""
    return can_hand_on(user, batch) if batch.double else deny("这一批不复录。", visible=False)


def can_finish_alone(user: Any, batch: EntryBatch) -> Verdict:
    """End the typing of a pile that is typed once."""
    return deny("这一批要由第二人复录。", visible=False) if batch.double else can_hand_on(user, batch)


def can_store_batch(user: Any, batch: EntryBatch) -> Verdict:
    """Put a pile away: the team, once no difference is left."""
    allowed = can_collect(user, batch.survey)
    left = len(open_differences(batch)) if allowed else 0
    return deny(f"还有{left}份有差异，请对照纸卷裁定。") if left else allowed


def can_discard_batch(user: Any, batch: EntryBatch) -> Verdict:
    """Give a pile up: who typed it, or a leader of the team."""
    allowed = can_collect(user, batch.survey)
    if allowed and not is_system(user) and batch.first_by_id != user.pk and not can_lead(user, batch.survey):
        return deny("由录入人或本组组长、副组长、联络员办理。")
    return allowed


def open_differences(batch: EntryBatch) -> list[str]:
    """Numbers of the sheets typed differently, or only once, that nobody has settled yet."""
    if not batch.double:
        return []
    first, second, settled = (batch.payload.get(name, {}) for name in ("first", "second", "settled"))
    numbers = sorted(first.keys() | second.keys())
    return [n for n in numbers if n not in settled and first.get(n) != second.get(n)]


# --- head counts ------------------------------------------------------------------------------------------


def recorded(survey: Survey) -> Counter[str]:
    """Sheets in the tables, by channel; those still waiting to be mixed count as phone sheets."""
    rows = AnswerSheet.objects.filter(survey=survey).values_list("channel").annotate(Count("pk"))
    return Counter(dict(rows)) + Counter({Channel.PHONE: survey.waiting.count()})


def recorded_on(survey: Survey) -> Counter[Any]:
    """Paper sheets put away, by the occasion their workbook or pile was marked with (the sheets do not say)."""
    found: Counter[Any] = Counter()
    for rows, state, figure in (
        (survey.imports, {"state": AnswerImport.State.COMMITTED}, "accepted"),
        (survey.batches, {"status": EntryBatch.Status.STORED}, "stored"),
    ):
        marked = rows.filter(**state).exclude(occasion=None).order_by().values_list("occasion")
        found += Counter(dict(marked.annotate(Sum(figure))))
    return found


def recorded_by_group(survey: Survey) -> Counter[tuple[str, str]]:
    """Sheets in the tables, by channel and category of people."""
    rows = AnswerSheet.objects.filter(survey=survey).values_list("channel", "group").annotate(n=Count("pk"))
    return Counter({(channel, group): number for channel, group, number in rows})


def unreconciled(survey: Survey) -> list[str]:
    """Where the counts of one survey do not agree, as sentences without a full stop; empty when all do.

    Handed out = returned + not returned; returned = valid + void; valid = sheets in the system, for each channel, for
    each occasion, and where a channel was counted by category throughout, for each category. The phone counts itself.
    """
    sheets, names = recorded(survey), group_names()
    counts = [row for row in survey.counts.select_related("occasion") if row.channel != Channel.PHONE]
    found = [problem for row in counts for problem in within(row, names)]
    by_channel: dict[str, list[SurveyCount]] = defaultdict(list)
    for row in counts:
        by_channel[row.channel].append(row)
    for channel in PAPER:
        valid = sum(row.valid for row in by_channel[channel])
        if valid != sheets[channel]:
            found.append(f"{channel.label}有效{valid}份，已录入{sheets[channel]}份")
        elif valid and all(row.group for row in by_channel[channel]):
            found += _by_group(survey, channel, by_channel[channel], names)
    found += _by_occasion(survey, counts)
    if not sheets.total():
        found.append("还没有收到任何答卷")
    return found


def _by_group(survey: Survey, channel: Channel, rows: list[SurveyCount], names: dict[str, str]) -> list[str]:
    valid: Counter[str] = Counter()
    for row in rows:
        valid[row.group] += row.valid
    stored = recorded_by_group(survey)
    return [
        f"{channel.label}{names.get(group, group)}有效{number}份，已录入{stored[channel, group]}份"
        for group, number in valid.items()
        if number != stored[channel, group]
    ]


def _by_occasion(survey: Survey, counts: list[SurveyCount]) -> list[str]:
    """Sheets marked with an occasion are no more than were counted there; fewer may lie among the unmarked ones."""
    stored, valid, names = recorded_on(survey), Counter[Any](), dict[Any, str]()
    for row in counts:
        if row.occasion is not None:
            valid[row.occasion_id] += row.valid
            names[row.occasion_id] = str(row.occasion)
    for occasion in Occasion.objects.filter(pk__in=stored.keys() - names.keys()):
        names[occasion.pk] = str(occasion)
    return [
        f"{names[pk]}有效{valid[pk]}份，这一场已录入{stored[pk]}份"
        for pk in names
        if stored[pk] and stored[pk] != valid[pk]
    ]


def count_label(row: SurveyCount, names: dict[str, str]) -> str:
    """What a line of counts is called: the occasion or the channel, and the category."""
    return f"{row}{names.get(row.group, row.group)}"


def within(row: SurveyCount, names: dict[str, str]) -> list[str]:
    """Where one line of counts does not agree with itself."""
    found, label = [], count_label(row, names)
    if row.issued != row.returned + row.missing:
        found.append(f"{label}发放{row.issued}份，不等于回收{row.returned}份加未收回{row.missing}份")
    if row.returned != row.valid + row.void:
        found.append(f"{label}回收{row.returned}份，不等于有效{row.valid}份加无效{row.void}份")
    return found
