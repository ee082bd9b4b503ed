"""Surveys in a list, and how far one of them is."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from surveys import rules
from surveys.models import AnswerSheet, Channel, Survey, SurveyCount, Waiting, group_names
from villages.models import Membership, Round, Stage, VillageInspection

# How long a phone that comes back late still hears that its answer arrived.
KEPT = dt.timedelta(days=7)
FIGURES = ("issued", "returned", "missing", "valid", "void")
FIGURE_LABELS = ("发放", "回收", "未收回", "有效", "无效")


def surveys(viewer: Any, round_: Round | None, status: str = "") -> QuerySet[Survey]:
    """Surveys of a round the viewer may see, each with the sums of its head counts and its sheets so far."""
    rows = Survey.objects.visible_to(viewer).filter(round=round_)
    if status:
        rows = rows.filter(status=status)
    sums = {f"sum_{name}": _sum(name) for name in FIGURES}
    sums |= {"sheets_stored": _number(AnswerSheet), "sheets_waiting": _number(Waiting)}
    return (
        rows.select_related("village", "town", "team", "questionnaire")
        .annotate(**sums)
        .annotate(recorded=F("sheets_stored") + F("sheets_waiting"))
    )


def _number(model: type[AnswerSheet] | type[Waiting]) -> Coalesce:
    rows = model.objects.filter(survey=OuterRef("pk")).order_by().values("survey")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def _sum(name: str) -> Coalesce:
    """A sum of its own query: several sums over one join would multiply each other."""
    rows = SurveyCount.objects.filter(survey=OuterRef("pk")).order_by().values("survey")
    total = rows.annotate(total=Sum(name)).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def leads(viewer: Any, round_: Round | None) -> bool:
    """Does the viewer lead a team of the round? Every village of it that is visible is then theirs to arrange."""
    return Membership.objects.filter(round=round_, user=viewer.pk, role__in=rules.LEADING).exists()


def without_survey(viewer: Any, round_: Round | None) -> list[VillageInspection]:
    """Villages that are being prepared or surveyed and have no survey yet."""
    rows = VillageInspection.objects.visible_to(viewer).filter(round=round_, surveys=None)
    rows = rows.filter(status__in=[Stage.PREP, Stage.SURVEY])
    return list(rows.select_related("village").order_by("-status", "village__code"))


def status_options(viewer: Any, round_: Round | None) -> list[dict[str, Any]]:
    """The states with how many surveys are in each, for the filter."""
    rows = Survey.objects.visible_to(viewer).filter(round=round_).order_by()
    numbers = dict(rows.values_list("status").annotate(Count("pk")))
    options = [
        {"value": value, "label": label, "count": numbers.get(value, 0)}
        for value, label in Survey.Status.choices
    ]
    return [{"value": "", "label": "全部", "count": sum(numbers.values())}, *options]


@dataclass(frozen=True)
class CountLine:
    """One line of the table of head counts: what was counted, and how many sheets the system holds."""

    label: str
    figures: tuple[int, ...]
    recorded: int | None
    agrees: bool

    @property
    def labelled(self) -> list[tuple[str, int]]:
        """The figures with their names."""
        return list(zip(FIGURE_LABELS, self.figures, strict=True))


@dataclass(frozen=True)
class Reconciliation:
    """The head counts of one survey: lines, sums, and what does not agree."""

    lines: list[CountLine]
    totals: tuple[int, ...]
    recorded: int
    problems: list[str]
    planned: int

    @property
    def labelled(self) -> list[tuple[str, int]]:
        """The sums with their names."""
        return list(zip(FIGURE_LABELS, self.totals, strict=True))

    @property
    def agrees(self) -> bool:
        """Do all counts agree?"""
        return not self.problems


def reconciliation(viewer: Any, survey: Survey) -> Reconciliation:
    """The counts of a survey the viewer has been shown, beside what the system holds."""
    sheets = rules.recorded(survey)
    rows = [_so_far(row, survey, sheets) for row in survey.counts.select_related("occasion")]
    lines = [line for channel in Channel for line in _lines(channel, rows, sheets)]
    totals = tuple(sum(getattr(row, name) for row in rows) for name in FIGURES)
    return Reconciliation(lines, totals, sheets.total(), rules.unreconciled(survey), survey.planned)


def typed_counts(survey: Survey) -> list[dict[str, Any]]:
    """The paper counts as the table of the form takes them."""
    rows = survey.counts.exclude(channel=Channel.PHONE)
    return [
        {**row, "channel": str(row.pop("occasion") or row["channel"])}
        for row in rows.values("channel", "occasion", "group", *FIGURES)
    ]


def _so_far(row: SurveyCount, survey: Survey, sheets: Counter[str]) -> SurveyCount:
    """While a survey runs, the phones' line is what has come in until now; it is written down at the end."""
    if row.channel == Channel.PHONE and survey.status == Survey.Status.OPEN:
        row.returned = row.valid = sheets[Channel.PHONE]
        row.missing = row.issued - row.returned
    return row


