"""K06 口头合同: contracts without a paper."""

from collections.abc import Iterator

from ledgers.rules.leases import agreed, called
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a contract that the sheet says is not written; silence of the sheet says nothing."""
    for contract in books.contracts:
        if contract.written is not False:
            continue
        party = contract.party or "承租方"
        yield Hit(
            rule="K06",
            years=((agreed(contract) or books.today).year,),
            rows=(contract.key,),
            amount=contract.rent,
            reason=f"合同{called(contract)}（{party}）没有书面合同，请核对口头约定的内容并补签。",
        )


RULE = Rule(
    code="K06",
    name="口头合同",
    looks_for="台账注明没有书面合同的发包、出租；金额为一年租金。",
    basis="《农村土地承包法》和地方规定：发包应当签订书面合同；《民法典》第七百零七条：六个月以上的租赁应当采用书面形式",
    check=check,
)
