"""L29 资产账实差: assets of which fewer or more were counted than booked, or that are not booked at all."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from core.display import money
from core.text import says
from ledgers.rules.rows import Asset, Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always

_CENT = Decimal("0.01")
_GONE = ("报废", "处置", "毁损", "拆除")


class _Told(NamedTuple):
    reason: str
    amount: Decimal | None
    severity: Severity = Severity.DOUBT


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit per asset; what was not counted is not compared."""
    least = limits.on("least", books.today)
    for asset in books.assets:
        if asset.value is not None and asset.value < least:
            continue
        told = _unbooked(asset) or _different(asset)
        if told:
            yield Hit(
                "L29",
                (books.today.year,),
                (asset.key,),
                f"{told.reason}，请核对。",
                told.amount,
                told.severity,
            )


def _unbooked(asset: Asset) -> _Told | None:
    if asset.booked is not False or asset.counted == 0:
        return None
    worth = f"，价值{money(asset.value)}元" if asset.value else ""
    return _Told(f"“{asset.name}”有实物而没有入账{worth}", asset.value)


def _different(asset: Asset) -> _Told | None:
    booked, counted = asset.quantity, asset.counted
    if booked is None or counted is None or counted == booked:
        return None
    told = f"“{asset.name}”账面{_number(booked)}、实盘{_number(counted)}"
    if counted > booked:
        return _Told(f"{told}，实物多于账面", None, Severity.HINT)
    amount = (asset.value * (booked - counted) / booked).quantize(_CENT) if asset.value else None
    worth = f"，少的部分按原值折算{money(amount)}元" if amount else ""
    if says(asset.state, _GONE):
        return _Told(f"{told}，状态写明“{asset.state}”而账上没有核销{worth}", amount, Severity.HINT)
    return _Told(f"{told}，实物少于账面{worth}", amount)


def _number(value: Decimal) -> str:
    """A count without idle decimals."""
    return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


RULE = Rule(
    code="L29",
    name="资产账实差",
    looks_for="固定资产表中账面数量与实盘数量不一致，或有实物而没有入账；没有实盘数的不比。",
    basis="农村集体资产清产核资要求：账实相符",
    check=check,
    limits={"least": always("原值达到（没有原值的都比）", 0, "元")},
)
