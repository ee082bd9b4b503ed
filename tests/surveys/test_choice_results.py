"""Choices and matrices: counted like anybody would, and nothing small can be worked out from what is shown."""

import itertools

import pytest

from surveys import selectors, services
from surveys.models import AnswerSheet, Channel, Survey
from surveys.selectors.suppression import shown_cells, shown_tick
from tests.surveys.kinds import open_survey_of_kinds

LEAST = 5


def readings(counts, least):
    """Every way the counts can be for a reader who knows the sum, what is shown, and which hidden ones are small."""
    seen = shown_cells(counts, least)
    small = [0 < count < least for count in counts]
    hidden = [at for at, value in enumerate(seen) if value is None]
    left = sum(counts[at] for at in hidden)
    for values in itertools.product(range(left + 1), repeat=len(hidden)):
        if sum(values) == left and all(
            (0 < value < least) == small[at] for at, value in zip(hidden, values, strict=True)
        ):
            yield dict(zip(hidden, values, strict=True))


@pytest.mark.parametrize("width", [2, 3, 4])
def test_no_small_count_of_a_row_can_be_worked_out(width):
    looked_at = 0
    for counts in itertools.product((0, 1, 2, 4, 5, 7), repeat=width):
        small = [at for at in range(width) if 0 < counts[at] < LEAST]
        # Where everything is hidden, nobody knows which counts are small either.
        if not small or all(value is None for value in shown_cells(counts, LEAST)):
            continue
        looked_at += 1
        ways = list(readings(counts, LEAST))
        for at in small:
            assert len({way[at] for way in ways}) > 1, counts
    assert looked_at or width == 2


def test_what_is_large_is_shown_and_right():
    assert shown_cells([20, 10, 8], LEAST) == (20, 10, 8)
    assert shown_cells([20, 3, 2], LEAST) == (20, None, None)
    assert shown_cells([20, 1, 9], LEAST) == (20, None, None)
    assert shown_cells([2, 1, 1], LEAST) == (None, None, None)
    assert shown_cells([20, 0, 9], LEAST) == (20, 0, 9)


@pytest.mark.parametrize(
    ("ticked", "total", "expected"), [(20, 40, 20), (3, 40, None), (38, 40, None), (0, 40, 0), (40, 40, 40)]
)
def test_an_option_hides_the_few_on_either_side(ticked, total, expected):
    assert shown_tick(ticked, total, LEAST) == expected


@pytest.fixture
def survey(cast, db):
    """Thirty sheets: sources A 12, B 18; ticks 1: 20, 2: 2, 3: 30; matrix row 1: 好 25 差 5, row 2: 好 30."""
    made = open_survey_of_kinds(cast)
    sheets = []
    for number in range(30):
        single = "A" if number < 12 else "B"
        ticks = ("1" if number < 20 else "0") + ("1" if number < 2 else "0") + "1"
        matrix = ("1" if number < 25 else "4") + "1"
        channel = Channel.ENTRY if number < 16 else Channel.VISIT
        sheets.append(
            AnswerSheet(
                survey=made,
                village=made.village,
                group="villager",
                channel=channel,
                day=made.opened_on,
                answers="1" + single + ticks + matrix,
            )
        )
    AnswerSheet.objects.bulk_create(sheets)
    Survey.objects.filter(pk=made.pk).update(status="closed")
    made.refresh_from_db()
    return services.lock_results(actor=cast.leader, survey=made)


def test_choices_and_matrices_are_counted(survey, cast):
    single, multiple, matrix = selectors.results(cast.member, survey).choices
    said = {cell.label: cell.count for cell in single.lines[0].cells}
    assert said == {"A 公开栏": 12, "B 微信群": 18, "C 不知道": 0, "未答": 0}
    assert single.lines[0].cells[0].share == "40.0%"
    ticked = {cell.label: cell.count for cell in multiple.lines[0].cells}
    assert ticked == {"A 收支": 20, "B 工程": None, "C 土地": 30}
    rows = {line.label: [cell.count for cell in line.cells] for line in matrix.lines}
    assert rows == {"卫生": [25, 0, 0, 5, 0, 0], "道路": [30, 0, 0, 0, 0, 0]}


def test_occasions_are_compared_but_never_crossed_with_groups(survey, cast):
    results = selectors.results(cast.member, survey)
    assert [(line.label, line.sheets) for line in results.channels] == [("村进驻会", 16), ("走访", 14)]
    assert [line.label for line in results.groups] == ["普通群众"]
    assert results.intact


def test_the_page_shows_them_with_stars_for_the_few(survey, cast, client):
    client.force_login(cast.member)
    page = client.get(f"/guang/wenjuan/{survey.pk}/jieguo/").content.decode()
    for words in ("您从哪里知道村里的大事", "A 公开栏", "40.0%", "道路", "各场合怎么看"):
        assert words in page
    assert page.count('title="份数较少，不单列">＊') >= 1
