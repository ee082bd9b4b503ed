"""Hints of survey tables: each at its boundary, in words that ask and accuse nobody."""

import cProfile
import datetime as dt
from decimal import Decimal

import pytest

from findings.models import TABLES
from findings.rules.table_around import Around, Sheet
from findings.rules.table_cells import read_rows
from findings.rules.table_figures import completed
from findings.rules.table_hints import Limits, hints
from tests.findings.tables import ACCOUNT, IDENTITY, OTHER_IDENTITY

ON = dt.date(2026, 3, 12)
LIMITS = Limits(Decimal(500_000), 3, Decimal("0.05"))
CLEAN = {
    "funds": {"sort": "银行存款", "booked": "100", "counted": "100"},
    "dealings": {"subject": "应收款", "party": "甲", "balance": "100", "since": "2026-01-01"},
    "assets": {"name": "仓库", "state": "自用", "booked": "是"},
    "resources": {
        "sort": "水面",
        "bounds": "村西",
        "booked_area": "100",
        "measured_area": "100",
        "user": "丙",
        "contract": "是",
        "condition": "正常",
    },
    "contracts": {
        "name": "塘",
        "tenant": "丙",
        "starts_on": "2020-01-01",
        "ends_on": "2039-12-31",
        "meeting_on": "2019-11-01",
        "signed_on": "2019-12-01",
        "published": "是",
        "filed": "是",
        "written": "是",
        "relation": "无",
    },
    "works": {
        "name": "路",
        "contractor": "某",
        "price": "500000",
        "settled": "500000",
        "paid": "500000",
        "tender": "直接发包",
        "accepted": "是",
        "began_on": "2025-01-01",
        "ended_on": "2025-02-01",
    },
    "benefits": {
        "scheme": "补贴",
        "person": "丁",
        "identity": IDENTITY,
        "amount": "1",
        "published": "是",
        "account": ACCOUNT,
    },
}


def rows_of(kind, *cells):
    rows, faults = read_rows(TABLES[kind], list(cells), [])
    assert not faults
    return completed(kind, rows, ON)


def sheet(kind, *cells, key="own", label=""):
    return Sheet(key, label, kind, rows_of(kind, *cells))


def hinted(own, *others, limits=LIMITS):
    return hints(own, ON, limits, Around([own, *others]))


def rules(kind, *cells, others=(), limits=LIMITS):
    found = hinted(sheet(kind, *(CLEAN[kind] | one for one in cells or ({},))), *others, limits=limits)
    for hint in found:
        assert hint.title and hint.advice.endswith("。")
        assert not any(
            word in hint.title + hint.advice for word in ("违规", "违法", "违纪", "贪", "挪用", "侵占")
        )
    return [hint.rule for hint in found]


@pytest.mark.parametrize("kind", sorted(CLEAN))
def test_a_row_in_order_suggests_nothing(kind):
    assert rules(kind) == []


@pytest.mark.parametrize(
    ("kind", "over", "rule"),
    [
        ("funds", {"counted": "99.99"}, "A1"),
        ("dealings", {"since": "2023-03-11"}, "B1"),
        ("dealings", {"since": "2026-03-13"}, "B2"),
        ("assets", {"state": "闲置"}, "C1"),
        ("assets", {"state": "出租"}, "C2"),
        ("assets", {"state": "出借"}, "C2"),
        ("assets", {"booked": "否"}, "C3"),
        ("resources", {"measured_area": "94.9"}, "D1"),
        ("resources", {"measured_area": "105.1"}, "D1"),
        ("resources", {"booked_area": "0", "measured_area": "1"}, "D1"),
        ("resources", {"condition": "被占用"}, "D2"),
        ("resources", {"contract": "否"}, "D3"),
        ("resources", {"condition": "闲置"}, "D4"),
        ("contracts", {"ends_on": "2019-12-31"}, "E1"),
        ("contracts", {"ends_on": "2040-01-02"}, "E2"),
        ("contracts", {"ends_on": "2050-01-02"}, "E2"),
        ("contracts", {"ends_on": "2026-03-11"}, "E3"),
        ("contracts", {"rent": "1000", "paid": "6191"}, "E4"),
        ("contracts", {"rise": "第六年起每亩加50元"}, "E5"),
        ("contracts", {"meeting_on": ""}, "E6"),
        ("contracts", {"filed": "否"}, "E6"),
        ("contracts", {"published": ""}, "E6"),
        ("contracts", {"meeting_on": "2019-12-02"}, "E7"),
        ("contracts", {"written": "否"}, "E8"),
        ("contracts", {"relation": "村主任之弟"}, "E9"),
        ("works", {"settled": "500000.01"}, "G1"),
        ("works", {"price": "500000.01", "settled": "500000.01", "paid": ""}, "G2"),
        ("works", {"paid": "500000.01"}, "G3"),
        ("works", {"accepted": "否"}, "G4"),
        ("works", {"ended_on": "2024-12-31"}, "G5"),
        ("benefits", {"relation": "会计之母"}, "H3"),
        ("benefits", {"published": "否"}, "H4"),
    ],
)
def test_what_just_passes_the_boundary_is_suggested_and_nothing_else(kind, over, rule):
    assert rules(kind, over) == [rule]


