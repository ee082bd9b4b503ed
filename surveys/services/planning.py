"""When and where sheets are handed out, how many of whom are wanted, and which categories of people there are."""

from typing import Any

from django.db import transaction

from core import audit, records
from core.access import demand
from core.errors import ServiceError
from surveys import rules
from surveys.models import (
    AnswerImport,
    EntryBatch,
    Occasion,
    RespondentGroup,
    SheetNumber,
    Survey,
    SurveyCount,
    SurveyPlan,
    respondent_groups,
)
from surveys.models.groups import INITIAL
from surveys.rules.weights import weighing_round

_HANGING = (SurveyCount, SheetNumber, AnswerImport, EntryBatch)


@transaction.atomic
def save_occasion(
    *,
    actor: Any,
    survey: Survey,
    values: dict[str, Any],
    occasion: Occasion | None = None,
    revision: int | None = None,
) -> Occasion:
    """Note down or change one meeting or round of visits."""
    demand(rules.can_plan(actor, survey))
    if values["channel"] not in rules.PAPER:
        raise ServiceError("手机扫码不用登记场次。", "channel")
    same = Occasion.objects.filter(survey=survey, **{n: values[n] for n in ("channel", "held_on", "place")})
    if same.exclude(pk=occasion.pk if occasion else None).exists():
        raise ServiceError("同一天、同一地点的这个场次已经登记过。", "held_on")
    if occasion is None:
        return records.create(Occasion(survey=survey, **values), actor=actor, verb="surveys.add_occasion")
    if occasion.channel != values["channel"] and _is_used(occasion):
        raise ServiceError("这一场已经填了份数或录了问卷，场合不能再改。", "channel")
    return records.update(
        occasion, actor=actor, verb="surveys.change_occasion", revision=revision, changes=values
    )


@transaction.atomic
def remove_occasion(*, actor: Any, occasion: Occasion) -> Survey:
    """Strike out a meeting at which nothing was counted or typed."""
    demand(rules.can_plan(actor, occasion.survey))
    if _is_used(occasion):
        raise ServiceError("这一场已经填了份数或录了问卷，不能删除。")
    audit.record(
        actor=actor, verb="surveys.remove_occasion", target=occasion.survey, before={"场次": str(occasion)}
    )
    survey = occasion.survey
    occasion.delete()
    return survey


def _is_used(occasion: Occasion) -> bool:
    return any(model._default_manager.filter(occasion=occasion).exists() for model in _HANGING)


@transaction.atomic
def save_plan(*, actor: Any, survey: Survey, planned: dict[str, int], revision: int | None = None) -> Survey:
    """Say how many sheets of each category are wanted; the survey's planned number becomes their sum."""
    demand(rules.can_plan(actor, survey))
    groups = {row.code: row.name for row in respondent_groups()}
    unknown = planned.keys() - groups.keys()
    if unknown:
        raise ServiceError("没有这类人员，请刷新后再填。")
    known = {row.group: row for row in SurveyPlan.objects.filter(survey=survey)}
    before = {groups.get(code, code): row.planned for code, row in known.items()}
    after = {groups[code]: number for code, number in planned.items()}
    changed = {name: number for name, number in after.items() if before.get(name, 0) != number}
    if not changed and revision in (None, survey.revision):
        return survey
    expected = survey.revision if revision is None else revision
    total = {"planned": sum(planned.values())}
    records.write_revision(
        survey, expected, total, attempted=total, actor=actor, verb="surveys.save_plan",
        before={"planned": survey.planned},
    )  # fmt: skip
    for code, number in planned.items():
        _plan(actor, survey, known.get(code), code, number)
    return survey


def _plan(actor: Any, survey: Survey, row: SurveyPlan | None, code: str, number: int) -> None:
    if row is None:
        records.create(
            SurveyPlan(survey=survey, group=code, planned=number), actor=actor, verb="surveys.add_plan"
        )
    else:
        changes = {"planned": number}
        records.update(row, actor=actor, verb="surveys.change_plan", revision=None, changes=changes)


@transaction.atomic
def load_groups(*, actor: Any) -> list[RespondentGroup]:
    """Put the initial categories into their table, if none is there yet, so that they can be edited."""
    demand(rules.can_build(actor))
    if not RespondentGroup.objects.exists():
        rows = [
            RespondentGroup(code=row.code, name=row.name, aliases=list(row.aliases), order=order)
            for order, row in enumerate(INITIAL, 1)
        ]
        records.bulk_create(rows, actor=actor, verb="surveys.load_groups", summary="人员类别")
    return list(RespondentGroup.objects.all())


@transaction.atomic
def save_group(
    *,
    actor: Any,
    values: dict[str, Any],
    group: RespondentGroup | None = None,
    revision: int | None = None,
) -> RespondentGroup:
    """Add a category of people or change its name, aliases, place in the list; its code never changes."""
    demand(rules.can_build(actor))
    load_groups(actor=actor)
    taken = {
        name
        for row in RespondentGroup.objects.exclude(pk=group.pk if group else None)
        for name in (row.name, *row.aliases)
    }
    twice = [name for name in (values["name"], *values["aliases"]) if name in taken]
    if twice:
        raise ServiceError(f"“{twice[0]}”已经是另一类人员的名称或别称。", "name")
    if group is not None:
        _keep_weights(group, values)
        return records.update(
            group, actor=actor, verb="surveys.change_group", revision=revision, changes=values
        )
    made = RespondentGroup(code=_free_code(), **values)
    return records.create(made, actor=actor, verb="surveys.add_group")


def _keep_weights(group: RespondentGroup, values: dict[str, Any]) -> None:
    """A name under which a round weighs the ratings of this category may not be forgotten."""
    known = {name for row in INITIAL if row.code == group.code for name in (row.name, *row.aliases)}
    gone = {group.name, *group.aliases} - {values["name"], *values["aliases"]} - known
    found = weighing_round(sorted(gone))
    if found:
        name, round_ = found
        raise ServiceError(f"{round_}的测评权重用着“{name}”这个名称，改名后请把它留作别称。", "aliases")


def _free_code() -> str:
    """A code nobody has to think of: it stands in stored sheets and means nothing."""
    number = RespondentGroup.objects.count() + 1
    while RespondentGroup.objects.filter(code=f"group-{number}").exists():
        number += 1
    return f"group-{number}"
