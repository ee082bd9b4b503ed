"""The rules over a village's figures: hand-worked sheets, what each gives reason to ask, and what it does not."""

import datetime as dt
from decimal import Decimal

from prep.rules.facts import RULES, facts_of
from prep.rules.factsheet import FactSheet, Limits, Officer, ProjectLine, YearLine
from prep.rules.outline import traces

LIMITS = Limits(
    debt_rise=Decimal(50_000), income_change=Decimal("0.3"), project_sum=Decimal(200_000), long_term_years=9
)
TODAY = dt.date(2026, 3, 5)


def year(number, income=None, expense=None, debt=None, petitions=None, cases=None):
    money = [None if amount is None else Decimal(amount) for amount in (income, expense, debt)]
    return YearLine(number, *money, petitions, cases)


def sheet(*years, **over):
    return FactSheet(today=TODAY, limits=LIMITS, years=years, **over)


def found(given):
    return {fact.key: fact for fact in facts_of(given)}


def test_expense_over_income_two_years_running_states_both_years():
    facts = found(sheet(year(2024, 860_000, 905_000), year(2025, 900_000, 1_012_300)))
    assert facts["deficit:2025"].statement == (
        "2024年收入86.00万元、支出90.50万元；2025年收入90.00万元、支出101.23万元，连续两年支出大于收入。"
    )
    assert set(facts["deficit:2025"].asks) == {"secretary", "director", "accountant", "supervisor"}


def test_one_bad_year_or_a_gap_between_years_is_no_run():
    assert "deficit:2025" not in found(sheet(year(2024, 900, 900), year(2025, 900, 901)))
    assert "deficit:2025" not in found(sheet(year(2023, 1, 2), year(2025, 1, 2)))
    # A year without figures does not break into the pair, it is no pair at all.
    assert found(sheet(year(2024, 1, 2), year(2025, None, 5))) == {}


def test_debt_is_asked_from_the_limit_on_with_the_amount_it_grew():
    facts = found(sheet(year(2024, debt=120_000), year(2025, debt=170_000)))
    assert facts["debt:2025"].statement == (
        "年末债务由2024年的12.00万元增加到2025年的17.00万元，增加5.00万元。"
    )
    assert "5.00万元" in facts["debt:2025"].asks["secretary"]
    assert found(sheet(year(2024, debt=120_000), year(2025, debt=169_999))) == {}


def test_income_that_jumps_or_falls_by_the_share_is_asked():
    up = found(sheet(year(2024, income=100_000), year(2025, income=130_000)))
    assert "增加30.0%" in up["income:2025"].statement
    down = found(sheet(year(2024, income=100_000), year(2025, income=60_000)))
    assert "减少40.0%" in down["income:2025"].statement
    assert found(sheet(year(2024, income=100_000), year(2025, income=129_999))) == {}
    assert found(sheet(year(2024, income=0), year(2025, income=500))) == {}


def test_rising_petitions_are_said_to_the_team_and_never_to_the_one_who_is_asked():
    fact = found(sheet(year(2024, petitions=3), year(2025, petitions=6)))["petitions:2025"]
    assert fact.statement == "信访由2024年的3件增加到2025年的6件。"
    assert all("信访" not in question and traces(question) == [] for question in fact.asks.values())
    assert found(sheet(year(2024, petitions=6), year(2025, petitions=6))) == {}


def test_cases_of_the_last_year_only():
    assert "cases:2025" in found(sheet(year(2025, cases=1)))
    assert found(sheet(year(2024, cases=2), year(2025, cases=0))) == {}


def test_projects_over_the_sum_stand_in_one_question_the_largest_first():
    projects = (
        ProjectLine("村部维修", Decimal(199_999)),
        ProjectLine("机耕路", Decimal(200_000)),
        ProjectLine("污水管网", Decimal(860_000)),
    )
    (fact,) = found(sheet(projects=projects)).values()
    assert fact.statement == "20.00万元以上的工程：污水管网86.00万元；机耕路20.00万元，共2个。"
    assert "污水管网" in fact.asks["accountant"]


def test_people_both_posts_kin_long_terms_and_newcomers():
    officers = (
        Officer("江予安", "党组织书记", dt.date(2017, 3, 5)),
        Officer("许晚舟", "报账员", dt.date(2020, 1, 1), kin="与书记系叔侄"),
        Officer("秦承安", "副书记", dt.date(2010, 1, 1)),
    )
    facts = found(sheet(officers=officers, both_posts=("江予安",)))
    assert "同时担任" in facts["both:江予安"].statement
    assert "许晚舟（报账员）：与书记系叔侄" in facts["kin:许晚舟"].statement
    assert "许晚舟" not in "".join(facts["kin:许晚舟"].asks.values())
    assert "已9年" in facts["long:江予安"].statement
    # One day short of nine years is eight.
    short = Officer("江予安", "党组织书记", dt.date(2017, 3, 6))
    assert "long:江予安" not in found(sheet(officers=(short,)))
    fresh = Officer("钟启山", "党组织书记", dt.date(2025, 6, 1))
    assert set(found(sheet(officers=(fresh,)))) == {"new:钟启山"}


def test_traits_emptiness_and_earlier_problems():
    facts = found(
        sheet(traits=frozenset({"merged", "weak"}), population=1000, residents=599, earlier_problems=True)
    )
    assert set(facts) == {"trait:merged", "emptied", "earlier"}
    assert facts["emptied"].statement == "户籍人口1000人，常住599人，占59.9%。"
    assert found(sheet(population=1000, residents=600)) == {}


def test_nothing_known_gives_nothing_to_ask():
    assert facts_of(sheet()) == []
    assert len(RULES) == 13


def test_no_question_is_longer_than_a_talk_record_takes_and_none_gives_anybody_away():
    full = sheet(
        year(2024, 100_000, 200_000, 0, 1, 0), year(2025, 300_000, 400_000, 900_000, 5, 2),
        officers=(Officer("江予安", "党组织书记", dt.date(2010, 1, 1), "叔侄"),), both_posts=("江予安",),
        projects=(ProjectLine("很长的工程名" * 12, Decimal(900_000)),),
        traits=frozenset({"merged", "land", "construction", "strong"}), population=10, residents=1,
        earlier_problems=True,
    )  # fmt: skip
    facts = facts_of(full)
    assert len(facts) == 15
    for fact in facts:
        assert len(fact.statement) <= 300 and len(fact.key) <= 100, fact.key
        for question in fact.asks.values():
            assert len(question) <= 300 and traces(question) == [], question
