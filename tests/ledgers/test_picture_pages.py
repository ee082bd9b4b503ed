"""The pages of pictures: readable without JavaScript, each point opens its rows, as many queries for any books."""

import io
import re
from html import unescape

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from core import clock
from core.files.store import read_bytes
from core.jobs.runner import run_due
from core.models import Job
from ledgers.documents.pictures import pictures_xlsx
from ledgers.rules.pictures.accounts import Side, accounts
from ledgers.rules.rows import Contract
from ledgers.selectors.books import books_of
from ledgers.selectors.pictures.portrait import portrait_of
from tests.core.ooxml import assert_valid
from tests.ledgers.books import yuan
from tests.ledgers.stored import make_sheet
from tests.ledgers.test_picture_of_accounts import paid, village
from tests.ledgers.village import Village

pytestmark = pytest.mark.django_db
PICTURES = ("accounts", "months", "contracts", "payees", "digits")


def page(client, place, **asked):
    response = client.get(reverse("ledgers:pictures", kwargs={"pk": place.pk}), asked)
    assert response.status_code == 200
    return unescape(response.content.decode())


def headline(html):
    return re.search(r'picture-headline"[^>]*>([^<]*)<', html)[1]


@pytest.fixture
def reader(cast, client):
    client.force_login(cast.member)
    return client


@pytest.fixture
def kept(cast):
    """A village with a few years, contracts and receivers in its books."""
    rows = village((2023, 30000, "541"), (2024, 38000, "541"), (2025, 61560, "541"))
    make_sheet(
        cast.village_place, cast.leader, "entries", [*rows.entries, *paid(90, 2025, 700, party="甲店")]
    )
    lets = [Contract("", name="门前塘", kind="鱼塘", party="乙某", dues={2024: yuan(900)}, paid=yuan(200))]
    make_sheet(cast.village_place, cast.leader, "contracts", lets)
    return cast.village_place


def test_each_picture_says_in_words_what_one_sees(reader, kept):
    said = {picture: headline(page(reader, kept, picture=picture)) for picture in PICTURES}
    assert (
        said["accounts"] == "2025年管理费用62,260.00元，比上年增加63.8%（24,260.00元），是3个完整年度中最高的"
    )
    assert said["months"].startswith("2025年5月支出最多，62,260.00元，占当年支出的100.0%；")
    assert said["contracts"] == "1份合同，1份欠租，共700.00元；1份没有终止日期"
    assert said["payees"].startswith("2025年付款62,262.00元，1名收款人占1.1%，最多的是甲店，700.00元")
    assert said["digits"] == "只有10笔支出，不足100笔，太少，看不出什么"


def test_the_figures_stand_in_tables_and_not_only_in_charts(reader, kept):
    html = re.sub(r"<script.*?</script>", "", page(reader, kept), flags=re.DOTALL)
    for text in ("30,000.00", "38,000.00", "62,260.00", "增加63.8%"):
        assert text in html
    html = re.sub(r"<script.*?</script>", "", page(reader, kept, picture="months"), flags=re.DOTALL)
    assert "6.23" in html and "heat-gap" in html


@pytest.mark.parametrize("picture", PICTURES)
def test_every_link_opens_rows(reader, kept, picture):
    links = set(re.findall(r'href="([^"]*/huaxiang/hang/\?[^"]*)"', page(reader, kept, picture=picture)))
    links = {link.replace("&amp;", "&") for link in links}
    assert links
    for link in links:
        assert reader.get(link).status_code == 200, link


def test_the_rows_of_a_point_are_all_its_rows_page_by_page(reader, cast):
    sums = [entry for n in range(1, 61) for entry in paid(n, 2025, n * 10, month=n % 12 + 1)]
    make_sheet(cast.village_place, cast.leader, "entries", sums)
    address = reverse("ledgers:picture_rows", kwargs={"pk": cast.village_place.pk})
    asked = {"picture": "accounts", "side": "expense", "account": "541", "year": "2025"}
    first = reader.get(address, asked).content.decode()
    assert "合计18,300.00元 · 60行" in first
    second = reader.get(address, asked | {"cursor": "50"}).content.decode()
    shown = re.findall(r'data-label="借方">([\d,.]+)<', first + second)
    assert shown == [f"{n * 10}.00" for n in range(60, 0, -1)], "largest first, none twice, none left out"


