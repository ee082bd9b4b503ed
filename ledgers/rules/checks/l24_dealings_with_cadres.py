"""L24 往来异常: cadres or their kin as counterparties beyond pay, and large cash to one person."""

from collections import defaultdict
from collections.abc import Iterator

from core.display import money
from core.text import says
from ledgers.rules.persons import Match, Persons
from ledgers.rules.rows import ZERO, Books, Debt
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.totals import by_year, mark_of, rows, total, year_end
from ledgers.rules.vouchers import Payment, payments
from ledgers.rules.words import INSURANCE, PAY, SLIPS, for_several, individual, what_for

# What a village pays anybody, cadre or not.
_ORDINARY = (*PAY, *INSURANCE, "差旅", "通讯费", "话费", "备用金", "慰问", "困难", "救助", "分红", "耕地", "种粮",
             "惠农", "征地", "青苗", "流转", "退耕", "独生子女", "危房", "抚恤", "退押金", "退保证金")  # fmt: skip
_REFUND = ("报销", "垫付", "代垫")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """Per cadre or relative one hit a year for payments and one for debts; per other person and year one for cash."""
    persons = Persons(books)
    dealings: dict[str, list[tuple[Payment, Match]]] = defaultdict(list)
    strangers: dict[str, list[Payment]] = defaultdict(list)
    for payment in payments(books):
        if not payment.party or _ordinary(payment):
            continue
        if match := persons.who(payment.party, mark_of(payment), on=payment.when):
            dealings[match.key].append((payment, match))
        elif payment.by == "cash" and (mark_of(payment) or individual(payment.party)):
            strangers[payment.receiver].append(payment)
    for dealt in dealings.values():
        yield from _with_cadre(dealt)
    yield from _owed(books, persons)
    for paid in strangers.values():
        yield from _in_cash(paid, limits)


def _ordinary(payment: Payment) -> bool:
    """Pay and other dues of anybody; what a cadre laid out and got back on an invoice; sums for several people."""
    text = what_for(payment)
    slip = any(says(line.ticket, SLIPS) for line in payment.lines)
    return says(text, _ORDINARY) or for_several(text) or (says(text, _REFUND) and not slip)


def _with_cadre(dealt: list[tuple[Payment, Match]]) -> Iterator[Hit]:
    match = max((match for _, match in dealt), key=lambda each: each.sure)
    for year, paid in by_year(payment for payment, _ in dealt).items():
        yield Hit(
            rule="L24",
            years=(year,),
            rows=(*rows(paid), match.key),
            amount=total(paid),
            severity=Severity.DOUBT if match.sure else Severity.HINT,
            reason=f"{year}年账上付给{match.called(paid[0].party)}{len(paid)}笔，共{money(total(paid))}元（工资、补贴、凭票报销等除外），"
            f"最大一笔{money(paid[0].amount)}元（{paid[0].summary or '无摘要'}），请核对事由和是否回避。",
        )


def _owed(books: Books, persons: Persons) -> Iterator[Hit]:
    newest = max((debt.year for debt in books.debts), default=0)
    found: dict[tuple[str, str], list[tuple[Debt, Match]]] = defaultdict(list)
    for debt in books.debts:
        match = persons.who(debt.party, debt.party_mark)
        if match and debt.year == newest and debt.amount:
            found[match.key, debt.side].append((debt, match))
    for (key, side), owed in found.items():
        match = max((match for _, match in owed), key=lambda each: each.sure)
        amount = sum((debt.amount for debt, _ in owed), ZERO)
        yield Hit(
            rule="L24",
            years=(newest,),
            rows=(*(debt.key for debt, _ in owed), key),
            amount=amount,
            severity=Severity.DOUBT if match.sure else Severity.HINT,
            reason=f"{newest}年往来表中{'应付' if side == 'payable' else '应收'}{match.called(owed[0][0].party)}"
            f"{len(owed)}笔，共{money(amount)}元，请核对由来和清收情况。",
        )


def _in_cash(paid: list[Payment], limits: Limits) -> Iterator[Hit]:
    large = [each for each in paid if each.amount > limits.on("cash", each.when)]
    for year, found in by_year(large).items():
        limit = limits.on("cash", year_end(year))
        yield Hit(
            rule="L24",
            years=(year,),
            rows=rows(found),
            amount=total(found),
            severity=Severity.HINT,
            reason=f"{year}年以现金付给个人“{found[0].party}”{len(found)}笔，每笔超过{money(limit)}元，"
            f"共{money(total(found))}元，请核对收款人和事由。",
        )


RULE = Rule(
    code="L24",
    name="往来异常",
    looks_for="村干部或其近亲属作为收款方、欠款方或债权人（工资、补贴、凭票报销等除外）；单笔以大额现金付给个人。"
    "证件标识一致为准，仅姓名相同只作提示。",
    basis="村干部及近亲属与集体的经济往来应回避、公开；现金使用限额为参数",
    check=check,
    limits={"cash": always("现金付给个人单笔超过", 5000, "元")},
)
