"""The kinds of sheets and their columns: what each is called in villages, and how its cells are read.

The columns are data (``columns_v1.csv``): field, title shown in faults, reader, other heads it goes by. A kind is told
by its heads; words of the title only decide between kinds the heads leave open.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).resolve().parents[2] / "data" / "columns_v1.csv"


class Field(NamedTuple):
    """One column we know. ``reads`` names the reader, ``title`` is shown in faults, ``aliases`` are other heads."""

    key: str
    title: str
    reads: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of sheet.

    ``must``: of each group at least one field has to be there. ``row``: a row without any of these is no row of data.
    ``signs``: words of title or file name that speak for it. ``sums``: what its total rows add up.
    """

    code: str
    name: str
    must: tuple[tuple[str, ...], ...]
    row: tuple[str, ...]
    signs: str
    sums: tuple[str, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """The fields by key."""
        return {field.key: field for field in _fields()[self.code]}

    @cached_property
    def by_label(self) -> dict[str, str]:
        """Field key by every head it goes by."""
        return {label: key for key, field in self.by_key.items() for label in (field.title, *field.aliases)}

    def field(self, key: str) -> Field:
        """The field of a mapped column; ``dues:2021`` is the column of that year."""
        base, _, year = key.partition(":")
        found = self.by_key[base]
        return found._replace(key=key, title=found.title.replace("各", year)) if year else found

    def key_of(self, label: str) -> str:
        """The field a normalised head stands for, or an empty string."""
        if self.code == "balances" and (key := _balance_key(label)):
            return key
        if self.code == "contracts" and (yearly := _YEARLY.match(label)):
            return f"{'dues' if yearly.group(2)[0] == '应' else 'payments'}:{yearly.group(1)}"
        found = self.by_label.get(label) or self.by_label.get(_YEAR_BEFORE.sub("", label), "")
        return found or next((key for words, key in _HINTS.get(self.code, ()) if words.search(label)), "")


_YEAR_BEFORE = re.compile(r"^(?:19|20)\d{2}年?度?")
_YEARLY = re.compile(
    r"^((?:19|20)\d{2})年?度?(应[收交缴]|(?:实|已)[收交缴]|收款|缴款|到账|缴纳)(?:金额|租金|款)?$"
)


# Heads of contracts are worded in too many ways to list.
_HINTS = {
    "contracts": (
        (re.compile(r"元亩年?$|^每亩"), "price"),
        (re.compile(r"^.{0,4}(起始|开始|起租).{0,2}(日期?|时间|年月)$"), "starts_on"),
        (re.compile(r"^.{0,4}(截止|终止|到期|结束).{0,2}(日期?|时间|年月)$"), "ends_on"),
    )
}


def _balance_key(label: str) -> str:
    """Heads of a trial balance: which figure, and which side of it."""
    figure = next((name for name, words in _FIGURES if re.search(words, label)), "")
    direction = re.search(r"方向|借或贷", label)
    has_debit, has_credit = "借" in label, "贷" in label
    if direction:
        return f"{figure}_side" if figure in ("opening", "closing") else "side"
    if has_debit == has_credit:
        return figure if figure in ("opening", "year_opening", "closing") and not has_debit else ""
    ending = "debit" if has_debit else "credit"
    return f"{figure}_{ending}" if figure else ending


_FIGURES = (
    ("year_opening", r"年初|上年(结转|余额)"),
    ("opening", r"期初|月初|上期|上月"),
    ("closing", r"期末|年末|余额|结余"),
    ("year", r"累计"),
)


@cache
def _fields() -> dict[str, list[Field]]:
    found: dict[str, list[Field]] = {}
    with _DATA.open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream):
            field = Field(line["字段"], line["列名"], line["读法"], tuple(line["其他写法"].split()))
            found.setdefault(line["表类"], []).append(field)
    return found


