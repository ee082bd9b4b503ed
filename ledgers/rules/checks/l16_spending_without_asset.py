"""L16 支出与实际不符: money for vehicles, fuel or a canteen where the list of assets knows none."""

from collections.abc import Iterator
from typing import NamedTuple

from core.display import money
from core.text import says
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, always
from ledgers.rules.spendings import spendings
from ledgers.rules.totals import by_year, rows, total, year_end
from ledgers.rules.vouchers import Payment
from ledgers.rules.words import what_for


class _Thing(NamedTuple):
    """What is spent on, the words for it, words that explain it otherwise, and the assets that would bear it.

    ``machines`` bear it too, save where the line names the thing ``itself``: a pump explains fuel, but no car's fuel.
    """

    name: str
    spent: tuple[str, ...]
    otherwise: tuple[str, ...]
    assets: tuple[str, ...]
    machines: tuple[str, ...] = ()
    itself: tuple[str, ...] = ()


_THINGS = (
    _Thing(
        "车辆或用油机具",
        ("加油", "油费", "汽油", "柴油", "修车", "车辆维修", "汽车维修", "车辆保险", "车险", "洗车", "轮胎"),
        ("租车", "租用", "挖机", "食用油", "割草", "抽水", "发电", "打药", "抗旱", "除雪"),
        ("车", "拖拉机", "收割机", "挖掘机"),
        ("割草机", "发电机", "抽水机", "水泵", "油锯", "喷雾"),
        ("车", "轮胎"),
    ),
    _Thing(
        "食堂",
        ("食堂", "伙食"),
        ("学校", "小学", "幼儿园", "敬老院", "镇食堂", "乡食堂", "镇政府"),
        ("食堂", "厨房", "灶", "炊", "幸福院", "养老", "互助"),
    ),
)


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit per year and thing; a village whose list of assets is not there yet is not judged."""
    if not books.assets:
        return
    spent = spendings(books)
    for thing in _THINGS:
        for year, paid in by_year(each for each in spent if _spent_on(thing, each)).items():
            found = [each for each in paid if not _owned(books, thing, each, year)]
            if found and total(found) >= limits.on("least", year_end(year)):
                yield _hit(thing, year, found)


def _spent_on(thing: _Thing, payment: Payment) -> bool:
    text = what_for(payment)
    return says(text, thing.spent) and not says(text, thing.otherwise)


def _owned(books: Books, thing: _Thing, payment: Payment, year: int) -> bool:
    assets = thing.assets if says(what_for(payment), thing.itself) else thing.assets + thing.machines
    there = (each for each in books.assets if each.acquired_on is None or each.acquired_on.year <= year)
    return any(says(each.name + each.kind, assets) for each in there)


def _hit(thing: _Thing, year: int, found: list[Payment]) -> Hit:
    said = "、".join(word for word in thing.spent if any(word in what_for(each) for each in found))
    return Hit(
        rule="L16",
        years=(year,),
        rows=rows(found),
        amount=total(found),
        reason=f"{year}年有{len(found)}笔支出写有“{said}”，共{money(total(found))}元，"
        f"而固定资产表中当年没有{thing.name}，请核对用在何处。",
    )


RULE = Rule(
    code="L16",
    name="支出与实际不符",
    looks_for="有车辆、燃油、食堂等支出，而固定资产表中当年没有相应的车辆、机具或食堂；未录固定资产表的村不比。",
    basis="账实相符的一般要求；账务检查常用方法：支出与业务、资产是否相称",
    check=check,
    limits={"least": always("一年合计达到", 500, "元")},
)
