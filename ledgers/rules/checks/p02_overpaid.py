"""P02 超合同付款: more paid than the contract and its changes say."""

from collections.abc import Iterator
from decimal import Decimal

from core.display import money, percent
from ledgers.rules.projects import told, year_of
from ledgers.rules.rows import ZERO, Books
from ledgers.rules.rule import Hit, Limits, Rule, always


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a project; the sum is what was paid beyond contract and change orders."""
    for project in books.projects:
        if not project.price or project.paid is None:
            continue
        agreed = project.price + (project.change or ZERO)
        share = Decimal(str(limits.on("share", project.signed_on or books.today)))
        if project.paid <= agreed * (1 + share):
            continue
        change = f"加变更{money(project.change)}元" if project.change else "（没有变更记录）"
        yield Hit(
            rule="P02",
            years=(year_of(project, books),),
            rows=(project.key,),
            amount=project.paid - agreed,
            reason=f"工程{told(project)}已付{money(project.paid)}元，合同价{money(project.price)}元{change}，"
            f"多付{money(project.paid - agreed)}元（{percent(project.paid - agreed, agreed)}），"
            "请核对变更手续和结算审核。",
        )


RULE = Rule(
    code="P02",
    name="超合同付款",
    looks_for="已付款超过合同价（加变更）一定比例的工程。",
    basis="工程价款应当按合同约定结算，变更须有签证和审批",
    check=check,
    limits={"share": always("超过合同价的（比例）", 0.1)},
)
