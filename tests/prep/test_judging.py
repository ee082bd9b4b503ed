"""What is said of a cited edition: a table of citations and times, each answer worked out by hand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prep.models import Regulation
from prep.rules.in_force import act_of
from prep.rules.judging import FLAGS, Mark
from prep.selectors.citations import read_basis
from tests.core import naughty
from tests.prep.rulebook import DISCIPLINE, accounting, day, discipline, make_rule

pytestmark = pytest.mark.django_db

NAMED_2018 = f"《{DISCIPLINE}》（2018年10月1日起施行）第九十八条"
NAMED_2024 = f"《{DISCIPLINE}》（2024年1月1日起施行）第一百零七条"
UNNAMED = f"《{DISCIPLINE}》第九十八条"


@pytest.fixture
def book(cast):
    discipline()
    accounting()
    make_rule("农村集体经济组织法", "2025-05-01", level="law")
    make_rule("信访条例", ("2005-05-01", "2022-04-30"))
    return cast


def read(cast, lines, begin="", end="", years=(), as_of="2026-03-05"):
    act = act_of(day(begin), day(end), years)
    return read_basis(cast.member, lines, act=act, as_of=day(as_of))


def only(cast, line, *when, **how):
    [found] = read(cast, [line], *when, **how)
    [cited] = found.cited
    return cited


def offered(cited):
    return [(row.regulation.title, str(row.from_day)) for row in cited.judgement.offers]


@pytest.mark.parametrize(
    ("line", "begin", "end", "mark", "offers"),
    [
        # the day before, the first day, the last day, the day after
        (NAMED_2018, "2018-09-30", "", Mark.NOT_YET, ["2016-01-01"]),
        (NAMED_2018, "2018-10-01", "", Mark.FITS, []),
        (NAMED_2018, "2023-12-31", "", Mark.FITS, []),
        (NAMED_2018, "2024-01-01", "", Mark.ENDED, ["2024-01-01"]),
        # open end
        (NAMED_2024, "2023-12-31", "", Mark.NOT_YET, ["2018-10-01"]),
        (NAMED_2024, "2024-01-01", "2026-01-01", Mark.FITS, []),
        # spans
        (NAMED_2018, "2018-10-01", "2023-12-31", Mark.FITS, []),
        (NAMED_2018, "2023-12-31", "2024-01-01", Mark.SPANS, ["2024-01-01"]),
        (NAMED_2018, "2018-09-30", "2024-01-01", Mark.SPANS, ["2016-01-01", "2024-01-01"]),
        (NAMED_2018, "2015-01-01", "2015-12-31", Mark.NOT_YET, []),  # before the book knows any edition
        # no edition named: the one in force on the day of the paper is meant
        (UNNAMED, "2024-01-01", "", Mark.FITS, []),
        (UNNAMED, "2023-12-31", "", Mark.OTHER, ["2018-10-01"]),
        (UNNAMED, "2017-05-01", "2019-05-01", Mark.OTHER, ["2016-01-01", "2018-10-01"]),
        (UNNAMED, "2023-06-01", "2025-12-31", Mark.SPANS, ["2018-10-01"]),
        (UNNAMED, "2015-06-01", "2015-12-31", Mark.NOT_YET, []),
        # a rule without an earlier edition, a rule that has ended
        ("《农村集体经济组织法》", "2025-04-30", "", Mark.NOT_YET, []),
        ("《农村集体经济组织法》", "2025-05-01", "", Mark.FITS, []),
        ("《农村集体经济组织法》", "2025-04-30", "2025-05-01", Mark.SPANS, []),
        ("《信访条例》", "2022-04-30", "", Mark.FITS, []),
        ("《信访条例》", "2022-05-01", "", Mark.ENDED, []),
        # a rule that took the place of another one
        ("《农村集体经济组织会计制度》", "2023-12-31", "", Mark.NOT_YET, ["2005-01-01"]),
        ("《村集体经济组织会计制度》", "2024-01-01", "", Mark.ENDED, ["2024-01-01"]),
        ("《村集体经济组织会计制度》", "2023-12-31", "2024-01-01", Mark.SPANS, ["2024-01-01"]),
        # nothing said of the time, not in the book
        (UNNAMED, "", "", Mark.UNTIMED, []),
        ("《青岚区某办法》", "2024-01-01", "", Mark.UNKNOWN, []),
        ("有关规定", "2024-01-01", "", Mark.UNKNOWN, []),
        (f"《{DISCIPLINE}》（2003年）", "2024-01-01", "", Mark.NO_EDITION, ["2016-01-01", "2018-10-01", "2024-01-01"]),
    ],
)  # fmt: skip
def test_a_citation_against_a_time(book, line, begin, end, mark, offers):
    cited = only(book, line, begin, end)
    assert cited.judgement.mark == mark
    assert [first for _, first in offered(cited)] == offers
    assert cited.judgement.flagged is (mark in FLAGS)
    assert bool(cited.judgement.sentence) is (mark != Mark.FITS)


@pytest.mark.parametrize(
    ("years", "mark"),
    [
        ([2019], Mark.FITS),
        ([2019, 2023], Mark.FITS),
        ([2018], Mark.SPANS),  # the year the edition began in
        ([2017], Mark.NOT_YET),
        ([2024], Mark.ENDED),
        ([2023, 2024], Mark.SPANS),
        ([2017, 2025], Mark.SPANS),
    ],
)
def test_a_citation_against_years_only(book, years, mark):
    assert only(book, NAMED_2018, years=years).judgement.mark == mark


@pytest.mark.parametrize(
    "line",
    [
        "《中国共产党纪律处分条例（2018年修订）》第98条",
        "2018年《中国共产党纪律处分条例》",
        "《纪律处分条例》（2018年10月1日起施行）",
        "2018年纪律处分条例第五条",
        "<<中国共产党纪律处分条例>>(2018)",
        "《 中国共产党纪律处分条例 》（２０１８年版）",
    ],
)
def test_every_spelling_leads_to_the_edition_it_names(book, line):
    cited = only(book, line, "2020-01-01")
    assert (str(cited.edition.from_day), cited.judgement.mark) == ("2018-10-01", Mark.FITS)


def test_an_act_that_spans_editions_gets_the_careful_sentence(book):
    said = only(book, NAMED_2018, "2023-06-01", "2025-12-31").judgement.sentence
    for part in (
        "2023年6月1日至2025年12月31日",
        "2018年10月1日至2023年12月31日",
        "2024年1月1日起",
        "由组长把关",
    ):
        assert part in said


def test_editions_cited_side_by_side_cover_an_act_that_spans_them(book):
    marks = [
        c.judgement.mark
        for line in read(book, [NAMED_2018, NAMED_2024], "2023-06-01", "2025-12-31")
        for c in line.cited
    ]
    assert marks == [Mark.FITS, Mark.FITS]
    alone = [
        c.judgement.mark for line in read(book, [NAMED_2018], "2023-06-01", "2025-12-31") for c in line.cited
    ]
    assert alone == [Mark.SPANS]


def test_who_names_no_edition_means_the_one_of_the_day_of_the_paper(book):
    cited = only(book, UNNAMED, "2023-03-01", as_of="2023-12-31")
    assert (str(cited.edition.from_day), cited.judgement.mark) == ("2018-10-01", Mark.FITS)
    assert cited.standing == ("现行", "ok")


def test_two_rules_in_one_line_are_judged_apart(book):
    [line] = read(book, ["违反纪律处分条例第五条和《信访条例》第三条"], "2025-01-01")
    assert [(c.articles, c.judgement.mark) for c in line.cited] == [
        ("第五条", Mark.FITS),
        ("第三条", Mark.ENDED),
    ]
    assert len(line.flags) == 1


def test_a_short_form_two_rules_share_names_neither(book):
    make_rule("关于某事项的规定", "2020-01-01")
    make_rule("中华人民共和国某事项的规定", "2020-01-01")
    assert only(book, "《某事项的规定》", "2021-01-01").judgement.mark == Mark.UNKNOWN
    assert only(book, "《关于某事项的规定》", "2021-01-01").judgement.mark == Mark.FITS


def test_a_rule_switched_off_is_not_recognised(book):
    Regulation.objects.filter(title="信访条例").update(active=False)
    assert only(book, "《信访条例》", "2020-01-01").judgement.mark == Mark.UNKNOWN


def test_the_inspected_side_is_told_nothing(book):
    [line] = read_basis(book.town, [UNNAMED], act=act_of(day("2020-01-01"), None), as_of=day("2026-01-01"))
    assert line.cited[0].judgement.mark == Mark.UNKNOWN


def test_naughty_lines_come_back_unchanged(book):
    lines = [*naughty.KEPT[:60], UNNAMED]
    assert [line.text for line in read(book, lines, "2024-06-01")] == lines


def test_one_line_and_forty_ask_the_same_number_of_queries(book):
    with CaptureQueriesContext(connection) as few:
        read(book, [UNNAMED], "2020-01-01")
    with CaptureQueriesContext(connection) as many:
        read(book, [UNNAMED, "《信访条例》", "《农村集体经济组织会计制度》", NAMED_2018] * 10, "2020-01-01")
    assert len(few) == len(many) == 2
    with CaptureQueriesContext(connection) as none:
        read(book, [])
    assert len(none) == 0
