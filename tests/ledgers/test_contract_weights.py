"""How much the hits of contracts and projects weigh: what is only possible is a hint."""

import datetime as dt

import pytest

from ledgers.rules.catalogue import all_rules
from ledgers.rules.rows import Balance, Bidder, Cadre, Contract, Project, Resource
from ledgers.rules.rule import Severity, run
from tests.ledgers.books import books, yuan

HINT, DOUBT, GRAVE = Severity
DAY = dt.date(2020, 1, 1)
CADRE = Cadre("h", "某甲", "m1", since=dt.date(2018, 1, 1))
ENDED = {"starts_on": DAY, "ends_on": dt.date(2024, 12, 31)}
TEN_YEARS = [Contract("a", signed_on=DAY, starts_on=DAY, rent=yuan(100), prepaid_years=10)]


def let(plot, party):
    return Contract(plot + party, plot=plot, party=party, **ENDED)


@pytest.mark.parametrize(
    ("code", "rows", "severity"),
    [
        ("K01", {"contracts": [Contract("a", in_use=True, **ENDED)]}, DOUBT),
        ("K01", {"contracts": [Contract("a", **ENDED)]}, HINT),
        ("K05", {"contracts": [Contract("a", dues={2021: yuan(9)}, paid=yuan(0))]}, GRAVE),
        ("K05", {"contracts": [Contract("a", dues={2023: yuan(9)}, paid=yuan(0))]}, DOUBT),
        (
            "K08",
            {"contracts": [Contract("a", party="某甲", party_mark="m1", signed_on=DAY)], "cadres": [CADRE]},
            DOUBT,
        ),
        ("K08", {"contracts": [Contract("a", party="某甲", signed_on=DAY)], "cadres": [CADRE]}, HINT),
        (
            "K08",
            {
                "contracts": [Contract("a", party="某甲", party_mark="m1", signed_on=dt.date(2015, 1, 1))],
                "cadres": [CADRE],
            },
            HINT,
        ),
        ("K09", {"contracts": TEN_YEARS}, HINT),
        (
            "K09",
            {
                "contracts": TEN_YEARS,
                "balances": [Balance("b", 2026, month=2, standard="102", closing=yuan(5))],
            },
            DOUBT,
        ),
        ("K11", {"resources": [Resource("r", user="某甲", contract=False)]}, DOUBT),
        ("K11", {"resources": [Resource("r", user="某甲")]}, HINT),
        ("K12", {"contracts": [let("东塘", "甲"), let("东塘", "乙")]}, DOUBT),
        ("K12", {"contracts": [let("东塘", "甲"), let("东塘北片", "乙")]}, HINT),
        ("P03", {"projects": [Project("a", starts_on=DAY, tendered_on=dt.date(2020, 1, 2))]}, DOUBT),
        ("P03", {"projects": [Project("a", starts_on=DAY, signed_on=dt.date(2020, 1, 2))]}, HINT),
        (
            "P05",
            {
                "projects": [
                    Project("a", bidders=(Bidder("甲", phone="7654321"), Bidder("乙", phone="7654321")))
                ]
            },
            GRAVE,
        ),
        (
            "P05",
            {
                "projects": [
                    Project("a", bidders=(Bidder("甲", person="某"), Bidder("乙", person="某"), Bidder("丙")))
                ]
            },
            DOUBT,
        ),
    ],
)
def test_what_is_only_possible_is_a_hint(code, rows, severity):
    (hit,) = run(all_rules()[code], books(**rows))
    assert hit.severity is severity
