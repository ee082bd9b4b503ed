"""K08 承租人为村干部或近亲属: cadres or their near kin as the other side of a contract."""

from collections.abc import Iterator

from core.display import cn_date
from ledgers.rules.leases import agreed, called, is_household
from ledgers.rules.parties import close
from ledgers.rules.persons import Persons
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a contract; a hint where only the name agrees or the cadre was not in office at the signing."""
    persons = Persons(books)
    for contract in books.contracts:
        day = agreed(contract)
        found = close(persons, contract.party, contract.party_mark, day)
        if found is None or is_household(contract):
            continue
        when = f"{cn_date(day)}签订" if day else "签订日期不明"
        yield Hit(
            rule="K08",
            years=((day or books.today).year,),
            rows=(contract.key, found.match.key),
            amount=contract.rent,
            severity=found.severity,
            reason=f"合同{called(contract)}（{when}）的承租方{contract.party}{found.told}，请核对有无回避、是否公开竞价。",
        )


RULE = Rule(
    code="K08",
    name="承租人为村干部或近亲属",
    looks_for="承租方与村干部或其近亲属名单相符的合同；只有姓名相同的作提示。家庭承包地不在此列。",
    basis="《农村基层干部廉洁履行职责若干规定（试行）》关于不得以权谋私的规定",
    check=check,
)
