"""What a filled survey table suggests to look at. A hint says what stands in a row and what to ask; it accuses nobody.

The rules are those of the ledger and contract checks (账实不符, 长期挂账, 无合同占用, 租期超长, 欠租, 程序缺失,
超合同价结算, 应招未招, 重复领取); limits that differ by place come from the round.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from core.clock import add_years
from findings.models import TableKind
from findings.models.table_kinds import NO, YES
from findings.rules.table_around import Around, Row, Sheet, plain
from findings.rules.table_cells import first_day, last_day
from findings.rules.table_figures import amount, money, read_rise, stop_of

# A lease runs for twenty years at most (民法典第七百零五条); a household's contract for farmland for thirty
# (农村土地承包法第二十一条).
_LEASE_YEARS, _FARMLAND_YEARS = 20, 30
_OWN_USE = frozenset({"", "村集体", "村委会", "村部", "本村", "集体", "无"})
_NO_KIN = frozenset({"", "无", "否", "没有", "不是", "/", "-", "无关系"})


@dataclass(frozen=True)
class Limits:
    """What counts as much in this round: yuan from which work must be tendered, years after which a balance is old,
    the share by which measured and booked area may differ.
    """

    tender: Decimal
    old_years: int
    area_share: Decimal


class Found(NamedTuple):
    """One thing in one row: the rule's code, the column, what stands there in short, what to look at."""

    rule: str
    column: str
    title: str
    advice: str


class Hint(NamedTuple):
    """Something found, with its row: the row's id and its number from 1."""

    row: str
    number: int
    rule: str
    column: str
    title: str
    advice: str

    @property
    def key(self) -> str:
        """Names it within its sheet."""
        return f"{self.row}:{self.rule}"


def hints(sheet: Sheet, on: dt.date, limits: Limits, around: Around) -> list[Hint]:
    """Everything the rows of ``sheet`` suggest, by row; they have their computed columns in them."""
    if sheet.kind == TableKind.BENEFITS:
        return _benefits(sheet, around)
    look: Callable[..., Iterator[Found]] = {
        TableKind.FUNDS: _funds,
        TableKind.DEALINGS: _dealings,
        TableKind.ASSETS: _assets,
        TableKind.RESOURCES: _resources,
        TableKind.CONTRACTS: _contracts,
        TableKind.WORKS: _works,
    }[TableKind(sheet.kind)]
    return [
        Hint(row["id"], number, *found)
        for number, row in enumerate(sheet.rows, 1)
        for found in look(row, on, limits, around)
    ]


def _funds(row: Row, on: dt.date, limits: Limits, around: Around) -> Iterator[Found]:
    gap = amount(row, "gap")
    if gap:
        more = "账面多于实存" if gap > 0 else "实存多于账面"
        yield Found(
            "A1", "gap", f"{row.get('sort') or '资金'}账实相差{money(abs(gap))}元（{more}）",
            "对照银行对账单、未达账项和没有入账的单据，弄清差在哪一笔、什么时候形成。",
        )  # fmt: skip


def _dealings(row: Row, on: dt.date, limits: Limits, around: Around) -> Iterator[Found]:
    since = first_day(row.get("since", ""))
    if since is None or not amount(row, "balance"):
        return
    if since > on:
        yield Found("B2", "since", "发生日期晚于清查日", "核对发生日期是否写错。")
    elif on > add_years(since, limits.old_years):
        yield Found(
            "B1", "age", f"{row.get('subject') or '往来'}挂账{row.get('age', '')}年（{row.get('party', '')}）",
            f"超过{limits.old_years}年没有结清。问清事由、经手人和催收（清偿）经过，看有没有凭据，是否还收得回。",
        )  # fmt: skip


def _assets(row: Row, on: dt.date, limits: Limits, around: Around) -> Iterator[Found]:
    name, state = row.get("name", ""), row.get("state")
    if state == "闲置":
        yield Found("C1", "state", f"{name}闲置", "了解闲置了多久、原因和盘活打算。")
    if state in ("出租", "出借") and not around.has_contract(row.get("user", ""), name):
        yield Found(
            "C2", "state", f"{name}{state}，合同表里没有找到对应的合同",
            "查有没有合同、租金多少、收在哪里。合同表登记后，承租方或标的与这里一致即不再提示。",
        )  # fmt: skip
    if row.get("booked") == NO:
        yield Found("C3", "booked", f"{name}没有入账", "查取得经过和资金来源，提醒补记固定资产。")


