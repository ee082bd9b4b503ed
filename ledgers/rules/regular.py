"""Payments that come again by their nature, the period a summary says it is for, and receivers that are many."""

import re

from core.text import says

_WORDS = (
    "工资", "报酬", "薪酬", "补贴", "补助", "津贴", "养老", "社保", "医保", "保险", "公积金", "电费", "水费", "水电",
    "燃气", "网费", "网络", "宽带", "话费", "电话", "通讯", "通信", "保洁", "垃圾", "物业", "值班", "租金", "房租",
    "租赁", "低保", "五保", "供养", "生活费", "订阅", "报刊",
)  # fmt: skip
_MANY = re.compile(
    r"等\s*\d*\s*[人户家]|^(?:全体|各|零星|本村)|^(?:村民|农户|群众|党员|用工|民工|工人|村组|干部|村干部|村民代表|党员代表|"
    r"小组长|低保户|脱贫户|其他|多人|若干|详见附表|见附表|见附件|见明细|明细|个人|现金)$"
)
_PERIODS = re.compile(
    r"\d+|[一二三四五六七八九十两]+(?=月|季|期|次|批|组|标段)|上半年|下半年|首期|首付|预付|进度|尾款|余款|质保|定金"
)


def recurs(summary: str) -> bool:
    """Whether it is a wage, a subsidy, a fee by the month or year: equal sums again and again are the rule."""
    return says(summary, _WORDS)


def other_period(one: str, other: str) -> bool:
    """Whether two summaries say of themselves that they are for different months, instalments or numbers."""
    first, second = _PERIODS.findall(one), _PERIODS.findall(other)
    return bool(first and second and first != second)


def is_many(party: str) -> bool:
    """Whether it names no one receiver but many: 零星用工, 村民代表, 甲等12人, 见附表."""
    return bool(_MANY.search(party.strip()))
