"""Villages and rounds beside each other, and the summary workbook, against counts made by hand."""

import io
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from core.errors import ServiceError
from core.models import Job
from surveys import selectors, services
from surveys.documents.summary import HIDDEN, summary_xlsx
from surveys.models import Survey
from surveys.selectors.comparison import comparison, earlier_of
from surveys.selectors.summary import summary
from tests.factories import make_inspection, make_round, make_team, make_village
from tests.surveys.polls import ITEMS, locked, sheet_row

pytestmark = pytest.mark.django_db
HONEST = (20, 21, 22)


def sheets(number, bad=0, words=None):
    """``number`` sheets all 好, but ``bad`` of them 差 in the three items about honesty."""
    return [
        sheet_row(n, cells=dict.fromkeys(HONEST, 4 if n <= bad else 1), comment=words if n == 1 else None)
        for n in range(1, number + 1)
    ]


@pytest.fixture
def villages(cast):
    """Three villages of one team: 100 sheets without blame, 100 with 40, 100 with 44 blaming."""
    found = [cast.inspection]
    found += [
        make_inspection(cast.team, make_village(cast.town_place, name=name)) for name in ("石塘村", "东岭村")
    ]
    return [locked(cast, sheets(100, bad), one) for one, bad in zip(found, (0, 40, 44), strict=True)]


def test_only_what_really_differs_is_marked(villages, cast):
    found = comparison(cast.leader, cast.round)
    at = found.aspects.index("廉洁程度")
    said = {line.survey.village.name: (line.cells[at].text, line.cells[at].verdict) for line in found.lines}
    # Against the two others together: 100 % and 58 %, 60 % and 78 %, 56 % and 80 %.
    assert said == {"云溪村": ("100.0%", 1), "石塘村": ("60.0%", -1), "东岭村": ("56.0%", -1)}
    others = [cell for line in found.lines for cell in line.cells[:at]]
    assert {(cell.text, cell.verdict, cell.word) for cell in others} == {("100.0%", 0, "差别在误差范围内")}
    assert found.whole[at].found.rate.low == Fraction(300 - 84, 300)
    assert (found.sheets, found.comparisons) == (300, 3 * len(found.aspects))


def test_the_difference_between_two_alike_villages_is_said_to_be_noise(cast):
    other = make_inspection(cast.team, make_village(cast.town_place, name="石塘村"))
    locked(cast, sheets(60, 12))
    locked(cast, sheets(60, 16), other)
    found = comparison(cast.leader, cast.round)
    at = found.aspects.index("廉洁程度")
    assert [(line.cells[at].text, line.cells[at].verdict) for line in found.lines] == [
        ("80.0%", 0),
        ("73.3%", 0),
    ]


def test_another_team_sees_its_own_villages_only(villages, cast):
    assert comparison(cast.outsider, cast.round).lines == []
    assert len(comparison(cast.office_head, cast.round).lines) == 3


def test_an_earlier_round_of_the_village_stands_beside_with_its_verdict(cast):
    before = make_round(cast.district, cast.scheme, number=cast.round.number - 1, year=cast.round.year - 1)
    then = make_inspection(make_team(before), cast.village_place)
    locked(cast, sheets(80, 40), then)
    now = locked(cast, sheets(80, 8))
    (line,) = earlier_of(now)
    cells = dict(
        zip([name for name, _ in selectors.results(cast.leader, now).rates], line.cells, strict=True)
    )
    assert (line.round, line.sheets) == (before, 80)
    assert (cells["廉洁程度"].text, cells["廉洁程度"].verdict) == ("50.0%", 1)
    assert cells["工作作风"].verdict == 0
    whole = comparison(cast.office_head, cast.round).earlier
    assert [(row.round, row.villages) for row in whole] == [(before, 1)]


def test_the_page_asks_as_often_for_one_village_as_for_three(villages, cast, client):
    client.force_login(cast.leader)
    client.get("/guang/duibi/")
    with CaptureQueriesContext(connection) as three:
        page = client.get("/guang/duibi/").content.decode()
    assert "▼" in page and "▲" in page and "Newcombe" in page
    Survey.objects.exclude(pk=villages[0].pk).update(status="closed")
    with CaptureQueriesContext(connection) as one:
        client.get("/guang/duibi/")
    assert len(three) == len(one)


def rows_of(book, name):
    """Data rows of a sheet: below the head, above the footnote."""
    return list(book[name].iter_rows(min_row=4, values_only=True))[:-1]


def test_the_workbook_says_what_the_sheets_said(villages, cast):
    made = summary(cast.leader, cast.round, villages[0].locked_on)
    book = load_workbook(io.BytesIO(summary_xlsx(made)))
    assert book.sheetnames == ["份数", "各题", "各方面", "班子测评", "成员测评", "意见建议", "疑点"]
    items = rows_of(book, "各题")
    assert len(items) == 3 * ITEMS
    expected = {"云溪村": (100, 0, "100.0%"), "石塘村": (60, 40, "60.0%"), "东岭村": (56, 44, "56.0%")}
    for village, (good, bad, rate) in expected.items():
        mine = [row for row in items if row[0] == village and row[2] in HONEST]
        assert [(row[4], row[7], row[10]) for row in mine] == [(good, bad, rate)] * 3
    aspects = rows_of(book, "各方面")
    assert [row[0] for row in aspects] == ["云溪村", "石塘村", "东岭村"]
    assert [row[-2:] for row in aspects] == [(100, None), (60, None), (56, None)]
    charts = book["各方面"]._charts or []
    assert len(charts) == 1
    assert "统计人" in str(list(book["份数"].iter_rows(values_only=True))[-1][0])


def test_hidden_stays_hidden_in_the_workbook_and_names_are_masked(cast):
    survey = locked(cast, sheets(30, 2, words="王书记说了不算"))
    book = load_workbook(io.BytesIO(summary_xlsx(summary(cast.leader, cast.round, survey.locked_on, survey))))
    honest = [row for row in rows_of(book, "各题") if row[2] in HONEST]
    assert all(HIDDEN in row[4:10] and 2 not in row[4:10] for row in honest)
    assert [row[1] for row in rows_of(book, "意见建议")] == ["某书记说了不算"]


def test_the_workbook_is_made_in_the_background_and_only_of_locked_results(villages, cast, client):
    with pytest.raises(ServiceError, match="锁定"):
        services.request_summary(actor=cast.outsider, round=cast.round)
    client.force_login(cast.leader)
    answer = client.post("/guang/huizong/", {"form_key": "0" * 32}, follow=True)
    assert answer.status_code == 200
    job = Job.objects.get(kind="surveys.summary")
    assert job.title.endswith("调查测评汇总表")