def _resources(row: Row, on: dt.date, limits: Limits, around: Around) -> Iterator[Found]:
    name = f"{row.get('sort') or '资源'}（{row.get('bounds', '')}）"
    booked, measured = amount(row, "booked_area"), amount(row, "measured_area")
    if booked is not None and measured is not None:
        gap = measured - booked
        if abs(gap) > booked * limits.area_share:
            less = "少" if gap < 0 else "多"
            share = f"，相差{_share(abs(gap), booked)}" if booked else ""
            yield Found(
                "D1", "measured_area", f"{name}实测比账面{less}{abs(gap).normalize():f}亩{share}",
                "核对原台账、确权图和丈量方法，看差额由谁在用、有没有收益。",
            )  # fmt: skip
    condition = row.get("condition")
    if condition == "被占用":
        without = "，没有合同" if row.get("contract") == NO else ""
        yield Found(
            "D2", "condition", f"{name}被占用{without}", "查由谁占用、从什么时候起、村里有没有处理过。"
        )
    elif row.get("contract") == NO and plain(row.get("user", "")) not in _OWN_USE and condition != "闲置":
        yield Found(
            "D3", "contract", f"{name}由{row['user']}使用，没有合同", "问清使用依据、面积、租金和收缴情况。"
        )
    if condition == "闲置":
        yield Found("D4", "condition", f"{name}闲置", "了解闲置了多久、原因和打算。")


def _contracts(row: Row, on: dt.date, limits: Limits, around: Around) -> Iterator[Found]:
    yield from _term(row, on)
    arrears = amount(row, "arrears")
    if arrears is not None and arrears > 0:
        yield Found(
            "E4", "arrears", f"{_named(row)}欠收{money(arrears)}元",
            "对照收款凭证和收据存根，看是没有收、收了没有入账，还是有减免手续。",
        )  # fmt: skip
    if read_rise(row.get("rise", "")) is None:
        yield Found("E5", "rise", f"{_named(row)}递增写的是“{row['rise']}”，没有算应收",
                    "改写成“每5年递增10%”这样的比例即可自动计算；按金额递增的请手工算好，写在情况说明里。")  # fmt: skip
    lacking = [
        label
        for missing, label in (
            (not row.get("meeting_on"), "民主程序"),
            (row.get("published") != YES, "公示"),
            (row.get("filed") != YES, "镇备案"),
        )
        if missing
    ]
    if lacking:
        yield Found("E6", "meeting_on", f"{_named(row)}缺{'、'.join(lacking)}",
                    "查村民（代表）会议记录、公示照片和镇里的备案登记；确实没有的，问清原因。")  # fmt: skip
    met, signed = last_day(row.get("meeting_on", "")), first_day(row.get("signed_on", ""))
    if met and signed and first_day(row["meeting_on"]) > last_day(row["signed_on"]):  # type: ignore[operator]
        yield Found(
            "E7",
            "meeting_on",
            f"{_named(row)}先签合同、后开会",
            "核对会议日期和签订日期，看会前是否已经定下承租方。",
        )
    if row.get("written") == NO:
        yield Found("E8", "written", f"{_named(row)}是口头约定", "请双方当面说清内容，提醒补签书面合同。")
    if row.get("relation", "").strip() not in _NO_KIN:
        yield Found("E9", "relation", f"{_named(row)}承租方与村干部有关系（{row['relation']}）",
                    "看发包是否公开、价格是否与同类相当、本人是否回避。")  # fmt: skip


