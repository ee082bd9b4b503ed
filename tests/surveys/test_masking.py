"""Persons in what people wrote."""

import pytest

from surveys.rules.masking import masked, persons_in

NAMES = ["赵德水", "孙有福"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("赵德水的账不清楚", "某某的账不清楚"),
        ("找王书记三次都不在", "找某书记三次都不在"),
        ("请打13812345678回复", "请打＊＊＊回复"),
        ("身份证330102199003071234被拿去用", "身份证＊＊＊被拿去用"),
        ("孙有福和李会计是亲戚", "某某和某会计是亲戚"),
        ("希望干部多到组里走走", "希望干部多到组里走走"),
        ("去年修路花了120000元", "去年修路花了120000元"),
        ("书记主任都好", "书记主任都好"),
        ("", ""),
    ],
)
def test_names_posts_with_surnames_and_numbers_are_masked_and_nothing_else(text, expected):
    assert masked(text, NAMES) == expected


def test_places_are_given_in_order_and_joined():
    assert persons_in("赵德水赵德水、王主任", NAMES) == [(0, 6), (7, 8)]
