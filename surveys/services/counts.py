"""The head counts of paper sheets, as the team writes them down on each occasion."""

from typing import Any

from django.db import transaction

from core import audit, records
from core.access import demand
from core.errors import ServiceError
from surveys import rules
from surveys.models import Occasion, Survey, SurveyCount

FIGURES = ("issued", "returned", "missing", "valid", "void")
Identity = tuple[str, Occasion | None, str]


@transaction.atomic
def save_counts(
    *, actor: Any, survey: Survey, rows: list[dict[str, Any]], revision: int | None = None
) -> Survey:
    """Make the paper counts those given: rows of ``channel``, ``occasion`` and ``group`` (both may be empty), and the
    five figures.

    Whether they agree is checked when the survey is closed, so that half a count can be saved. ``revision`` is the
    survey's, raised with every change: two people counting notice each other.
    """
    demand(rules.can_collect(actor, survey))
    known = {
        (row.channel, row.occasion, row.group): row
        for row in SurveyCount.objects.filter(survey=survey, channel__in=rules.PAPER).select_related(
            "occasion"
        )
    }
    wanted = {(row["channel"], row.get("occasion"), row.get("group", "")): row for row in rows}
    if len(wanted) < len(rows):
        raise ServiceError("同一场合、同一人员类别填了两行，请合并。", "rows")
    for channel, occasion, _ in wanted:
        if channel not in rules.PAPER:
            raise ServiceError("手机扫码的份数由系统统计，不用填写。", "rows")
        if occasion is not None and (occasion.survey_id != survey.pk or occasion.channel != channel):
            raise ServiceError("场次不属于本次调查，请重新选择。", "rows")
    before, after = _in_words(known), _in_words(wanted)
    if before == after and revision in (None, survey.revision):
        return survey
    records.write_revision(
        survey,
        survey.revision if revision is None else revision,
        {},
        attempted={"paper_counts": after},
        actor=actor,
        verb="surveys.save_counts",
        before={},
    )
    _match(actor, survey, known, wanted)
    return survey


def _figures(row: Any) -> dict[str, int]:
    if isinstance(row, SurveyCount):
        return {name: getattr(row, name) for name in FIGURES}
    return {name: row.get(name) or 0 for name in FIGURES}


def _in_words(rows: dict[Identity, Any]) -> str:
    return Survey.counts_text(
        [(occasion or channel, group, _figures(row)) for (channel, occasion, group), row in rows.items()]
    )


def _match(
    actor: Any, survey: Survey, known: dict[Identity, SurveyCount], wanted: dict[Identity, Any]
) -> None:
    for (channel, occasion, group), values in wanted.items():
        if (channel, occasion, group) in known:
            row = known[channel, occasion, group]
            records.update(
                row, actor=actor, verb="surveys.update_count", revision=None, changes=_figures(values)
            )
        else:
            made = SurveyCount(
                survey=survey, channel=channel, occasion=occasion, group=group, **_figures(values)
            )
            records.create(made, actor=actor, verb="surveys.add_count")
    for identity in known.keys() - wanted.keys():
        row = known[identity]
        audit.record(actor=actor, verb="surveys.remove_count", target=row, before=_figures(row))
        row.delete()
