"""K05 拖欠租金: rents due and not paid, by age."""

from collections.abc import Iterator
from decimal import Decimal

from core.display import money
from ledgers.rules.arrears import owed, owed_by_year
from ledgers.rules.leases import called
from ledgers.rules.rows import ZERO, Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always

_BANDS = ((1, "一年以内"), (2, "一至二年"), (3, "二至三年"))
_OLD = "三年以上"


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a contract: the sum owed and, where dues are known by year, how old its parts are."""
    for contract in books.contracts:
        by_year = owed_by_year(contract, books.today.year)
        total = sum(by_year.values(), ZERO) if contract.dues else owed(contract)
        if total <= limits.on("least", books.today):
            continue
        bands = _by_age(by_year, books.today.year)
        told = "，其中" + "、".join(f"{band}{money(part)}元" for band, part in bands.items()) if bands else ""
        yield Hit(
            rule="K05",
            years=tuple(by_year) or (books.today.year,),
            rows=(contract.key,),
            amount=total,
            severity=Severity.GRAVE if _OLD in bands else Severity.DOUBT,
            reason=f"合同{called(contract)}应收未收租金{money(total)}元{told}，请核对是否催收、有无减免手续。",
        )


def _by_age(owed: dict[int, Decimal], this_year: int) -> dict[str, Decimal]:
    """The sums per age, the oldest first."""
    bands: dict[str, Decimal] = {}
    for year, part in owed.items():
        band = next((name for age, name in _BANDS if this_year - year <= age), _OLD)
        bands[band] = bands.get(band, ZERO) + part
    return bands


RULE = Rule(
    code="K05",
    name="拖欠租金",
    looks_for="应收多于已收的合同，按欠租年限分段；已收先抵最早的应收，当年的应收不计。",
    basis="合同约定的租金和交付时间；村集体经济组织应当及时收取发包收入",
    check=check,
    limits={"least": always("欠租超过", 0, "元")},
)
