"""L17 供货方异常: goods that do not fit the seller's trade, all sorts from one small shop, a cadre's own firm."""

from collections import defaultdict
from collections.abc import Iterator

from core.display import money
from ledgers.rules.goods import deals_in, goods, small_shop
from ledgers.rules.persons import Persons, plain
from ledgers.rules.rows import Books, Listed
from ledgers.rules.rule import Hit, Limits, Rule, Severity, always
from ledgers.rules.spendings import spendings
from ledgers.rules.totals import by_year, rows, total, year_end, years
from ledgers.rules.vouchers import Payment
from ledgers.rules.words import individual, what_for


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit per seller with all that is odd about it."""
    persons = Persons(books)
    firms = [each for each in books.lists if each.kind == "company" and each.detail]
    for seller, bought in _by_seller(books).items():
        unfit = [each for each in bought if _unfit(seller, each)]
        many = _all_sorts(seller, bought, limits)
        owners = [each for each in firms if plain(each.detail) == seller]
        owned, words, people, sure = _owned(persons, owners)
        found = sorted(bought if owned else {*unfit, *many}, key=lambda each: (-each.amount, each.keys))
        if not found:
            continue
        told = [*_told_unfit(unfit), *_told_many(many), *words]
        yield Hit(
            rule="L17",
            years=years(found),
            rows=(*rows(found), *people),
            amount=total(found),
            severity=Severity.DOUBT if sure or many else Severity.HINT,
            reason=f"向“{seller}”支出{len(found)}笔，共{money(total(found))}元：{'；'.join(told)}，请核对。",
        )


def _by_seller(books: Books) -> dict[str, list[Payment]]:
    sellers: dict[str, list[Payment]] = defaultdict(list)
    for payment in spendings(books):
        if seller := _seller(payment):
            sellers[seller].append(payment)
    return sellers


def _seller(payment: Payment) -> str:
    """Who sold: as the invoice says, else the receiver unless that is a person."""
    named = next((plain(line.seller) for line in payment.lines if line.seller), "")
    return named or ("" if individual(payment.party) else plain(payment.party))


def _unfit(seller: str, payment: Payment) -> bool:
    sold, bought = deals_in(seller), goods(what_for(payment))
    return sold is not None and bool(bought) and not bought & sold


def _all_sorts(seller: str, bought: list[Payment], limits: Limits) -> list[Payment]:
    """What a small shop sold in the years in which it sold many kinds of goods."""
    if not small_shop(seller):
        return []
    found = []
    for year, of_year in by_year(bought).items():
        if len(_kinds(of_year)) >= limits.on("kinds", year_end(year)):
            found += [each for each in of_year if goods(what_for(each))]
    return found


def _kinds(bought: list[Payment]) -> frozenset[str]:
    return frozenset().union(*(goods(what_for(each)) for each in bought))


def _owned(persons: Persons, owners: list[Listed]) -> tuple[bool, list[str], list[str], bool]:
    for owner in owners:
        if match := persons.who(owner.name, owner.mark):
            return True, [f"工商登记的人员是{match.called(owner.name)}"], [owner.key, match.key], match.sure
    return False, [], [], False


def _told_unfit(unfit: list[Payment]) -> list[str]:
    kinds = "、".join(sorted(_kinds(unfit)))
    return [f"有{len(unfit)}笔所购为{kinds}，与其名称所示的经营不符"] if unfit else []


def _told_many(many: list[Payment]) -> list[str]:
    kinds = _kinds(many)
    return [f"一家店供应了{len(kinds)}类货物（{'、'.join(sorted(kinds))}）"] if many else []


RULE = Rule(
    code="L17",
    name="供货方异常",
    looks_for="所购货物与销售方名称所示的经营不符；一家小店一年供应多类货物；销售方在工商名单中登记的人员是村干部或其近亲属。",
    basis="账务检查常用方法：供货方与货物是否相称；村干部及近亲属与集体的交易应回避、公开",
    check=check,
    limits={"kinds": always("一家小店一年供应货物达到", 5, "类")},
)
