"""账册画像表: the figures of all pictures of a village's books as a workbook."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.office.xlsx import Chart, Col, Sheet, write_bytes
from ledgers.rules.pictures.accounts import Accounts, Side
from ledgers.rules.pictures.contracts import Contracts
from ledgers.rules.pictures.digits import Digits
from ledgers.rules.pictures.medians import Medians, Middle, per_household
from ledgers.rules.pictures.months import MONTHS, NO_DAY, Months
from ledgers.rules.pictures.payees import TOP, Payees

Row = Sequence[Any]


@dataclass(frozen=True)
class Portrait:
    """All pictures of one village with the medians of its town and district, and how these were counted."""

    title: str
    heading: str
    office: str
    day: dt.date
    households: int | None
    accounts: Accounts
    months: Months
    contracts: Contracts
    payees: Payees
    digits: Digits
    town: Medians
    district: Medians
    told: str


def pictures_xlsx(portrait: Portrait) -> bytes:
    """The workbook: one sheet a picture, its headline as the heading."""
    sheets = [
        _accounts(portrait),
        _months(portrait),
        _contracts(portrait),
        _payees(portrait),
        _digits(portrait),
    ]
    return write_bytes(sheets, created=portrait.day, author=portrait.office)


def _sheet(
    portrait: Portrait, name: str, headline: str, columns: Sequence[Col], rows: Iterable[Row], note: str = "",
    chart: Chart | None = None,
) -> Sheet:  # fmt: skip
    return Sheet(
        name=name,
        title=f"{portrait.title}（{name}）",
        heading=f"{portrait.heading}　{headline}",
        footnote=note,
        columns=columns,
        rows=rows,
        chart=chart,
    )


def _accounts(portrait: Portrait) -> Sheet:
    seen = portrait.accounts
    columns = [
        Col("类别", 10), Col("科目", 22), *[Col(f"{year}年", 15, "money") for year in seen.years],
        Col("增减", 15, "money"), Col("增减情况", 16), Col("户均", 12, "money"), Col("全镇中位数", 12, "money"),
        Col("村数", 7, "int"), Col("全区中位数", 12, "money"), Col("村数", 7, "int"),
    ]  # fmt: skip
    compared = (
        f"增减为{seen.pair[1]}年比{seen.pair[0]}年，户均和中位数为{seen.pair[1]}年。" if seen.pair else ""
    )
    note = f"单位：元。收支已冲抵红字更正，不含年末结转。{compared}\n{portrait.told}"
    return _sheet(portrait, "逐年科目", seen.headline, columns, list(_account_rows(portrait)), note)


def _account_rows(portrait: Portrait) -> Iterable[Row]:
    seen = portrait.accounts
    for line in seen.lines:
        sums = [line.cell(year).amount for year in seen.years]
        if seen.pair is None:
            yield [line.side.label, line.account.name, *sums, *[None] * 7]
            continue
        change, newer = line.change(*seen.pair), seen.pair[1]
        beside: list[Any] = [None] * 5
        if line.side != Side.STANDING:
            beside = [
                per_household(line.cell(newer).amount, portrait.households),
                *_middle(portrait.town.account(newer, line.side, line.account.key)),
                *_middle(portrait.district.account(newer, line.side, line.account.key)),
            ]
        yield [
            line.side.label,
            line.account.name,
            *sums,
            change.size,
            f"{change.word} {change.share}".strip(),
            *beside,
        ]


def _middle(found: Middle | None) -> tuple[Decimal | None, int | None]:
    return (found.value, found.villages) if found else (None, None)


def _months(portrait: Portrait) -> Sheet:
    seen = portrait.months
    columns = [Col("年度", 9, "int"), Col("月份", 9), Col("支出", 15, "money"), Col("收入", 15, "money"),
               Col("凭证", 9, "int"), Col("情况", 20)]  # fmt: skip
    empty = set(seen.empty)
    rows = [
        [year, f"{month}月" if month else "无日期", found.spent.amount, found.earned.amount, found.vouchers,
         "没有一张凭证" if (year, month) in empty else ""]
        for year in seen.years
        for month in (*MONTHS, NO_DAY)
        if (found := seen.month(year, month)).vouchers or (year, month) in empty
    ]  # fmt: skip
    return _sheet(portrait, "逐月", seen.headline, columns, rows, "单位：元、张。")


def _contracts(portrait: Portrait) -> Sheet:
    seen = portrait.contracts
    years = [year for year in seen.arrears if year is not None]
    columns = [
        Col("合同", 34), Col("承租方", 16), Col("起", 12, "date"), Col("止", 12, "date"), Col("期限", 12),
        Col("情况", 34), Col("欠租", 14, "money"), *[Col(f"欠{year}年", 13, "money") for year in years],
    ]  # fmt: skip
    rows = [
        [lease.name, lease.party, lease.start, lease.end, lease.term, "、".join(m.label for m in lease.marks),
         lease.owed or None, *[lease.arrears.get(year) for year in years]]
        for lease in seen.leases
    ]  # fmt: skip
    return _sheet(portrait, "合同", seen.headline, columns, rows, "单位：元。")


def _payees(portrait: Portrait) -> Sheet:
    columns = [Col("年度", 9, "int"), Col("名次", 7, "int"), Col("收款人", 30), Col("笔数", 8, "int"),
               Col("付款", 15, "money"), Col("占当年", 10, "percent")]  # fmt: skip
    rows: list[Row] = []
    for year in portrait.payees.years:
        others = year.payees[TOP:]
        parts: list[tuple[int | None, str, int, Decimal]] = [
            (rank, payee.name, payee.times, payee.paid.amount) for rank, payee in enumerate(year.top, 1)
        ]
        if others:
            times = sum(payee.times for payee in others)
            parts.append((None, f"其他{len(others)}名", times, year.rest.amount))
        if year.unnamed_times:
            parts.append((None, "没有写明或写的是多人", year.unnamed_times, year.unnamed.amount))
        rows += [
            [year.year, rank, name, times, paid, paid / year.total if year.total else None]
            for rank, name, times, paid in parts
        ]
    return _sheet(portrait, "收款人", portrait.payees.headline, columns, rows, "单位：元。姓名按账上写法。")


def _digits(portrait: Portrait) -> Sheet:
    seen = portrait.digits
    columns = [Col("首位数字", 10, "int"), Col("笔数", 9, "int"), Col("通常约", 9, "number"),
               Col("占比", 10, "percent"), Col("通常占比", 10, "percent"), Col("情况", 10)]  # fmt: skip
    odd = {each.digit: each.word for each in seen.odd}
    rows = [
        [each.digit, each.number, round(each.expected, 1), round(each.share, 4), round(each.usual, 4),
         odd.get(each.digit, "")]
        for each in seen.digits
    ]  # fmt: skip
    note = f"各年一元以上的支出，按月定额的{seen.left_out}笔不在内。只提示从哪里抽查，不说明有问题。"
    return _sheet(portrait, "首位数字", seen.headline, columns, rows, note, Chart("首位数字占比", 0, [3, 4]))
