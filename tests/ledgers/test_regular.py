"""Payments that come again, periods in summaries, receivers that are many."""

import pytest

from ledgers.rules.regular import is_many, other_period, recurs


@pytest.mark.parametrize(
    "summary", ["发放3月工资", "村部电费", "代缴养老保险", "宽带费", "误工补贴", "报刊订阅"]
)
def test_what_comes_each_month_or_year(summary):
    assert recurs(summary)


@pytest.mark.parametrize("summary", ["购办公用品", "修水泵", "村道硬化工程款", ""])
def test_what_comes_once(summary):
    assert not recurs(summary)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("付1月网络费", "付2月网络费", True),
        ("水渠工程第一期款", "水渠工程第二期款", True),
        ("上半年清扫费", "下半年清扫费", True),
        ("水渠预付款", "水渠尾款", True),
        ("付1月网络费", "付网络费", False),
        ("修水泵", "修水泵", False),
        ("修3号水泵", "修3号水泵", False),
    ],
)
def test_periods_and_instalments_tell_two_payments_apart(one, other, differ):
    assert other_period(one, other) is differ


@pytest.mark.parametrize(
    "party", ["零星用工", "村民代表", "甲某等12人", "见附表", "各村民小组", "全体党员", "农户"]
)
def test_receivers_that_are_many(party):
    assert is_many(party)


@pytest.mark.parametrize("party", ["甲店", "区供电公司", "望江水利施工队", "村民服务中心", "明细木器店", ""])
def test_receivers_that_are_one(party):
    assert not is_many(party)
