"""Lines put together to vouchers, and what was paid on them."""

import datetime as dt

from ledgers.rules.rows import Entry
from ledgers.rules.vouchers import payments, vouchers
from tests.ledgers.books import books, yuan

MARCH_5, MARCH_9, APRIL_5 = dt.date(2024, 3, 5), dt.date(2024, 3, 9), dt.date(2024, 4, 5)


def line(key, day, voucher, standard, debit=0, credit=0, **more):
    return Entry(key, 2024, day, voucher, standard=standard, debit=yuan(debit), credit=yuan(credit), **more)


def pair(key, day, voucher, amount, debit="541", credit="101", **more):
    """One debit line and one credit line."""
    return [
        line(f"{key}+", day, voucher, debit, debit=amount, **more),
        line(f"{key}-", day, voucher, credit, credit=amount, **more),
    ]


def told(entries):
    return [(each.keys, each.receiver, each.amount, each.by) for each in payments(books(entries=entries))]


def test_lines_of_one_number_are_one_voucher_with_its_word():
    (found,) = vouchers(books(entries=pair("a", MARCH_5, "记-003", 50)))
    assert (found.keys, found.series, found.day) == (("a+", "a-"), "记", MARCH_5)


def test_words_are_read_from_many_ways_of_writing():
    texts = ["记-003", "付字第12号", "现收 5", "2024年3月记-7", "银付_9", "0012"]
    found = vouchers(books(entries=[line(text, MARCH_5, text, "541", 1) for text in texts]))
    assert [each.series for each in found] == ["记", "付", "现收", "记", "银付", ""]


def test_one_number_in_two_months_or_on_two_days_is_two_vouchers():
    entries = pair("a", MARCH_5, "记-1", 5) + pair("b", MARCH_9, "记-1", 6) + pair("c", APRIL_5, "记-1", 7)
    assert [each.keys for each in vouchers(books(entries=entries))] == [
        ("a+", "a-"),
        ("b+", "b-"),
        ("c+", "c-"),
    ]


def test_pages_of_one_voucher_are_one_voucher():
    entries = [
        line("a", MARCH_5, "记-12-1/2", "541", debit=8, number=12),
        line("b", MARCH_5, "记-12-2/2", "101", credit=8, number=12),
    ]
    assert [each.keys for each in vouchers(books(entries=entries))] == [("a", "b")]


def test_two_days_that_balance_only_together_are_one_voucher():
    entries = [line("a", MARCH_5, "记-1", "541", debit=8), line("b", MARCH_9, "记-1", "101", credit=8)]
    assert [each.keys for each in vouchers(books(entries=entries))] == [("a", "b")]


def test_a_payment_is_told_by_the_line_that_says_what_for():
    assert told(pair("a", MARCH_5, "记-1", 80, party="甲店")) == [(("a+",), "甲店", 80, "cash")]
    assert told(pair("a", MARCH_5, "记-1", 80, credit="102")) == [(("a+",), "", 80, "bank")]


def test_one_voucher_pays_several_receivers():
    entries = [
        line("a", MARCH_5, "记-1", "541", debit=30, party="甲店"),
        line("b", MARCH_5, "记-1", "551", debit=20, party="乙店"),
        line("c", MARCH_5, "记-1", "541", debit=5, party="甲店"),
        line("d", MARCH_5, "记-1", "102", credit=55),
    ]
    assert told(entries) == [(("a", "c"), "甲店", 35, "bank"), (("b",), "乙店", 20, "bank")]


def test_the_only_party_named_on_the_voucher_is_the_receiver():
    entries = [
        line("a", MARCH_5, "记-1", "541", debit=30),
        line("b", MARCH_5, "记-1", "101", credit=30, party="甲店"),
    ]
    assert told(entries) == [(("a",), "甲店", 30, "cash")]


def test_income_transfers_and_bookings_without_money_are_no_payments():
    assert told(pair("a", MARCH_5, "收-1", 80, debit="102", credit="511")) == []
    assert told(pair("a", MARCH_5, "记-1", 80, debit="101", credit="102")) == []
    assert told(pair("a", MARCH_5, "记-1", 80, debit="541", credit="202")) == []
    assert told(pair("a", MARCH_5, "记-1", -80, debit="102", credit="511")) == []


def test_red_vouchers_and_money_back_cancel_the_payment():
    paid = pair("a", MARCH_5, "记-1", 80, party="甲店")
    assert told(paid + pair("b", MARCH_9, "记-2", -80, party="甲店")) == []
    assert told(paid + pair("b", MARCH_9, "记-2", -80)) == []
    assert told(paid + pair("b", MARCH_9, "记-2", 80, debit="102", credit="541", party="甲店")) == []
    assert len(told(paid + pair("b", MARCH_9, "记-2", -80, party="乙店"))) == 1


def test_of_two_equal_payments_a_red_voucher_takes_one():
    twice = pair("a", MARCH_5, "记-1", 80, party="甲店") + pair("b", MARCH_9, "记-2", 80, party="甲店")
    assert told(twice + pair("c", APRIL_5, "记-1", -80, party="甲店")) == [(("a+",), "甲店", 80, "cash")]


def test_books_of_one_side_read_too():
    assert told([line("a", MARCH_5, "1", "541", debit=9, paid_by="cash")]) == [(("a",), "", 9, "cash")]
    assert told([line("a", MARCH_5, "1", "101", credit=9)]) == [(("a",), "", 9, "cash")]
    assert told([line("a", MARCH_5, "1", "101", debit=9)]) == []
    assert told([line("a", MARCH_5, "1", "101", credit=9), line("b", MARCH_9, "2", "101", credit=-9)]) == []


def test_cash_brought_to_the_bank_is_no_payment_in_a_cash_journal():
    assert told([line("a", MARCH_5, "1", "101", credit=9, summary="存入银行")]) == []


def test_an_unmapped_account_called_cash_is_cash():
    entries = [
        Entry("a", 2024, MARCH_5, "1", account_name="管理费用", debit=yuan(9)),
        Entry("b", 2024, MARCH_5, "1", account_name="库存现金-村委", credit=yuan(9)),
    ]
    assert told(entries) == [(("a",), "", 9, "cash")]
