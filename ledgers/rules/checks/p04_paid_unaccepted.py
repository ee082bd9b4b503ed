"""P04 未验收付清: works paid to the end before they were accepted."""

from collections.abc import Iterator

from core.display import cn_date, money
from ledgers.rules.projects import told, year_of
from ledgers.rules.rows import ZERO, Books, Project
from ledgers.rules.rule import Hit, Limits, Rule


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a project; one that is paid up without a day of the last payment counts as paid by now."""
    for project in books.projects:
        final, accepted = project.final_paid_on, project.accepted_on
        if final is None and not (accepted is None and _paid_up(project)):
            continue
        if final and accepted and accepted <= final:
            continue
        paid = f"已于{cn_date(final)}付清尾款" if final else f"已付清{money(project.paid)}元"
        then = f"{cn_date(accepted)}才验收" if accepted else "没有验收记录"
        yield Hit(
            rule="P04",
            years=(final.year if final else year_of(project, books),),
            rows=(project.key,),
            amount=project.paid,
            reason=f"工程{told(project)}{paid}，{then}，请核对验收和付款手续。",
        )


def _paid_up(project: Project) -> bool:
    agreed = project.settled
    if agreed is None:
        agreed = (project.price or ZERO) + (project.change or ZERO)
    return agreed > 0 and project.paid is not None and project.paid >= agreed


RULE = Rule(
    code="P04",
    name="未验收付清",
    looks_for="尾款付清时没有验收或者验收在后的工程；没有尾款日期的，看是否已按结算价（合同价）付清而无验收。",
    basis="工程应当验收合格后办理结算、支付尾款",
    check=check,
)
