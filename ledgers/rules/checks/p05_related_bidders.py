"""P05 投标人关联: bidders for one project that share an address, a telephone or a person."""

import re
from collections import defaultdict
from collections.abc import Iterator

from ledgers.rules.companies import bare, company
from ledgers.rules.projects import told, year_of
from ledgers.rules.rows import Bidder, Books, Project
from ledgers.rules.rule import Hit, Limits, Rule, Severity

_BLANK = frozenset({"无", "没有", "不详", "未填", "同上"})
_NAMES = {"address": "地址", "phone": "电话", "person": "联系人"}
# A town alone is no address: without a house number many may share it.
_HOUSE = re.compile(r"\d|[一二三四五六七八九十](号|栋|幢|楼|室|层|单元|组)")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a project with all that is shared; grave when every bidder shares one thing."""
    for project in books.projects:
        bidders = list({company(bidder.name): bidder for bidder in project.bidders}.values())
        shared = list(_shared(bidders))
        if not shared:
            continue
        all_of_them = any(len(names) == len(bidders) for _, names in shared)
        yield _hit(project, books, shared, Severity.GRAVE if all_of_them else Severity.DOUBT)


def _hit(project: Project, books: Books, shared: list[tuple[str, list[str]]], severity: Severity) -> Hit:
    said = "；".join(f"{'、'.join(names)}的{what}相同" for what, names in shared)
    return Hit(
        rule="P05",
        years=(year_of(project, books),),
        rows=(project.key,),
        amount=project.price,
        severity=severity,
        reason=f"工程{told(project)}的投标人中，{said}，请核对投标人之间的关系。",
    )


def _shared(bidders: list[Bidder]) -> Iterator[tuple[str, list[str]]]:
    """What is shared and by whom."""
    for field, what in _NAMES.items():
        by_value: dict[str, list[str]] = defaultdict(list)
        for bidder in bidders:
            if value := _plain(field, getattr(bidder, field)):
                by_value[value].append(bidder.name)
        yield from ((what, names) for names in by_value.values() if len(names) > 1)


def _plain(field: str, value: str) -> str:
    """The value without spaces and punctuation; empty where it tells nobody apart."""
    plain = bare(value)
    if plain in _BLANK:
        return ""
    if field == "phone":
        return plain if len(plain) >= 7 else ""
    if field == "address":
        return plain if _HOUSE.search(plain) else ""
    return plain


RULE = Rule(
    code="P05",
    name="投标人关联",
    looks_for="同一工程的投标人地址、电话或联系人相同；只写到乡镇、没有门牌的地址不比。",
    basis="《招标投标法》第三十二条：投标人不得相互串通投标",
    check=check,
)
