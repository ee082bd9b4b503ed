"""Cells of village books in every habit; every expectation is written by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from core.office.parse import BadCell
from ledgers.rules.reading import values
from ledgers.rules.reading.charts import account_of, standard
from ledgers.rules.reading.identity import identity_of, without_numbers
from ledgers.rules.reading.marks import scope_of
from ledgers.rules.reading.typed import voucher_number
from ledgers.rules.reading.years import month_in, years_in

D = dt.date


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        (1200.0, "1200"), (0.1 + 0.2, "0.3"), (333.3333, "333.33"), ("1,200.00元", "1200"), ("￥1200", "1200"),
        ("¥ 1 200.5", "1200.5"), ("１２００．５０", "1200.5"), ("1，200", "1200"), ("(1,200.00)", "-1200"),
        ("（300）", "-300"), ("-1200", "-1200"), ("－５０", "-50"), ("红字300", "-300"), ("300-", "-300"),
        ("△35", "-35"), ("1.2万元", "12000"), ("3万", "30000"), ("人民币1200元整", "1200"), ("800元/亩·年", "800"),
        ("壹仟贰佰元整", "1200"), ("壹万零伍拾圆整", "10050"), ("0", "0"), ("—", None), ("/", None), ("¥-", None),
    ],
)  # fmt: skip
def test_amounts(cell, yuan):
    found = values.amount(cell)
    assert found == (None if yuan is None else Decimal(yuan))


def test_a_head_in_ten_thousands_counts_for_bare_numbers_and_not_for_written_units():
    assert values.amount(8.65, Decimal(10_000)) == 86500
    assert values.amount("8.65", Decimal(10_000)) == 86500
    assert values.amount("3万元", Decimal(10_000)) == 30000


@pytest.mark.parametrize("cell", ["l200", "500斤", "1.2.3", "三千多", "约1200", True, 1e14, "9" * 400])
def test_what_is_no_amount_is_told(cell):
    with pytest.raises(BadCell):
        values.amount(cell)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-03-05", D(2024, 3, 5)), ("2024-03-05 00:00:00", D(2024, 3, 5)), ("2024.3.5", D(2024, 3, 5)),
        ("24-3-5", D(2024, 3, 5)), ("98.12.1", D(1998, 12, 1)), ("2024/3/5", D(2024, 3, 5)),
        ("2024年3月5日", D(2024, 3, 5)), ("二〇二四年三月五日", D(2024, 3, 5)), ("20240305", D(2024, 3, 5)),
        (20240305.0, D(2024, 3, 5)), ("240305", D(2024, 3, 5)), (45356.0, D(2024, 3, 5)), ("3月5日", D(2021, 3, 5)),
        ("3.5", D(2021, 3, 5)), ("３／５", D(2021, 3, 5)), ("3-5", D(2021, 3, 5)), (3.5, D(2021, 3, 5)),
        ("2024. 3. 5", D(2024, 3, 5)), ("—", None),
    ],
)  # fmt: skip
def test_days(cell, day):
    assert values.day(cell, 2021) == day


@pytest.mark.parametrize("cell", ["2024.2.30", "13月1日", "民国三年", "去年", 3.1, True, "0.0", "99999999"])
def test_what_is_no_day_is_told(cell):
    with pytest.raises(BadCell):
        values.day(cell, 2021)


def test_a_day_without_a_year_needs_one():
    with pytest.raises(BadCell, match="没有写年份"):
        values.day("3月5日")


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2021.3", D(2021, 3, 1), D(2021, 3, 31)), ("2020年2月", D(2020, 2, 1), D(2020, 2, 29)),
        (2019.0, D(2019, 1, 1), D(2019, 12, 31)), ("2019.05.06", D(2019, 5, 6), D(2019, 5, 6)),
    ],
)  # fmt: skip
def test_months_and_years_as_beginning_and_end(cell, first, last):
    assert (values.first_day(cell), values.last_day(cell)) == (first, last)


def test_a_month_that_lost_its_nought_is_told():
    with pytest.raises(BadCell, match="少了一个0"):
        values.first_day(2021.1)
    assert values.first_day("2021.1") == D(2021, 1, 1)


@pytest.mark.parametrize(
    ("cell", "term"),
    [
        ("2019.1.1-2028.12.31", (D(2019, 1, 1), D(2028, 12, 31), None)),
        ("2019-1-1-2028-12-31", (D(2019, 1, 1), D(2028, 12, 31), None)),
        ("2019年1月至2028年12月", (D(2019, 1, 1), D(2028, 12, 31), None)),
        ("2020年5月至今", (D(2020, 5, 1), None, None)), ("2019年1月1日起10年", (D(2019, 1, 1), None, 10)),
        ("30年", (None, None, 30)), ("长期", (None, None, None)),
    ],
)  # fmt: skip
def test_terms(cell, term):
    assert values.period(cell) == term


def test_words_for_sides_payments_and_yes():
    assert [values.side(word) for word in ("借", "贷方", "收入", "付", "平")] == [
        "debit", "credit", "income", "outlay", "level",
    ]  # fmt: skip
    assert [values.payment(word) for word in ("现金", "网银转账", "一卡通", "抵账")] == [
        "cash",
        "bank",
        "bank",
        "other",
    ]
    assert [values.yes_no(word) for word in ("√", "否", "已盖章", "未公示", "口头", "2024.3.5", "/")] == [
        True, False, True, False, False, True, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("红旗村2024年现金日记账", {2024}), ("二〇二三年度收支表", {2023}), ("2021-2023年支出", {2021, 2022, 2023}),
        ("2024年1月至12月", {2024}), ("填报日期：2025年1月10日", set()), ("账20240305", set()),
        ("2022收支.xlsx", {2022}), ("13912024555", set()),
    ],
)  # fmt: skip
def test_years_in_titles(text, years):
    assert years_in(text) == years


def test_the_month_of_a_title():
    assert [month_in(text) for text in ("2024年3月", "2024年1月至12月", "2024年")] == [3, None, None]


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        ("本月合计", "month"), ("3月份小计", "month"), ("2024年3月合计", "month"), ("本年累计", "year"),
        ("合  计", "total"), ("总计：", "total"), ("过次页", "carried"), ("承前页", "brought"),
        ("期初余额", "opening"), ("上年结转", "opening"), ("小计", "sub"), ("第一组小计", "sub"),
        ("一季度合计", "quarter"), ("本页合计", "page"), ("结转下年", "carried"), ("结转本年收益", ""),
        ("付1月合计三户的电费", ""), ("余额宝利息", ""),
    ],
)  # fmt: skip
def test_words_of_total_rows(words, scope):
    assert scope_of(["", words, 3.0], speaks_for_data=False)[0] == scope


def test_a_summary_that_ends_like_a_group_is_data_where_a_voucher_stands():
    assert scope_of(["记-1", "误工费合计"], speaks_for_data=True) == ("", "")


@pytest.mark.parametrize(
    ("voucher", "number"),
    [
        ("记-012", 12),
        ("记字第12号", 12),
        ("2024-03-0012", 12),
        ("12 (1/3)", 12),
        ("记", None),
        ("9" * 30, None),
    ],
)
def test_numbers_of_vouchers(voucher, number):
    assert voucher_number(voucher) == number


@pytest.mark.parametrize(
    ("year", "code", "name", "code_2004"),
    [
        (2019, "101", "现金", "101"), (2019, "54101", "管理费用-办公费", "541"), (2019, "541-02", "", "541"),
        (2019, "", "管理费用——招待费", "541"), (2019, "", "银行存款农商行", "102"), (2019, "", "招待费", ""),
        (2024, "513", "管理费用", "541"), (2024, "51301", "办公费", "541"), (2024, "211", "应付款", "202"),
        (2024, "153", "在建工程", "154"), (2024, "514", "公益支出", ""), (2024, "501", "经营收入", "501"),
        # Books that changed over late, or early.
        (2024, "541", "管理费用", "541"), (2024, "511", "发包及上交收入", "511"), (2023, "513", "管理费用", "541"),
        (2024, "54101", "招待费", "541"),
        # Four digits are another body's chart: the name decides.
        (2022, "1002", "银行存款", "102"), (2022, "5001", "", ""), (2022, "999", "", ""),
    ],
)  # fmt: skip
def test_accounts_in_the_chart_of_their_year(year, code, name, code_2004):
    assert standard(year, code, name) == code_2004


def test_the_side_an_account_stands_on():
    assert [account_of(2020, code, "").side for code in ("101", "152", "202", "541")] == [
        "借",
        "贷",
        "贷",
        "借",
    ]


def test_identity_numbers_are_judged_and_dropped():
    found = identity_of("11010119900307419x", lambda number: number[-4:])
    assert (found.mark, found.valid, found.born_on) == ("419X", False, D(1990, 3, 7))
    assert identity_of(" 110101 19900307 4194", lambda number: number[-4:]).valid is True
    for cell in (1.1010119900307e17, "110101********4194", "11010119900307", "1.1010119900307E+17"):
        with pytest.raises(BadCell) as caught:
            identity_of(cell, lambda number: number)
        assert "1101" not in str(caught.value)


def test_numbers_in_texts():
    assert (
        without_numbers("甲某110101199003074194，卡6217000000000000001")
        == "甲某（证件号略），卡6217000000000000001"
    )
