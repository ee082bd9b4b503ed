"""K07 程序缺失: contracts without a meeting, a disclosure or a filing, or with one after the signing."""

import datetime as dt
from collections.abc import Iterator

from core.display import cn_date
from ledgers.rules.leases import agreed, called, is_household
from ledgers.rules.rows import Books, Contract
from ledgers.rules.rule import Hit, Limit, Limits, Rule, Severity, always

STEPS = {"meeting_on": "民主程序", "published_on": "公示", "filed_on": "镇备案"}
ORGANIC_LAW = dt.date(1998, 11, 4)


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a contract with what is missing or late; a step that no contract has is one hint for all.

    A column without any day may never have been kept, and says less than one gap among many days.
    """
    concerned = [contract for contract in books.contracts if _concerned(contract, limits)]
    alone = len(concerned) == 1
    kept = [step for step in STEPS if alone or any(getattr(contract, step) for contract in concerned)]
    for contract in concerned:
        faults = [fault for step in kept if (fault := _fault(contract, step, limits))]
        if faults:
            day = agreed(contract)
            yield Hit(
                rule="K07",
                years=(day.year if day else books.today.year,),
                rows=(contract.key,),
                amount=contract.rent,
                reason=f"合同{called(contract)}{'，'.join(faults)}，请核对会议记录、公示和备案材料。",
            )
    if concerned and len(kept) < len(STEPS):
        yield _none_has(concerned, [name for step, name in STEPS.items() if step not in kept], books)


def _concerned(contract: Contract, limits: Limits) -> bool:
    return not is_household(contract) and limits.on("required", agreed(contract) or dt.date.max)


def _fault(contract: Contract, step: str, limits: Limits) -> str:
    """What is wrong with one step: nothing, missing, or after the signing (of a filing: too long after)."""
    day, signed = getattr(contract, step), contract.signed_on
    if day is None:
        return f"没有{STEPS[step]}日期"
    allowed = limits.on("filing_days", day) if step == "filed_on" else 0
    if signed is None or (day - signed).days <= allowed:
        return ""
    return f"{STEPS[step]}日期{cn_date(day)}在签订日{cn_date(signed)}之后"


def _none_has(contracts: list[Contract], steps: list[str], books: Books) -> Hit:
    return Hit(
        rule="K07",
        years=(books.today.year,),
        rows=tuple(contract.key for contract in contracts),
        severity=Severity.HINT,
        reason=f"{len(contracts)}份合同都没有填{'、'.join(steps)}日期，请核对是台账没有登记，还是没有履行。",
    )


RULE = Rule(
    code="K07",
    name="程序缺失",
    looks_for="没有民主程序、公示、镇备案日期，或者日期在签订之后（备案过期）的合同。家庭承包地不在此列。",
    basis="《村民委员会组织法》关于村民会议讨论决定的规定；《农村土地承包法》关于其他方式承包的规定；地方备案规定",
    check=check,
    limits={
        "required": Limit("签订时须有程序", ((dt.date.min, False), (ORGANIC_LAW, True))),
        "filing_days": always("签订后备案不超过", 30, "天"),
    },
)
