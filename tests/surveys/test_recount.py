"""Workbooks with every kind of defect in them: what the product counts is what a second reader counts."""

import io
import json
import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from django.core.management import call_command
from django.urls import reverse
from lxml import html

from core.audit import SYSTEM
from surveys import services
from surveys.models import AnswerSheet, respondent_groups
from surveys.rules import weights
from tests.architecture.source import ROOT
from tests.surveys import recount
from tests.surveys.ballots import NAMES, SUBJECTS, open_rating, sheet
from tests.surveys.ballots import book as ballot_book
from tests.surveys.ballots import reload as reload_rating
from tests.surveys.polls import ITEMS, count, open_survey, reload
from villages.models import RoundParameter

pytestmark = pytest.mark.django_db

WORDS = dict(zip("12345", recount.LEVELS, strict=True))
ITEM_COLUMNS = range(3, 3 + ITEMS)
SUBJECT_COLUMNS = range(3, 3 + SUBJECTS)
VALUED = ["好", "较好", "一般", "差"]
WEIGHTS = {"村组干部": 25, "党员代表": 35, "普通群众": 40}


def told(name, *arguments):
    out = io.StringIO()
    call_command(name, *map(str, arguments), "--json", stdout=out)
    return json.loads(out.getvalue())


def table_under(page, heading):
    """The body rows of the first table below a heading, each as its cells' texts."""
    section = html.fromstring(page).get_element_by_id(heading).xpath("ancestor::section")[0]
    rows = section.xpath(".//table")[0].xpath(".//tbody/tr")
    return [["".join(cell.itertext()).strip() for cell in row.xpath("./td|./th")] for row in rows]


# --- questionnaires ---------------------------------------------------------------------------------------


def spoilt_answers(path, village, seed):
    """The office's workbook with one village's sheet spoilt."""
    made = recount.out_of(path)
    last = max(r[0].row for r in made[village].iter_rows(min_row=3) if isinstance(r[0].value, int))
    recount.spoil(random.Random(seed), made[village], ITEM_COLUMNS, last, WORDS)
    return recount.to_bytes(made)


@pytest.mark.parametrize(
    ("name", "village", "seed"),
    [
        ("第四轮问卷录入.xlsx", "南渡村", 1),
        ("第五轮问卷录入.xlsx", "东岭社区", 2),
    ],
)
def test_tallies_of_a_spoilt_workbook_are_those_of_the_second_reader(
    client, cast, tmp_path, name, village, seed
):
    cast.village_place.name = village
    cast.village_place.save()
    survey = open_survey(cast)
    (tmp_path / name).write_bytes(spoilt_answers(ROOT / "examples" / name, village, seed))
    rows = list(recount.rows_in(recount.out_of(tmp_path / name)[village], ITEM_COLUMNS, recount.LEVELS, "0"))
    good, refused, repeated = recount.sorted_out(rows)
    expected = recount.tallies(good, ITEMS)

    report = told("import_answers", tmp_path / name, "--survey", survey.pk)
    assert not AnswerSheet.objects.exists()
    assert report == told("import_answers", tmp_path / name, "--survey", survey.pk, "--commit") | {
        "committed": False
    }
    assert len(refused) == len(recount.BAD) + 1 and len(repeated) == 7
    assert (report["accepted"], report["refused"]) == (len(good), len(refused))
    assert sorted({fault["row"] for fault in report["defects"]}) == sorted(refused)
    assert sorted(fault["row"] for fault in report["repeated"]) == repeated
    assert {int(item): codes for item, codes in report["tallies"].items()} == expected

    count(survey, issued=len(good), returned=len(good), valid=len(good))
    for step in (services.close_survey, services.lock_results):
        step(actor=SYSTEM, survey=reload(survey))
    # With one as the smallest figure that is shown, nothing on the page is a star.
    RoundParameter.objects.create(round=cast.round, key="small_group_min", label="最小公布人数", value=1)
    client.force_login(cast.member)
    page = client.get(f"/guang/wenjuan/{survey.pk}/jieguo/").content.decode()
    lines = [row for row in table_under(page, "bars-title") if len(row) > 2]
    assert [row[0] for row in lines] == [str(item) for item in expected]
    for line, codes in zip(lines, expected.values(), strict=True):
        assert [int(figure) for figure in line[2:-1]] == [codes.get(code, 0) for code in "123450"]
        opinions = [codes.get(code, 0) for code in "1234"]
        assert line[-1].startswith(one_place(Fraction(100 * sum(opinions[:2]), sum(opinions))))