def test_a_point_the_books_no_longer_have_leads_back_to_the_picture(reader, kept):
    address = reverse("ledgers:picture_rows", kwargs={"pk": kept.pk})
    response = reader.get(address, {"picture": "payees", "year": "2001", "rank": "1"}, follow=True)
    assert "账册里已没有这一点对应的行" in response.content.decode()


@pytest.mark.parametrize("asked", [{"picture": "x"}, {"pair": "二"}, {"picture": "months", "what": "x"},
                                   {"picture": "contracts", "mark": "x"}, {"picture": "payees", "year": "x"},
                                   {"picture": "digits", "year": "99999"}])  # fmt: skip
def test_nonsense_in_the_address_shows_the_picture_without_it(reader, kept, asked):
    assert headline(page(reader, kept, **asked))


def test_empty_books_say_what_to_do(reader, cast):
    for picture in PICTURES:
        assert "入账册以后" in page(reader, cast.village_place, picture=picture)


def test_many_rows_cost_no_more_queries(reader, cast, django_assert_max_num_queries):
    address = reverse("ledgers:pictures", kwargs={"pk": cast.village_place.pk})
    make_sheet(cast.village_place, cast.leader, "entries", paid(1, 2025, 10))
    with django_assert_max_num_queries(100) as few:
        reader.get(address)
    for n in range(5):
        make_sheet(cast.village_place, cast.leader, "entries", Village(n).books().entries[:100])
    with django_assert_max_num_queries(len(few)):
        reader.get(address)


def test_the_inspected_side_and_the_recused_see_nothing(client, cast):
    address = reverse("ledgers:pictures", kwargs={"pk": cast.village_place.pk})
    for role in ("village", "town", "outsider"):
        client.force_login(getattr(cast, role))
        assert client.get(address).status_code == 404


def test_the_workbook_has_the_figures_of_the_pages(reader, kept, tmp_path):
    reader.post(reverse("ledgers:picture_workbook", kwargs={"pk": kept.pk}), {"_key": "a" * 32})
    job = Job.objects.get(kind="ledgers.pictures")
    run_due(job.pk)
    job.refresh_from_db()
    content = read_bytes(job.result_file)
    assert_valid(content, tmp_path)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["逐年科目", "逐月", "合同", "收款人", "首位数字"]
    rows = book.get_sheet_by_name("逐年科目").to_python()
    assert ["支出", "管理费用", 30000, 38000, 62260, 24260] in [row[:6] for row in rows]
    spent = [row[2] for row in book.get_sheet_by_name("逐月").to_python() if row[0] == 2025]
    assert sum(filter(None, map(float, (value or 0 for value in spent)))) == 62262
    assert any("乙某" in row and 700 in row for row in book.get_sheet_by_name("合同").to_python())


def test_the_workbook_of_a_whole_village_is_sound_and_repeats_itself(cast):
    place = cast.village_place
    made = Village(3).books()
    for kind in ("entries", "balances", "contracts"):
        make_sheet(place, cast.leader, kind, getattr(made, kind))
    portrait = portrait_of(place, clock.today())
    content = pictures_xlsx(portrait)
    assert content == pictures_xlsx(portrait)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name("逐年科目").to_python()
    sums = {(row[0], row[1]): row[2:7] for row in rows if row[0] in ("收入", "支出")}
    seen = accounts(books_of(place, today=clock.today()))
    for side in (Side.INCOME, Side.EXPENSE):
        total = [float(cell.amount) for cell in seen.total(side).values()]
        columns = zip(*(v for (label, _), v in sums.items() if label == side.label), strict=True)
        assert [round(sum(column), 2) for column in columns] == total
