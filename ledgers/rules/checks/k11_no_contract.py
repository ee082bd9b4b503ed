"""K11 无合同占用: resources that others use without a contract."""

from collections.abc import Iterator

from core.text import says
from ledgers.rules.plots import plot, same_sort
from ledgers.rules.rows import Books, Contract, Resource
from ledgers.rules.rule import Hit, Limits, Rule, Severity

_OURS = ("自用", "闲置", "家庭承包", "承包到户", "已收回")
_NOBODY = ("村集体", "村委会", "本村", "村民小组", "各户", "农户", "村民", "无")
_OTHERS = ("他人使用", "被占", "占用", "出租", "出借")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a resource; a hint where the sheet leaves the contract open and the ledger of contracts knows none."""
    for resource in books.resources:
        if (
            resource.contract
            or not _in_use(resource)
            or any(_lets(c, resource, books) for c in books.contracts)
        ):
            continue
        user = f"由{resource.user}使用" if resource.user else f"状态为“{resource.state}”"
        says = "台账注明没有合同" if resource.contract is False else "没有找到对应的合同"
        area = resource.measured or resource.booked_area
        size = f"（{area:f}亩）" if area else ""
        yield Hit(
            rule="K11",
            years=(books.today.year,),
            rows=(resource.key,),
            severity=Severity.DOUBT if resource.contract is False else Severity.HINT,
            reason=f"{resource.kind}“{resource.plot}”{size}{user}，{says}，请核对使用的依据和是否收取费用。",
        )


def _in_use(resource: Resource) -> bool:
    """Whether somebody other than the village itself and its households on their own land uses it."""
    if says(resource.state, _OURS):
        return False
    if resource.user:
        return resource.user not in _NOBODY
    return says(resource.state, _OTHERS)


def _lets(contract: Contract, resource: Resource, books: Books) -> bool:
    """Whether the contract covers the resource today; where no place is named, the user's own of that sort may."""
    if contract.ends_on is not None and contract.ends_on < books.today:
        return False
    let, used = plot(contract.plot), plot(resource.plot)
    if let.whole and used.whole:
        return let.overlaps(used)
    return bool(resource.user) and contract.party == resource.user and same_sort(contract.kind, resource.kind)


RULE = Rule(
    code="K11",
    name="无合同占用",
    looks_for="他人正在使用、却没有有效合同的资源；自用、闲置和家庭承包到户的不在此列。",
    basis="农村集体资产清产核资：他人使用的资源应当有合同",
    check=check,
)