def one_place(share):
    """A percentage to one place, a half upwards."""
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    return f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


# --- ratings ----------------------------------------------------------------------------------------------


def ballots(seed, number=160):
    """A spoilt workbook of ballots; blanks are abstentions, but no ballot is blank as a whole."""
    rng = random.Random(seed)
    signs, often = [*recount.MARKS, None], [60, 25, 9, 5, 4, 2, 3]
    rows = [
        [
            n,
            rng.choice(["镇村干部", "党员代表", "普通群众", "村民代表"]),
            *rng.choices(signs, often, k=SUBJECTS),
        ]
        for n in range(1, number + 1)
    ]
    made = recount.out_of(io.BytesIO(ballot_book([[*row[:2], row[2] or "好", *row[3:]] for row in rows])))
    recount.spoil(
        rng, made.active, SUBJECT_COLUMNS, number + 2, dict(zip("12345", recount.MARKS, strict=False))
    )
    return recount.to_bytes(made)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("weighted", [False, True])
def test_scores_of_a_spoilt_workbook_are_those_of_the_second_reader(client, cast, tmp_path, seed, weighted):
    if weighted:
        RoundParameter.objects.create(round=cast.round, key=weights.KEY, label="权重", value=WEIGHTS)
    rating, path = open_rating(cast), tmp_path / "测评票.xlsx"
    path.write_bytes(ballots(seed))
    rows = recount.rows_in(recount.out_of(path).active, SUBJECT_COLUMNS, recount.MARKS, "5")
    good, refused, repeated = recount.sorted_out(rows)
    scores = recount.scores(good, SUBJECTS, WEIGHTS if weighted else None)
    counts = recount.tallies(good, SUBJECTS)
    places = [None, *recount.ranks(scores[1:])]

    report = told("import_ratings", path, "--village", rating.village.code, "--commit")
    assert (report["accepted"], report["refused"]) == (len(good), len(refused))
    assert sorted({fault["row"] for fault in report["defects"]}) == sorted(refused)
    assert sorted(fault["row"] for fault in report["repeated"]) == repeated and len(repeated) == 7
    assert report["group_weights"] == (WEIGHTS if weighted else {})
    for at, line in enumerate(report["subjects"]):
        figures = [*(line["counts"][label] for label in VALUED), line["abstain"], line["void"]]
        assert figures == [counts[at + 1].get(code, 0) for code in "123450"]
        assert (Decimal(str(line["score"])), line["rank"]) == (scores[at], places[at])

    for group in {group for group, _ in good}:
        code = next(row.code for row in respondent_groups() if row.name == group)
        sheet(rating, sum(one == group for one, _ in good), code, second=cast.member)
    services.close_rating(actor=SYSTEM, rating=reload_rating(rating))
    services.lock_rating(actor=SYSTEM, rating=reload_rating(rating))
    client.force_login(cast.member)
    page = client.get(reverse("surveys:rating_results", kwargs={"pk": rating.pk})).content.decode()
    shown = table_under(page, "scores-title")
    for at, name in enumerate(NAMES):
        row = next(row for row in shown if row[1].startswith("村（社区）两委班子" if at == 0 else name))
        assert [int(figure) for figure in row[3:9]] == [counts[at + 1].get(code, 0) for code in "123450"]
        assert row[-1].startswith(f"{scores[at]}（")
        assert row[0] == ("班子" if at == 0 else str(places[at]))