ENTRIES = Kind(
    "entries",
    "收支明细",
    must=(
        ("summary", "voucher", "account_name", "account"),
        ("debit", "credit", "income", "outlay", "amount"),
    ),
    row=("debit", "credit", "income", "outlay", "amount"),
    signs=r"明细账|序时账|凭证|日记账|收支|流水|现金账|银行账|分录|支出|报账|账簿",
    sums=("debit", "credit", "income", "outlay", "amount"),
)
BALANCES = Kind(
    "balances",
    "科目余额表",
    must=(
        ("account_name", "account"),
        ("closing", "closing_debit", "closing_credit"),
        ("opening", "opening_debit", "year_opening", "year_opening_debit"),
    ),
    row=("account", "account_name"),
    signs=r"余额表|科目余额|试算平衡|发生额及余额|总账",
    sums=(
        "opening_debit",
        "opening_credit",
        "year_opening_debit",
        "year_opening_credit",
        "debit",
        "credit",
        "year_debit",
        "year_credit",
        "closing_debit",
        "closing_credit",
    ),
)
DEBTS = Kind(
    "debts",
    "往来款",
    must=(("party",), ("amount", "receivable", "payable"), ("since", "reason", "account_name", "receivable")),
    row=("amount", "receivable", "payable"),
    signs=r"往来|应收|应付|债权|债务|欠款|借款",
    sums=("amount", "receivable", "payable"),
)
CONTRACTS = Kind(
    "contracts",
    "合同台账",
    must=(
        ("party",),
        ("starts_on", "period", "years", "signed_on"),
        ("rent", "price", "due", "area", "name", "kind"),
    ),
    row=("party", "name", "kind", "plot"),
    signs=r"合同|发包|承包|租赁|出租",
    sums=("area", "rent", "due", "paid", "owed"),
)
ASSETS = Kind(
    "assets",
    "固定资产",
    must=(("name",), ("value", "quantity"), ("acquired_on", "state", "user", "counted", "kind", "booked")),
    row=("name",),
    signs=r"固定资产|资产登记|资产台账|资产清查|库存物资|资产明细|资产盘点",
    sums=("value",),
)
RESOURCES = Kind(
    "resources",
    "资源",
    must=(("booked_area", "measured"), ("kind", "plot"), ("user", "state", "contract")),
    row=("kind", "plot"),
    signs=r"资源|土地台账|四荒|水面",
    sums=("booked_area", "measured"),
)
PROJECTS = Kind(
    "projects",
    "工程项目",
    must=(
        ("name",),
        ("contractor", "price", "settled"),
        ("budget", "settled", "starts_on", "finished_on", "accepted_on", "method", "paid"),
    ),
    row=("name",),
    signs=r"工程|项目建设|建设项目|施工",
    sums=("budget", "price", "settled", "paid"),
)
BENEFITS = Kind(
    "benefits",
    "惠民补贴",
    must=(("name",), ("amount",)),
    row=("name", "mark"),
    signs=r"补贴|补助|低保|特困|救助|优抚|养老|发放|一卡通|惠民|公益性?岗|高龄|残疾|慰问|误工",
    sums=("amount", "area"),
)
CADRES = Kind(
    "cadres",
    "村干部名单",
    must=(("name",), ("post",), ("since", "until", "period", "mark", "salaried")),
    row=("name",),
    signs=r"干部|两委|班子",
)
KIN = Kind(
    "kin",
    "干部近亲属",
    must=(("cadre",), ("name",)),
    row=("name",),
    signs=r"亲属|家属|家庭成员",
)
LISTS = Kind(
    "lists",
    "外来名单",
    must=(("name",), ("mark", "since", "detail", "head")),
    row=("name", "mark"),
    signs=r"名单|殡葬|火化|死亡|供养|户籍|参保|登记信息",
)
DISCLOSURES = Kind(
    "disclosures",
    "财务公开",
    must=(("shown_on",), ("quarter",)),
    row=("quarter", "shown_on"),
    signs=r"公开|公示",
)

ALL = (
    ENTRIES, BALANCES, DEBTS, CONTRACTS, ASSETS, RESOURCES, PROJECTS, BENEFITS, CADRES, KIN, LISTS, DISCLOSURES,
)  # fmt: skip
BY_CODE = {kind.code: kind for kind in ALL}


def satisfied(kind: Kind, keys: set[str]) -> bool:
    """Whether the mapped columns are enough for the kind."""
    return all(not keys.isdisjoint(group) for group in kind.must)


def missing(kind: Kind, keys: set[str]) -> Iterator[str]:
    """The titles of what the kind still needs."""
    for group in kind.must:
        if keys.isdisjoint(group):
            yield "或".join(dict.fromkeys(kind.by_key[key].title for key in group[:3]))
