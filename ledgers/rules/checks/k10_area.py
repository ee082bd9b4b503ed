"""K10 面积不符: contract areas that differ from what was measured."""

from collections.abc import Iterator
from decimal import Decimal

from core.display import percent
from ledgers.rules.leases import agreed, called, cents
from ledgers.rules.plots import plot, same_sort, sort_of
from ledgers.rules.rows import Books, Contract, Resource
from ledgers.rules.rule import Hit, Limits, Rule, always


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a contract; the sum is a year's rent of the area measured beyond the contract's."""
    for contract in books.contracts:
        measured, rows = _measured(contract, books)
        if not contract.area or not measured:
            continue
        day, gap = agreed(contract) or books.today, measured - contract.area
        if abs(gap) <= contract.area * Decimal(str(limits.on("share", day))):
            continue
        word, unit = "多出" if gap > 0 else "少", "" if sort_of(contract.kind) == "building" else "亩"
        yield Hit(
            rule="K10",
            years=(day.year,),
            rows=rows,
            amount=cents(gap * contract.price) if contract.price is not None and gap > 0 else None,
            reason=f"合同{called(contract)}面积{contract.area:f}{unit}，实测{measured:f}{unit}，"
            f"{word}{abs(gap):f}{unit}（{percent(abs(gap), contract.area)}），请核对四至和计租面积。",
        )


def _measured(contract: Contract, books: Books) -> tuple[Decimal | None, tuple[str, ...]]:
    """The area measured and the rows that say so: the contract's own, else of the one resource of its plot."""
    if contract.measured is not None:
        return contract.measured, (contract.key,)
    meant = plot(contract.plot)
    found = [one for one in books.resources if one.measured is not None and _is(one, contract)]
    if not meant.whole or len(found) != 1:
        return None, ()
    return found[0].measured, (contract.key, found[0].key)


def _is(resource: Resource, contract: Contract) -> bool:
    """Whether the resource is exactly the contract's plot: a part is not the whole."""
    return same_sort(resource.kind, contract.kind) and plot(resource.plot) == plot(contract.plot)


RULE = Rule(
    code="K10",
    name="面积不符",
    looks_for="合同面积与实测（或资源台账实测）面积相差超过一定比例的合同。",
    basis="清产核资和发包面积应当账实相符",
    check=check,
    limits={"share": always("相差超过（比例）", 0.05)},
)
