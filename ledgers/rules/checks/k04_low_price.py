"""K04 低价发包: rents far below what the same kind of thing brings elsewhere in the town."""

from collections.abc import Iterator
from decimal import Decimal

from core.display import cn_date, money, percent
from ledgers.rules.leases import agreed, called, cents, is_household
from ledgers.rules.rows import Books, Contract
from ledgers.rules.rule import Hit, Limits, Rule, always


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a contract; the sum is what a year would have brought more at the median."""
    for contract in books.contracts:
        price, median = unit_price(contract), books.unit_prices.get(contract.kind.strip())
        if price is None or not median or is_household(contract):
            continue
        day = agreed(contract) or books.today
        if price >= median * Decimal(str(limits.on("share", day))):
            continue
        since = f"{cn_date(day)}签订" if agreed(contract) else "签订日期不明"
        yield Hit(
            rule="K04",
            years=(day.year,),
            rows=(contract.key,),
            amount=cents((median - price) * contract.area) if contract.area else None,
            reason=f"合同{called(contract)}（{since}）单价每年{money(price)}元，为本镇同类合同中位价"
            f"{money(median)}元的{percent(price, median)}，请核对定价依据和签订时的行情。",
        )


def unit_price(contract: Contract) -> Decimal | None:
    """Yuan per unit and year, as written or from the year's rent."""
    if contract.price is not None:
        return contract.price
    return contract.rent / contract.area if contract.rent is not None and contract.area else None


RULE = Rule(
    code="K04",
    name="低价发包",
    looks_for="单价低于本镇同类合同中位价一定比例的合同；金额为按中位价一年相差的租金。家庭承包地不在此列。",
    basis="村集体资源资产发包应当公开竞价，价格公允",
    check=check,
    limits={"share": always("单价不到中位价的（比例）", 0.6)},
)
