"""L26 科目错用: income booked as owed to others, project costs booked as administration."""

from collections.abc import Iterator
from decimal import Decimal

from core.display import money
from core.text import says
from ledgers.rules.rows import ZERO, Books, Entry
from ledgers.rules.rule import Hit, Limits, Rule, always
from ledgers.rules.totals import year_end
from ledgers.rules.vouchers import Voucher, account, is_money, vouchers

_OWED = {"202": "应付款", "113": "内部往来", "221": "长期借款及应付款"}
_ADMINISTRATION = "541"
_INCOME = (
    "租金",
    "租赁费",
    "承包费",
    "承包款",
    "发包",
    "上交款",
    "利息收入",
    "变卖",
    "出售",
    "处置收入",
    "赞助",
    "捐款",
)
_NOT_OURS = ("押金", "保证金", "代收", "代扣", "预收", "质保金", "退", "农户", "各户", "村民土地")
_PROJECT = (
    "工程款",
    "道路硬化",
    "修路",
    "路面",
    "修建",
    "新建",
    "扩建",
    "改建",
    "施工",
    "沟渠",
    "修渠",
    "桥梁",
    "清淤工程",
)
_SMALL_WORK = ("设计费", "监理费", "误工", "餐", "会议", "资料", "差旅")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a year and kind."""
    income: dict[int, list[Entry]] = {}
    project: dict[int, list[Entry]] = {}
    for voucher in vouchers(books):
        income.setdefault(voucher.year, []).extend(_income_as_owed(voucher))
        project.setdefault(voucher.year, []).extend(_projects_as_costs(voucher, limits))
    for year, lines in income.items():
        yield from _hit(year, lines, "写明租金、承包费等收入的款项记在应付款或内部往来", "贷")
    for year, lines in project.items():
        yield from _hit(year, lines, "写明工程建设的支出记在管理费用", "借")


def _income_as_owed(voucher: Voucher) -> list[Entry]:
    """Lines that took in money as owed to others though they say it was the village's own income."""
    if not any(is_money(line) and line.debit for line in voucher.lines):
        return []
    return [line for line in voucher.lines if line.credit > 0 and _booked_as(line, _OWED)
            and says(line.summary, _INCOME) and not says(line.summary, _NOT_OURS)]  # fmt: skip


def _projects_as_costs(voucher: Voucher, limits: Limits) -> list[Entry]:
    least = limits.on("least", voucher.day or year_end(voucher.year))
    return [line for line in voucher.lines if line.debit >= least and _booked_as(line, {_ADMINISTRATION: "管理费用"})
            and says(line.summary, _PROJECT) and not says(line.summary, _SMALL_WORK)]  # fmt: skip


def _booked_as(line: Entry, accounts: dict[str, str]) -> bool:
    """By the standard account; by the name where the account is not mapped."""
    return account(line) in accounts or (not line.standard and says(line.account_name, accounts.values()))


def _hit(year: int, lines: list[Entry], told: str, side: str) -> Iterator[Hit]:
    found = sorted(lines, key=lambda line: (-_sum(line), line.key))
    amount = sum(map(_sum, found), ZERO)
    if found:
        yield Hit(
            rule="L26",
            years=(year,),
            rows=tuple(line.key for line in found),
            amount=amount,
            reason=f"{year}年有{len(found)}笔{told}（{side}方），共{money(amount)}元；"
            f"最大一笔{money(_sum(found[0]))}元（{found[0].summary}），请核对科目。",
        )


def _sum(line: Entry) -> Decimal:
    return line.credit or line.debit


RULE = Rule(
    code="L26",
    name="科目错用",
    looks_for="租金、承包费等收入记入应付款、内部往来；工程建设支出记入管理费用。押金、代收款和零星维修除外。",
    basis="村集体经济组织会计制度：收入应计入收入科目，工程应通过在建工程核算",
    check=check,
    limits={"least": always("工程支出单笔达到", 5000, "元")},
)