@pytest.mark.parametrize(
    ("kind", "over"),
    [
        ("dealings", {"since": "2023-03-12"}),
        ("dealings", {"since": "2019-01-01", "balance": "0"}),
        ("dealings", {"since": ""}),
        ("resources", {"measured_area": "95"}),
        ("resources", {"measured_area": "105"}),
        ("resources", {"measured_area": ""}),
        ("resources", {"contract": "否", "user": ""}),
        ("resources", {"contract": "否", "user": "村集体"}),
        ("contracts", {"ends_on": "2040-01-01"}),
        ("contracts", {"ends_on": "2026-03-12"}),
        ("contracts", {"rent": "1000", "paid": "6191.78"}),
        ("contracts", {"meeting_on": "2019-12-01"}),
        ("contracts", {"meeting_on": "2019-12"}),
        ("works", {"settled": "499999.99", "paid": "1"}),
        ("works", {"accepted": "否", "paid": "1"}),
        ("works", {"price": "600000", "tender": "公开招标"}),
    ],
)
def test_what_stays_within_the_boundary_is_not(kind, over):
    assert rules(kind, over) == []


def test_the_limits_are_those_of_the_round():
    limits = Limits(Decimal(400_000), 1, Decimal("0.5"))
    assert rules("works", limits=limits) == ["G2"]
    assert rules("dealings", {"since": "2025-01-01"}, limits=limits) == ["B1"]
    assert rules("resources", {"measured_area": "60"}, limits=limits) == []


def test_thirty_years_are_said_apart_from_twenty():
    def said(end):
        return hinted(sheet("contracts", CLEAN["contracts"] | {"ends_on": end}))[0].title

    assert "超过20年" in said("2050-01-01") and "超过30年" in said("2050-01-02")


def test_a_rented_asset_with_a_contract_of_the_village_is_left_alone():
    def contract(**cells):
        return [sheet("contracts", cells, key="e")]

    by_tenant = contract(name="x", tenant=" 乙超市")
    by_object = contract(name="仓库 租赁", tenant="y")
    foreign = contract(name="鱼塘", tenant="y")
    over = {"state": "出租", "user": "乙超市"}
    assert rules("assets", over, others=by_tenant) == rules("assets", over, others=by_object) == []
    assert rules("assets", over, others=foreign) == ["C2"]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({}, {}, ["H1", "H1"]),
        ({}, {"scheme": "低保"}, []),
        ({}, {"person": "丁甲"}, ["H1", "H2", "H1", "H2"]),  # one card, two names
        ({}, {"identity": OTHER_IDENTITY}, []),  # one name, two cards
        ({}, {"identity": IDENTITY[-4:]}, ["H1", "H1"]),  # the end of the same card
        ({}, {"identity": "0014"}, []),
        ({"identity": ""}, {"identity": ""}, ["H1", "H1"]),  # a name is all there is
        ({}, {"person": "戊", "identity": OTHER_IDENTITY}, ["H2", "H2"]),
        (
            {},
            {"person": "戊", "identity": OTHER_IDENTITY, "account": ACCOUNT[-4:]},
            [],
        ),  # ends of accounts are alike by chance
    ],
)
def test_the_same_person_and_the_same_account(one, other, found):
    assert rules("benefits", one, other) == found


def test_the_same_person_on_another_sheet_is_named_with_its_sheet():
    other = sheet("benefits", CLEAN["benefits"], key="other", label="表H（二组）")
    found = hinted(sheet("benefits", CLEAN["benefits"]), other)
    assert [hint.rule for hint in found] == ["H1"]
    assert found[0].advice == "还在表H（二组）。看是分次发放、同名同姓，还是重复。"


def test_of_many_alike_the_first_are_named_and_all_are_counted():
    def advice(count):
        return hinted(sheet("benefits", *[CLEAN["benefits"]] * count))[1].advice

    assert advice(11).startswith(
        "还在第1行、第3行、第4行、第5行、第6行、第7行、第8行、第9行、第10行、第11行。"
    )
    assert advice(12).startswith(
        "还在第1行、第3行、第4行、第5行、第6行、第7行、第8行、第9行、第10行、第11行等11行。"
    )


def test_a_card_and_the_end_of_it_are_counted_together():
    short = CLEAN["benefits"] | {"identity": IDENTITY[-4:]}
    nameless = CLEAN["benefits"] | {"person": "丁（代）"}
    found = hinted(sheet("benefits", CLEAN["benefits"], short, nameless, CLEAN["benefits"]))
    first, second, third = (
        next(hint for hint in found if hint.rule == "H1" and hint.number == row) for row in (1, 2, 3)
    )
    assert "登记了4次" in first.title and first.advice.startswith("还在第2行、第3行、第4行。")
    assert "登记了3次" in second.title and second.advice.startswith("还在第1行、第4行。")
    assert "登记了3次" in third.title and third.advice.startswith("还在第1行、第4行。")


@pytest.mark.parametrize("kind", ["benefits", "assets"])
def test_the_work_grows_with_the_rows_and_not_with_their_square(kind):
    def calls(count):
        """Calls of functions, which count the same on every machine."""
        cells = [CLEAN[kind] | {"state": "出租", "user": f"户{row}"} for row in range(count)]
        own = sheet(kind, *cells)
        contracts = sheet("contracts", *[CLEAN["contracts"]] * count, key="e")
        profile = cProfile.Profile()
        profile.runcall(hinted, own, contracts)
        return sum(entry.callcount for entry in profile.getstats())

    assert calls(400) < 5 * calls(100)
