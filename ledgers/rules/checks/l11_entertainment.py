"""L11 招待费: meals, tobacco, drink and gifts on the village's account."""

import re
from collections.abc import Iterator

from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.totals import total, year_end
from ledgers.rules.turnover import Item, by_year, expenses
from ledgers.rules.wording import some, yuan

_WORDS = re.compile("招待|接待|礼品|餐|宴|烟|酒|茶|土特产")
# What has one of the words in it and is something else: crops and works, canteens for the old, visitors' days.
_OTHERS = re.compile(
    "[油种]茶|茶[园山树苗场厂]|茶几|茶叶?(?:产业|种植|加工|合作|基地)|烟[叶草花囱雾感道]|烤烟|[禁控油炊排]烟|酒精|酒店住宿|"
    "餐厨|[助配送]餐|(?:老年|长者|营养|学生)[就用午]?餐|餐桌椅?|信访接待|接待(?:群众|来访|日|室)"
)


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a year: the expenses whose summary or account speaks of it, the largest first."""
    spoken_of = (
        item for item in expenses(books) if _is_spoken_of(f"{item.line.summary} {item.line.account_name}")
    )
    for year, found in by_year(spoken_of).items():
        amount = total(found)
        if amount > limits.on("most", year_end(year)):
            yield _hit(year, found)


def _is_spoken_of(words: str) -> bool:
    return bool(_WORDS.search(_OTHERS.sub("", words)))


def _hit(year: int, found: list[Item]) -> Hit:
    amount = total(found)
    told = some(dict.fromkeys(item.line.summary for item in found if item.line.summary), 3)
    return Hit(
        rule="L11",
        years=(year,),
        rows=tuple(item.line.key for item in found),
        amount=amount,
        severity=Severity.DOUBT,
        reason=f"{year}年有{len(found)}笔支出的摘要或科目涉及招待、用餐、烟酒茶或礼品，共{yuan(amount)}：{told}，"
        "请对照当地村级公务零招待的规定核对。",
    )


RULE = Rule(
    code="L11",
    name="招待费",
    looks_for="摘要或科目含招待、接待、餐、烟、酒、茶、礼品等字样的支出，按年合计；茶叶种植、禁烟、老年餐等不算。",
    basis="村级组织公务零招待的规定；未实行的按当地限额",
    check=check,
    limits={"most": always("一年合计超过", 0, "元")},
)
