"""Hits become stories: one matter is one lead, a chain of shared rows is none, and a story's key outlives growth."""

import datetime as dt
from decimal import Decimal

import pytest

from ledgers.rules.catalogue import all_rules
from ledgers.rules.rows import Benefit, Cadre, Contract, Debt, Entry, Listed, Project
from ledgers.rules.rule import Hit, Severity, run
from ledgers.rules.stories import stories
from tests.ledgers.books import books, yuan
from tests.ledgers.planted import OWN, planted

RULES = all_rules()
HINT, DOUBT, GRAVE = Severity.HINT, Severity.DOUBT, Severity.GRAVE


def entry(key, party="", mark="", year=2023, **more):
    return Entry(key, year, dt.date(year, 5, 6), party=party, party_mark=mark, debit=yuan(100), **more)


BOOKS = books(
    entries=[
        entry("a", "宏达建材店"), entry("b", "宏达建材店", year=2024), entry("c", "城南饭庄"), entry("d", "王甲", "m1"),
        entry("e", account_name="管理费用/办公费", standard="541"), entry("f", "王 甲"), entry("g", "王甲", "m2"),
        entry("h", seller="宏达建材店"), entry("i", ticket_no="00123456"), entry("j", "张乙", ticket_no="00123456"),
        entry("p", "宏达建筑有限公司"), entry("q", "零星用工"),
    ],
    contracts=[Contract("k1", party="李丙", party_mark="m3"), Contract("k2", party="李丙", party_mark="m3"),
               Contract("k3", party="赵丁"), Contract("k4", party="孙戊"), Contract("k5", "5号鱼塘")],
    projects=[Project("w", "修渠", "宏达建筑（有限公司）")],
    benefits=[Benefit("x", "低保", name="周己", mark="m5", head="周己", account="n1"),
              Benefit("y", "低保", name="周庚", mark="m6", head="周己", account="n1"),
              Benefit("z", "低保", name="吴辛", mark="m7", head="吴辛", account="n1")],
    cadres=[Cadre("v", "王甲", "m1")],
    debts=[Debt("o", 2023, party="王甲", party_mark="m1")],
    lists=[Listed("l", "death", "周己", "m5")],
)  # fmt: skip


def hit(rule, *rows, amount=None, severity=DOUBT, years=(2023,)):
    return Hit(rule, years, rows, f"{rule}的理由。", amount and Decimal(amount), severity)


def told(*hits):
    return stories(hits, BOOKS, RULES)


def together(*hits):
    return sorted(sorted(each.rule for each in story.hits) for story in told(*hits))


@pytest.mark.parametrize(
    ("shows", "hits", "groups"),
    [
        ("two rules about one shop", [hit("L02", "a", "b"), hit("L12", "a")], [["L02", "L12"]]),
        ("one shop in several years", [hit("L12", "a"), hit("L12", "b", years=(2024,))], [["L12", "L12"]]),
        ("the seller where nobody is named as paid", [hit("L01", "h"), hit("L12", "a")], [["L01", "L12"]]),
        ("a tenant's contracts", [hit("K05", "k1"), hit("K02", "k1"), hit("L25", "k1", "k2")], [["K02", "K05", "L25"]]),
        ("two tenants", [hit("K05", "k1"), hit("K05", "k3")], [["K05"], ["K05"]]),
        ("a contract without a party", [hit("K05", "k5"), hit("K02", "k5")], [["K02", "K05"]]),
        ("a firm's works and what it was paid", [hit("P02", "w"), hit("L12", "p")], [["L12", "P02"]]),
        ("a person's benefits, whatever list speaks", [hit("C01", "x", "l"), hit("C07", "x")], [["C01", "C07"]]),
        ("two people of one name", [hit("L24", "d", "v"), hit("L24", "g")], [["L24"], ["L24"]]),
        ("with and without blanks and marks", [hit("L24", "d", "f", "v"), hit("L02", "d")], [["L02", "L24"]]),
        ("one cadre, three matters", [hit("L24", "d"), hit("L20", "d", "v"), hit("L23", "o", "v")],
         [["L20"], ["L23"], ["L24"]]),
        ("an account", [hit("L14", "e"), hit("L15", "e", years=(2022, 2023))], [["L14", "L15"]]),
        ("a habit over the years", [hit("L07", "a"), hit("L07", "c", years=(2024,))], [["L07", "L07"]]),
        ("two habits", [hit("L07", "a"), hit("L06", "a")], [["L06"], ["L07"]]),
        ("a household, by its head", [hit("C05", "x", "y"), hit("C06", "x", "y")], [["C05", "C06"]]),
        ("several households on one account", [hit("C11", "x", "y", "z"), hit("C11", "y", "z")], [["C11", "C11"]]),
        ("many receivers are nobody", [hit("L27", "q"), hit("L27", "a", "c", years=(2024,))], [["L27", "L27"]]),
        ("a ticket of nobody", [hit("L01", "i", "j", "a"), hit("L01", "i")], [["L01"], ["L01"]]),
    ],
)  # fmt: skip
def test_what_is_one_matter_is_one_story(shows, hits, groups):
    assert together(*hits) == groups, shows


