"""C05 耕地补贴面积超出: subsidised area of a household above its land in the register."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from core.display import money
from ledgers.rules.homes import Homes
from ledgers.rules.rows import ZERO, Benefit, Books, Listed
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.totals import total, year_end

_CENT = Decimal("0.01")


@dataclass
class _Claim:
    """A household's land, and what it was subsidised for beyond it over the years."""

    plots: list[Listed] = field(default_factory=list)
    benefits: list[Benefit] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    amount: Decimal = ZERO

    def add(self, year: int, rows: list[Benefit], held: Decimal) -> None:
        """One year of one programme with the area the household held then."""
        area, amount = _area(rows), total(rows)
        self.benefits += rows
        self.amount += (amount * (area - held) / area).quantize(_CENT, ROUND_HALF_UP)
        land = f"台账{held:f}亩，多{area - held:f}亩" if self.plots else "土地台账中没有该户"
        self.told.append(f"{year}年{rows[0].programme}{area:f}亩、{money(amount)}元，{land}")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a household with the years in which its area was exceeded; without a register of land none."""
    homes = Homes(books)
    claims: dict[str, _Claim] = defaultdict(_Claim)
    for plot in books.lists:
        if plot.kind == "land" and plot.area:
            claims[homes.of(plot.name, plot.mark, plot.head)].plots.append(plot)
    if not claims:
        return
    for (home, year, _), rows in _subsidised(books, homes).items():
        held = _area(plot for plot in claims[home].plots if _held(plot, year))
        if _exceeds(_area(rows), held, limits, year_end(year)):
            claims[home].add(year, rows, held)
    yield from (_hit(home, claim) for home, claim in claims.items() if claim.benefits)


def _subsidised(books: Books, homes: Homes) -> dict[tuple[str, int, str], list[Benefit]]:
    """By household, year and programme: the same land may rightly have several subsidies."""
    found: dict[tuple[str, int, str], list[Benefit]] = defaultdict(list)
    for row in books.benefits:
        if row.kind == "farmland" and row.area:
            found[homes.of(row.name, row.mark, row.head), row.year, row.programme].append(row)
    return dict(sorted(found.items()))


def _area(rows: Iterable[Benefit | Listed]) -> Decimal:
    return sum((row.area for row in rows if row.area), ZERO)


def _exceeds(area: Decimal, held: Decimal, limits: Limits, day: dt.date) -> bool:
    return area > held + limits.on("least", day) and area > held * (1 + limits.on("over", day))


def _hit(home: str, claim: _Claim) -> Hit:
    return Hit(
        rule="C05",
        years=tuple(sorted({row.year for row in claim.benefits})),
        rows=(*(row.key for row in claim.benefits), *(row.key for row in claim.plots)),
        amount=claim.amount,
        severity=Severity.DOUBT if claim.plots else Severity.HINT,
        reason=f"{home}户" + "；".join(claim.told) + "。请核对地块和补贴面积的来源。",
    )


def _held(plot: Listed, year: int) -> bool:
    return (plot.since is None or plot.since.year <= year) and (plot.until is None or year <= plot.until.year)


RULE = Rule(
    code="C05",
    name="耕地补贴面积超出台账",
    looks_for="耕地补贴面积与土地确权、水费等台账按户、按年、按项目比对：补贴面积超出台账，或台账中没有该户。",
    basis="耕地地力保护补贴按实际承包耕地面积发放",
    check=check,
    limits={
        "over": always("超出台账面积的比例超过", Decimal("0.05")),
        "least": always("超出面积大于", Decimal("0.2"), "亩"),
    },
)