def _lines(channel: Channel, rows: list[SurveyCount], sheets: Counter[str]) -> list[CountLine]:
    mine = sorted((row for row in rows if row.channel == channel), key=_when)
    if not mine and not sheets[channel]:
        return []
    valid, names = sum(row.valid for row in mine), group_names() if any(row.group for row in mine) else {}
    phone = channel == Channel.PHONE
    lines = [
        CountLine(
            label=f"{row}{'·' + names.get(row.group, row.group) if row.group else ''}",
            figures=tuple(getattr(row, name) for name in FIGURES),
            recorded=sheets[channel] if len(mine) == 1 else None,
            agrees=phone or not rules.within(row, names),
        )
        for row in mine
    ]
    if len(mine) != 1:
        figures = tuple(sum(getattr(row, name) for row in mine) for name in FIGURES)
        lines.append(CountLine(f"{channel.label}小计", figures, sheets[channel], valid == sheets[channel]))
    return lines


def _when(row: SurveyCount) -> tuple[str, str]:
    return (row.occasion.held_on.isoformat() if row.occasion else "", row.group)


def to_mix() -> QuerySet[Survey]:
    """Surveys with answers in the waiting room, whoever's they are: for the operator's commands."""
    return Survey.objects.filter(waiting__isnull=False).distinct()


def to_record(today: dt.date) -> QuerySet[Survey]:
    """Surveys with mixed answers of a day that is over and that the trail has not heard of."""
    days = AnswerSheet.objects.filter(survey=OuterRef("pk"), channel=Channel.PHONE, day__lt=today)
    unheard = days.filter(Q(day__gt=OuterRef("mixed_on")) | Q(survey__mixed_on=None))
    return Survey.objects.filter(Exists(unheard))


def to_forget(today: dt.date) -> QuerySet[Survey]:
    """Surveys that ended long enough ago for their key and receipts to go."""
    ended = Survey.objects.filter(status__in=[Survey.Status.CLOSED, Survey.Status.LOCKED], forgotten_on=None)
    return ended.filter(closed_on__lte=today - KEPT)


def progress_of(viewer: Any, round_: Round) -> dict[Any, tuple[int, int]]:
    """By inspection: how many sheets there are and how many were planned. For boards."""
    rows = surveys(viewer, round_).values_list("inspection", "recorded", "planned")
    return {inspection: (valid, planned) for inspection, valid, planned in rows}


def awaiting_step(viewer: Any, round_: Round) -> QuerySet[Survey]:
    """Surveys somebody must take on: not begun, running, or ended without locked results."""
    open_states = ~Q(status=Survey.Status.LOCKED)
    return (
        Survey.objects.visible_to(viewer).filter(open_states, round=round_).select_related("village", "team")
    )
