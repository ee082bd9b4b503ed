"""K01 到期未收回: contracts that ended, are not renewed and whose object is still used."""

from collections.abc import Iterator

from core.display import cn_date
from ledgers.rules.leases import called, is_household, renewals
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a contract; only a hint where the sheet does not say whether the object is still used."""
    for contract in books.contracts:
        end = contract.ends_on
        if end is None or contract.in_use is False or is_household(contract):
            continue
        if (books.today - end).days <= limits.on("grace", end) or any(renewals(contract, books.contracts)):
            continue
        use = "台账记载仍在使用" if contract.in_use else "台账没有写明是否收回"
        yield Hit(
            rule="K01",
            years=(end.year,),
            rows=(contract.key,),
            amount=contract.rent,
            severity=Severity.DOUBT if contract.in_use else Severity.HINT,
            reason=f"合同{called(contract)}已于{cn_date(end)}到期，没有找到续签合同，{use}，请核对是否收回或续签。",
        )


RULE = Rule(
    code="K01",
    name="到期未收回",
    looks_for="已到期、未收回也未续签的合同；金额为一年租金。家庭承包地不在此列。",
    basis="合同约定的期限；《民法典》合同编：租赁期限届满应当返还租赁物",
    check=check,
    limits={"grace": always("到期后超过", 0, "天")},
)
