"""P01 化整为零: contracts with one contractor each below the tender limit and together above it."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from core.display import cn_date, money
from ledgers.rules.companies import company
from ledgers.rules.projects import begun
from ledgers.rules.rows import ZERO, Books, Project
from ledgers.rules.rule import Hit, Limit, Limits, Rule, always

# The national limits for a building contract; a district's own for villages are lower and set by the round.
NATIONAL = ((dt.date(2000, 5, 1), 2_000_000), (dt.date(2018, 6, 1), 4_000_000))
_TENDERED = re.compile("招标|招投标|公开交易|竞争性")
_NOT_TENDERED = re.compile("[未无免不].{0,3}招|限额以下")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a run of contracts within the window that together reach the limit of the last one's day."""
    by_contractor: dict[str, list[Project]] = defaultdict(list)
    for project in books.projects:
        if project.contractor and _just_under(project, limits):
            by_contractor[project.contractor_mark or company(project.contractor)].append(project)
    for projects in by_contractor.values():
        yield from _runs(sorted(projects, key=lambda project: (_day(project), project.key)), limits)


def _runs(projects: list[Project], limits: Limits) -> Iterator[Hit]:
    """Contracts in the order of their days; each belongs to one run at most."""
    while projects:
        first = _day(projects[0])
        window = [p for p in projects if (_day(p) - first).days <= limits.on("window", first)]
        total = sum((project.price or ZERO for project in window), ZERO)
        limit = limits.on("limit", _day(window[-1]))
        if total >= limit:  # never of one alone: each is below the limit
            yield _hit(window, total, limit)
            projects = projects[len(window) :]
        else:
            projects = projects[1:]


def _hit(projects: list[Project], total: Decimal, limit: int) -> Hit:
    first, last = _day(projects[0]), _day(projects[-1])
    return Hit(
        rule="P01",
        years=tuple(sorted({first.year, last.year})),
        rows=tuple(project.key for project in projects),
        amount=total,
        reason=f"{cn_date(first)}至{cn_date(last)}，{projects[0].contractor}承包{len(projects)}个工程，每个都低于招标限额"
        f"{money(limit)}元，合计{money(total)}元，请核对是否本应合并招标。",
    )


def _just_under(project: Project, limits: Limits) -> bool:
    """Whether the price is below the limit yet not far from it, and no tender was held."""
    if project.price is None or not begun(project) or _was_tendered(project.method):
        return False
    limit = limits.on("limit", _day(project))
    return limit * Decimal(str(limits.on("near", _day(project)))) <= project.price < limit


def _was_tendered(method: str) -> bool:
    return bool(_TENDERED.search(method)) and not _NOT_TENDERED.search(method)


def _day(project: Project) -> dt.date:
    return begun(project) or dt.date.min


RULE = Rule(
    code="P01",
    name="化整为零规避招标",
    looks_for="同一承包人在一段时间内的多个未招标工程，每个略低于招标限额、合计达到限额。限额以当地规定为准。",
    basis="《招标投标法》第四条：不得将必须招标的项目化整为零；《必须招标的工程项目规定》",
    check=check,
    limits={
        "limit": Limit("招标限额", NATIONAL, "元"),
        "near": always("单个工程不低于限额的（比例）", 0.5),
        "window": always("相隔不超过", 365, "天"),
    },
)
