"""调查测评汇总表: valid for other programs, and what they read in its cells and charts is what was typed in."""

import io
import random
import subprocess
import zipfile
from decimal import Decimal

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from surveys.documents.summary import summary_xlsx
from surveys.models.questionnaire import Item
from surveys.selectors.summary import summary
from tests.core.ooxml import assert_valid
from tests.factories import make_inspection, make_village
from tests.lanes import soffice
from tests.surveys import ballots, polls, recount
from villages.models import RoundParameter

pytestmark = pytest.mark.django_db
CHART = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
PLACES = {"云溪村": 40, "石塘村": 55, "东岭村": 70}


def answers(rng, number):
    """Rows of typed-in sheets, some cells blank."""
    return [
        polls.sheet_row(
            n,
            rng.choice(["党员代表", "普通群众"]),
            {i: rng.choices([1, 2, 3, 4, 5, None], [40, 30, 12, 8, 7, 3])[0] for i in range(1, polls.ITEMS + 1)},
            "路灯坏了" if n == 1 else None,
        )
        for n in range(1, number + 1)
    ]  # fmt: skip


def votes(rng, number):
    """Rows of ballots; the last two of the three members are liked alike."""
    rows = []
    for n in range(1, number + 1):
        marks = rng.choices([*recount.MARKS], [60, 25, 9, 5, 4, 2], k=3)
        rows.append([n, rng.choice(["党员代表", "普通群众"]), *marks, marks[-1]])
    return rows


@pytest.fixture
def typed(cast):
    """What was typed in, by village, in a round that shows every figure: sheets and ballots, both locked."""
    RoundParameter.objects.create(round=cast.round, key="small_group_min", label="最小公布人数", value=1)
    found = {}
    for number, (name, sheets) in enumerate(PLACES.items()):
        rng = random.Random(number)
        place = cast.inspection if not number else make_inspection(
            cast.team, make_village(cast.town_place, name=name)
        )  # fmt: skip
        found[name] = answers(rng, sheets), votes(rng, sheets)
        polls.locked(cast, found[name][0], place)
        ballots.locked(cast, found[name][1], place)
    return found


@pytest.fixture
def workbook(cast, typed):
    return summary_xlsx(summary(cast.leader, cast.round, cast.round.ends_on))


def test_the_workbook_is_valid(workbook, tmp_path):
    assert_valid(workbook, tmp_path)


@pytest.mark.office
def test_another_program_reads_the_figures_that_were_typed_in(workbook, typed, tmp_path):
    converted = through_libreoffice(workbook, tmp_path)
    book = CalamineWorkbook.from_filelike(io.BytesIO(converted))
    aspects = check_sheets(book, {name: rows for name, (rows, _) in typed.items()})
    scores = check_ratings(book, {name: rows for name, (_, rows) in typed.items()})
    drawn = [chart_of(converted, number) for number in (1, 2)]
    assert sorted(drawn, key=len) == [
        {"得分": scores},
        {aspect: {name: aspects[name, aspect] for name in typed} for aspect in dict.fromkeys(a for _, a in aspects)},
    ]  # fmt: skip


def through_libreoffice(content, folder):
    """The workbook as LibreOffice writes it after reading it, and drawn as pages."""
    (folder / "in.xlsx").write_bytes(content)
    command = [soffice(), "--headless", f"-env:UserInstallation=file://{folder}/profile"]
    for kind in ("xlsx", "pdf"):
        given = [*command, "--convert-to", kind, "--outdir", folder / "out", folder / "in.xlsx"]
        subprocess.run(given, check=True, capture_output=True, timeout=180)
    assert (folder / "out/in.pdf").read_bytes().startswith(b"%PDF")
    return (folder / "out/in.xlsx").read_bytes()


def rows_in(book, sheet, village):
    return [row for row in book.get_sheet_by_name(sheet).to_python() if row[0] == village]


def check_sheets(book, typed):
    """Sheets 各题 and 各方面 against the typed rows; gives the rate of each aspect by village and aspect."""
    aspect_of = dict(Item.objects.values_list("number", "aspect__name"))
    head = next(row for row in book.get_sheet_by_name("各方面").to_python() if row[0] == "村（社区）")
    rates = {}
    for name, rows in typed.items():
        good, opinions = dict.fromkeys(head[2:9], 0), dict.fromkeys(head[2:9], 0)
        lines = rows_in(book, "各题", name)
        assert [line[2] for line in lines] == list(range(1, polls.ITEMS + 1))
        for item, line in enumerate(lines, 1):
            given = [row[1 + item] for row in rows]
            assert line[4:10] == [given.count(level) for level in (1, 2, 3, 4, 5, None)]
            good[aspect_of[item]] += given.count(1) + given.count(2)
            opinions[aspect_of[item]] += sum(level in (1, 2, 3, 4) for level in given)
        ((_, number, *shown),) = rows_in(book, "各方面", name)
        assert number == len(rows) and len(good) == 7
        for aspect, value in zip(head[2:9], shown, strict=False):
            assert (
                abs(recount.Fraction(value) - recount.Fraction(100 * good[aspect], opinions[aspect])) < 0.0501
            )
            rates[name, aspect] = value
        assert [row[1] for row in rows_in(book, "意见建议", name)] == ["路灯坏了"]
        assert rows_in(book, "份数", name)[-1][2:7] == [len(rows), len(rows), 0, len(rows), 0]
    return rates


def check_ratings(book, typed):
    """Sheets 班子测评 and 成员测评 against the typed ballots; gives the committees' scores."""
    shown = {}
    for name, rows in typed.items():
        good = [(row[1], "".join(recount.MARKS[mark] for mark in row[2:])) for row in rows]
        scores = recount.scores(good, 4)
        ((_, ballots_, *committee),) = rows_in(book, "班子测评", name)
        counts = recount.tallies(good, 4)[1]
        assert committee[:6] == [counts.get(code, 0) for code in "123450"] and ballots_ == len(rows)
        assert Decimal(str(committee[7])).quantize(Decimal("0.01")) == scores[0]
        members = sorted(
            zip(recount.ranks(scores[1:]), ballots.NAMES[1:], scores[1:], strict=True), key=by_rank
        )
        assert [(row[1], row[2], Decimal(str(row[5])).quantize(Decimal("0.01"))) for row in
                rows_in(book, "成员测评", name)] == members  # fmt: skip
        assert members[0][0] == members[1][0] or members[1][0] == members[2][0]
        shown[name] = committee[7]
    return shown


def by_rank(member):
    return member[0], ballots.NAMES.index(member[1])


def chart_of(content, number):
    """The points of a chart as its own file keeps them: by series and category."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read(f"xl/charts/chart{number}.xml"))
    found = {}
    for series in root.iterfind(".//c:ser", CHART):
        (title,) = series.xpath("c:tx//c:v/text()", namespaces=CHART)
        labels = series.xpath("c:cat//c:v/text()", namespaces=CHART)
        values = series.xpath("c:val//c:v/text()", namespaces=CHART)
        found[title] = dict(zip(labels, map(float, values), strict=True))
    return found