def test_no_chain_of_shared_rows_joins_what_is_not_one_matter():
    chain = [hit("K05", "k1"), hit("K12", "k1", "k3"), hit("K05", "k3"), hit("K12", "k3", "k4"), hit("K05", "k4"),
             hit("L04", "a", "c"), hit("L12", "a"), hit("L12", "c"), hit("L05", "c", "d")]  # fmt: skip
    found = told(*chain)
    assert len(found) == len(chain)
    by_key = {story.key: story for story in found}
    assert set(by_key["contract:m3"].related) == {"contract:m3+赵丁"}
    assert set(by_key["habit:L04"].related) == {"payee:宏达建材店", "payee:城南饭庄", "habit:L05"}


def test_a_story_keeps_its_key_when_a_graver_hit_joins():
    before, after = told(hit("L12", "a")), told(hit("L12", "a"), hit("L01", "a", "b", severity=GRAVE))
    assert [story.key for story in before] == [story.key for story in after]
    assert (before[0].severity, after[0].severity) == (DOUBT, GRAVE)


def test_title_and_text_say_who_what_and_when():
    (story,) = told(
        hit("L12", "a", amount=900), hit("L01", "a", "b", severity=GRAVE, years=(2023, 2024), amount=100)
    )
    assert story.title == "付给宏达建材店的款项：票据号重复、拆分支付"
    assert story.years == (2023, 2024)
    assert story.text.splitlines() == [
        "涉及2023—2024年，金额900.00元。",
        "1. 票据号重复（L01）：L01的理由。",
        "2. 拆分支付（L12）：L12的理由。",
        "以上由账册比对得出，只是疑点，须逐条核实，不能当作问题。",
    ]
    assert (
        told(hit("L07", "a", years=(2021,)), hit("L07", "b"))[0].title
        == "现金、存款出现负数余额（2021年、2023年）"
    )
    many = told(*(hit("L08", f"r{number}") for number in range(30)))[0]
    assert "另有18条" in many.text
    assert "13. " not in many.text


def test_a_sum_counts_a_row_once():
    (story,) = told(hit("L02", "a", amount=300), hit("L12", "a", "b", amount=900), hit("L17", "b", amount=50))
    assert story.amount == 900
    assert told(hit("L12", "a", amount=9), hit("L12", "b", amount=1))[0].amount == 10
    assert told(hit("L12", "a"))[0].amount is None


def test_stories_of_a_whole_village_hold_every_hit_once_in_the_same_order_each_time():
    village, _ = planted(3, share=0.9)
    hits = [found for code, rule in RULES.items() for found in run(rule, village, OWN.get(code))]
    found = stories(hits, village, RULES)
    assert sorted(each.same for story in found for each in story.hits) == sorted(each.same for each in hits)
    assert stories(reversed(hits), village, RULES) == found
    assert max(len(story.hits) for story in found) < len(hits) / 4
    assert len(found) < len(hits)


def test_two_matters_in_the_same_rows_both_stay():
    young = dt.date(1990, 1, 1)
    row = Benefit(
        "b", "养老金", "pension", 2024, 3, "周己", "m5", amount=yuan(100), number_valid=False, born_on=young
    )
    hits = run(RULES["C11"], books(benefits=[row]))
    assert [each.rows for each in hits] == [("b",), ("b",)]
    assert len({each.same for each in hits}) == 2