def _term(row: Row, on: dt.date) -> Iterator[Found]:
    start, end = first_day(row.get("starts_on", "")), last_day(row.get("ends_on", ""))
    if start is None or end is None:
        return
    if end < start:
        yield Found("E1", "ends_on", f"{_named(row)}终止日早于起始日", "核对合同原件上的起止日期。")
        return
    stop = stop_of(start, end)
    if stop > add_years(start, _FARMLAND_YEARS):
        yield Found("E2", "years", f"{_named(row)}期限{row.get('years', '')}年，超过30年",
                    "租赁期限最长20年，耕地家庭承包期30年；林地、四荒另有规定。核对合同性质和签订依据。")  # fmt: skip
    elif stop > add_years(start, _LEASE_YEARS):
        yield Found("E2", "years", f"{_named(row)}期限{row.get('years', '')}年，超过20年",
                    "租赁期限最长20年，超过的部分无效；属于家庭承包或四荒承包的不受此限。核对合同性质。")  # fmt: skip
    if stop <= on:
        yield Found("E3", "ends_on", f"{_named(row)}已经到期",
                    "看是否收回、是否重新发包；仍在使用的，问清从到期那天起的租金。")  # fmt: skip


def _works(row: Row, on: dt.date, limits: Limits, around: Around) -> Iterator[Found]:
    name = row.get("name", "")
    price, settled, paid = amount(row, "price"), amount(row, "settled"), amount(row, "paid")
    if price and settled is not None and settled > price:
        changes = amount(row, "changes")
        said = f"登记的变更为{money(changes)}元，" if changes is not None else "没有登记变更，"
        yield Found(
            "G1", "settled", f"{name}结算价比合同价高{money(settled - price)}元（{_share(settled - price, price)}）",
            f"{said}查变更签证、会议记录和审批，看增加的部分怎么来的。",
        )  # fmt: skip
    if price is not None and price > limits.tender and row.get("tender") in ("直接发包", "", None):
        yield Found(
            "G2", "tender", f"{name}合同价{money(price)}元，没有招标",
            f"本轮次招标标准为{money(limits.tender)}元。查有没有应急、抢险等免于招标的依据，由谁决定。",
        )  # fmt: skip
    due = settled if settled is not None else price
    if paid is not None and due is not None and paid > due:
        yield Found("G3", "paid", f"{name}已付比{'结算价' if settled is not None else '合同价'}多{money(paid - due)}元",
                    "逐笔核对付款凭证和收款人。")  # fmt: skip
    if row.get("accepted") == NO and settled is not None and paid is not None and paid >= settled > 0:
        yield Found("G4", "accepted", f"{name}没有验收，款已付清", "查验收资料，到现场看实物。")
    began, ended = first_day(row.get("began_on", "")), last_day(row.get("ended_on", ""))
    if began and ended and ended < began:
        yield Found("G5", "ended_on", f"{name}竣工早于开工", "核对开工、竣工日期。")


def _benefits(sheet: Sheet, around: Around) -> list[Hint]:
    """Somebody twice under one item, one account for several people; here and on the village's other sheets."""
    found: list[Hint] = []
    for number, row in enumerate(sheet.rows, 1):
        same = around.same_person(row)
        times = sum(alike.size for alike in same)
        if times > 1:
            title = f"{row['person']}在“{row.get('scheme', '')}”下登记了{times}次"
            where = around.elsewhere(same, sheet.key, number)
            found.append(Hint(row["id"], number, "H1", "person", title,
                              f"还在{where}。看是分次发放、同名同姓，还是重复。"))  # fmt: skip
        shared = around.same_account(row)
        if len(shared.people) > 1:
            title = f"{row.get('person', '')}的账号还有别人在用"
            where = around.elsewhere([shared], sheet.key, number)
            found.append(Hint(row["id"], number, "H2", "account", title,
                              f"还在{where}。看是否同一户、由谁代领，本人是否知道。"))  # fmt: skip
        found += [Hint(row["id"], number, *one) for one in _benefit(row)]
    return found


def _benefit(row: Row) -> Iterator[Found]:
    if row.get("relation", "").strip() not in _NO_KIN:
        yield Found(
            "H3",
            "relation",
            f"{row.get('person', '')}与村干部有关系（{row['relation']}）",
            "核对享受依据和评议、公示情况。",
        )
    if row.get("published") == NO:
        yield Found(
            "H4",
            "published",
            f"{row.get('scheme', '')}（{row.get('person', '')}）没有公示",
            "查公示照片；没有公示的，问清原因。",
        )


def _named(row: Row) -> str:
    return f"{row.get('name', '')}（{row.get('tenant', '')}）"


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{(part / whole * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"
