"""What only a name says weighs less than what a mark says; and parameters hold from their day on."""

import datetime as dt
from dataclasses import replace

import pytest

from ledgers.rules.catalogue import all_rules
from ledgers.rules.rows import Asset, Benefit, Cadre, Contract, Debt, Entry, Listed
from ledgers.rules.rule import Limit, Severity, run
from tests.ledgers.books import books, yuan

HEAD = Cadre("c1", "王甲", "m-wang", "村主任", salaried=True)
DAY = dt.date(2024, 6, 5)


def paid(amount, summary, mark="", day=DAY, **more):
    return Entry(str(day), day.year, day, "1", summary=summary, standard="541", debit=yuan(amount), party="王甲",
                 party_mark=mark, **more)  # fmt: skip


def severities(code, own=None, **rows):
    return [hit.severity for hit in run(all_rules()[code], books(cadres=[HEAD], **rows), own)]


@pytest.mark.parametrize(("mark", "severity"), [("m-wang", Severity.DOUBT), ("", Severity.HINT)])
def test_a_name_alone_is_a_hint(mark, severity):
    firm = Listed("f", "company", "王甲", mark, detail="兴旺建材店")
    assert severities("L17", entries=[paid(9, "购水泥", seller="兴旺建材店")], lists=[firm]) == [severity]
    assert severities("L19", benefits=[Benefit("b", "清淤", "work", 2024, 5, "王甲", mark)]) == [severity]
    assert severities("L20", {"yearly": 5}, entries=[paid(9, "工资", mark)]) == [severity]
    assert severities("L24", entries=[paid(9, "挖机费", mark)]) == [severity]
    assert severities("L24", debts=[Debt("d", 2024, "receivable", "王甲", mark, yuan(9))]) == [severity]


def test_rent_that_a_list_says_was_paid_is_grave():
    contract = Contract("k", name="东鱼塘合同", payments={2024: yuan(900)})
    assert severities("L25", contracts=[contract], entries=[paid(9, "电费")]) == [Severity.GRAVE]


def test_what_is_scrapped_or_too_many_is_a_hint_and_what_is_missing_a_doubt():
    assets = [Asset("a", quantity=yuan(2), counted=yuan(1)), Asset("b", quantity=yuan(1), counted=yuan(2)),
              Asset("c", quantity=yuan(1), counted=yuan(0), state="报废")]  # fmt: skip
    assert severities("L29", assets=assets) == [Severity.DOUBT, Severity.HINT, Severity.HINT]


def test_a_standard_holds_from_its_year_on():
    standard = Limit("标准", ((dt.date(2023, 1, 1), 30000), (dt.date(2024, 1, 1), 36000)))
    rule = replace(all_rules()["L20"], limits={"yearly": standard})
    wages = [paid(33000, "全年工资", "m-wang", dt.date(year, 12, 20)) for year in (2023, 2024)]
    assert [(hit.years, hit.amount) for hit in run(rule, books(cadres=[HEAD], entries=wages))] == [
        ((2023,), yuan(3000))
    ]
