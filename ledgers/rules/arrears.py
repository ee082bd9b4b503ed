"""Rent that was due by a contract's own sheet and not paid: in all, and what is left of each year's due."""

from decimal import Decimal

from ledgers.rules.rows import ZERO, Contract


def owed(contract: Contract) -> Decimal:
    """What is owed in all; nothing where the sheet does not say what was due or what was paid."""
    if contract.due is None or contract.paid is None:
        return ZERO
    return contract.due - contract.paid


def owed_by_year(contract: Contract, this_year: int) -> dict[int, Decimal]:
    """What is left of each year's due; payments settle the oldest first, this year's due may still come."""
    left = sum(contract.payments.values(), ZERO) if contract.payments else contract.paid
    if left is None:
        return {}
    found = {}
    for year, due in sorted(contract.dues.items()):
        if year >= this_year:
            break
        if due > left:
            found[year] = due - left
        left = max(left - due, ZERO)
    return found
