"""C04 低保救助与房产车辆企业: subsistence or relief beside a house, a car or a company."""

from collections.abc import Iterator

from core.display import money
from core.text import says
from ledgers.rules.matching import benefits, details, listed, overlaps, programmes, span
from ledgers.rules.rows import Books, Listed
from ledgers.rules.rule import Hit, Limits, Rule, Severity
from ledgers.rules.totals import total

# What a poor household may well own: the farm's vehicles and the house in the village.
_MODEST = ("摩托", "三轮", "电动", "农用", "拖拉机", "残疾", "宅基地", "自建", "农房", "安置", "危房")
# Poor people are enlisted as members of cooperatives in order to help them.
_NOMINAL = ("合作社", "成员", "社员")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a person; a place in a cooperative is only a hint."""
    owned = [row for row in listed(books, "property", "company") if not says(row.detail, _MODEST)]
    for found in overlaps(books, benefits(books, "subsistence", "relief"), owned):
        yield found.hit(
            "C04",
            f"{found.name}名下有{details(found.rows) or '房产、车辆或企业'}，{span(found.payments)}同时有"
            f"{programmes(found.payments)}{len(found.payments)}笔，共{money(total(found.payments))}元，"
            "请核对家庭财产和审批材料。",
            Severity.HINT if all(_nominal(row) for row in found.rows) else Severity.DOUBT,
        )


def _nominal(row: Listed) -> bool:
    return says(row.detail, _NOMINAL)


RULE = Rule(
    code="C04",
    name="低保救助对象有房产车辆企业",
    looks_for="低保、救助名单与商品房、汽车、企业名单比对：同一人同一月份两边都有；农用车、摩托车和自建农房不算。",
    basis="《社会救助暂行办法》：低保、救助对象的家庭财产应符合当地规定",
    check=check,
)
