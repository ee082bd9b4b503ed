"""What the summary workbook holds, as far as the asking person may see it."""

import datetime as dt
from typing import Any

from prep.models import Origin, WatchItem
from surveys.documents.summary import HIDDEN, Summary, Value
from surveys.models import Rating, Survey
from surveys.rules.masking import masked
from surveys.selectors.comparison import SurveyRates, locked_surveys, survey_rates
from surveys.selectors.opinions import people_of
from surveys.selectors.overview import reconciliation
from surveys.selectors.rating_results import RatingResults, rating_results
from surveys.selectors.results import Results, results
from villages.models import Round


def summary(viewer: Any, round_: Round, day: dt.date, survey: Survey | None = None) -> Summary:
    """Of all locked surveys and ratings of ``round_`` the viewer may see, or of one village."""
    surveys = list(locked_surveys(viewer, round_).filter(**({"pk": survey.pk} if survey else {})))
    found = [(one, got) for one in surveys if (got := results(viewer, one)) is not None and got.enough]
    ratings = _ratings(viewer, round_, survey)
    rates = survey_rates([one for one, _ in found])
    aspects = tuple(dict.fromkeys(aspect for one in rates for aspect in one.rows))
    where = survey.village.name if survey else round_.name
    return Summary(
        title=f"{where}调查测评汇总表",
        heading=f"{round_.name}　{len(found)}个村（社区）　有效答卷{sum(got.sheets for _, got in found)}份",
        office=f"{round_.district.name}委巡察办",
        day=day,
        aspects=aspects,
        counts=tuple(row for one in surveys for row in _counts(viewer, one)),
        items=tuple(row for one, got in found for row in _items(one, got)),
        rates=tuple(
            (
                one.survey.village.name,
                one.sheets,
                *[one.rate(a).rate.value for a in aspects],
                _intervals(one, aspects),
            )
            for one in rates
        ),
        committees=tuple(_committee(name, got) for name, got in ratings),
        members=tuple(row for name, got in ratings for row in _members(name, got)),
        words=tuple(_words(found, {one.village_id for one in surveys})),
        clues=tuple(_clues(viewer, round_, survey)),
        digests=tuple(f"{one.village.name}结果摘要（SHA-256）：{got.digest}" for one, got in found),
    )


def _counts(viewer: Any, survey: Survey) -> list[tuple[Value, ...]]:
    counted = reconciliation(viewer, survey)
    rows: list[tuple[Value, ...]] = [
        (survey.village.name, line.label, *line.figures) for line in counted.lines
    ]
    return [*rows, (survey.village.name, "合计", *counted.totals)]


def _items(survey: Survey, found: Results) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for line in found.items:
        cells = [HIDDEN if value is None else value for value in line.row.cells.values()]
        rows.append((survey.village.name, line.aspect, line.number, line.text, *cells, line.rate.text))
    return rows


def _intervals(one: SurveyRates, aspects: tuple[str, ...]) -> str:
    """The rates that may only be given as an interval, in words; the table and its chart hold their lower ends."""
    given = ((aspect, one.rate(aspect).rate) for aspect in aspects)
    return "；".join(f"{aspect}{rate.text}" for aspect, rate in given if rate.low != rate.high)


def _ratings(viewer: Any, round_: Round, survey: Survey | None) -> list[tuple[str, RatingResults]]:
    rows = Rating.objects.visible_to(viewer).filter(round=round_, status=Rating.Status.LOCKED)
    rows = rows.select_related("village", "team", "round").order_by("village__code")
    if survey:
        rows = rows.filter(village=survey.village_id)
    found = ((row.village.name, rating_results(viewer, row)) for row in rows)
    return [(name, got) for name, got in found if got is not None and got.enough]


def _committee(village: str, found: RatingResults) -> tuple[Value, ...]:
    line = found.committee
    groups = "；".join(f"{group.label}{group.score}" for group in line.groups if group.score != "—")
    return (village, found.ballots, *line.cells, line.valid, line.score, line.good_rate, groups)


def _members(village: str, found: RatingResults) -> list[tuple[Value, ...]]:
    return [
        (village, line.rank, line.name, line.post, line.valid, line.score, line.good_rate)
        for line in found.members
    ]


def _words(found: list[tuple[Survey, Results]], villages: set[Any]) -> list[tuple[Value, ...]]:
    """What was written, with persons masked."""
    names = people_of(villages)
    return [
        (one.village.name, masked(text, names[one.village_id])) for one, got in found for text in got.words
    ]


def _clues(viewer: Any, round_: Round, survey: Survey | None) -> list[tuple[Value, ...]]:
    """Points of the watch lists that came from what people said."""
    rows = WatchItem.objects.visible_to(viewer).filter(round=round_, origin=Origin.CLUE)
    if survey:
        rows = rows.filter(village=survey.village_id)
    return [
        (
            row.village.name, row.seq, row.title, row.assignee.display_name if row.assignee else "未分派",
            row.get_status_display(), row.note,
        )
        for row in rows.select_related("village", "assignee").order_by("village__code", "seq")
    ]  # fmt: skip
