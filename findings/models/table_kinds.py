"""What the survey tables of funds, assets and resources (三资调查表) ask for, in order and words of the paper forms.

One description of each table serves the grid in the browser, the checking of cells, the blank workbook, the filled Word
and Excel form, import and export. Table F (vouchers) comes with the accounts and is no table to be typed.
"""

from dataclasses import dataclass

from django.db import models

from findings.models.choices import SourceKind

YES, NO = "是", "否"


class TableKind(models.TextChoices):
    """Which of the tables it is."""

    FUNDS = "funds", "资金"
    DEALINGS = "dealings", "往来"
    ASSETS = "assets", "固定资产"
    RESOURCES = "resources", "资源"
    CONTRACTS = "contracts", "合同"
    WORKS = "works", "工程"
    BENEFITS = "benefits", "惠民"


@dataclass(frozen=True)
class TableColumn:
    """One column: its name in a row, its title on paper, its width in characters of the Excel form, what stands in it.

    ``kind``: ``text``, ``center`` (short text), ``money`` (yuan), ``number`` (``unit`` says of what), ``date`` (a day,
    a month or a year), ``choice`` with ``choices``, ``account`` and ``identity`` (only the end is kept).
    ``computed``: worked out from the others, never typed. ``needed``: before the first signature. ``signed``: may be
    below zero. ``total``: summed. ``group``: a heading it shares with its neighbours.
    """

    name: str
    title: str
    width: float
    kind: str = "text"
    choices: tuple[str, ...] = ()
    group: str = ""
    unit: str = ""
    total: bool = False
    computed: bool = False
    needed: bool = False
    signed: bool = False

    @property
    def secret(self) -> bool:
        """Is it a number of which only the last four signs and a keyed digest are kept?"""
        return self.kind in ("account", "identity")

    @property
    def label(self) -> str:
        """The title as a sentence names it, with the heading above where the title alone says too little."""
        return f"{self.group}（{self.title}）" if self.title in ("账面", "实测", "起", "止") else self.title


@dataclass(frozen=True)
class TableSpec:
    """One table: its letter, title, columns, the note below it.

    ``source``: what kind of source it is as evidence. ``category``: where a suspicion from it belongs among the five
    aspects. ``named``: the column that says which thing a row is about. ``wide``: printed on A3.
    """

    letter: str
    title: str
    columns: tuple[TableColumn, ...]
    note: str
    source: SourceKind
    category: str
    named: str
    wide: bool = False

    def column(self, name: str) -> TableColumn:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def typed(self) -> tuple[TableColumn, ...]:
        """The columns people fill in."""
        return tuple(column for column in self.columns if not column.computed)


_C = TableColumn
_FUNDS = (
    _C("sort", "资金类别", 11, "choice", ("银行存款", "库存现金", "其他"), needed=True),
    _C("bank", "开户行", 22),
    _C("account", "账号（后四位）", 15, "account"),
    _C("booked", "账面数", 15, "money", total=True, needed=True, signed=True),
    _C("counted", "实存数", 15, "money", total=True, needed=True, signed=True),
    _C("gap", "差异", 15, "money", total=True, computed=True),
    _C("reason", "差异原因", 28),
    _C("checked_on", "核对日期", 12, "date"),
    _C("note", "备注", 14),
)
_DEALINGS = (
    _C("subject", "科目", 14, "choice", ("应收款", "应付款", "内部往来", "长期借款及应付款"), needed=True),
    _C("party", "对方单位或个人", 20, needed=True),
    _C("since", "发生日期", 12, "date"),
    _C("balance", "余额", 15, "money", total=True, needed=True, signed=True),
    _C("age", "账龄（年）", 9, "number", computed=True),
    _C("matter", "事由", 28),
    _C("person", "责任人", 10, "center"),
    _C("chasing", "催收或清偿情况", 24),
    _C("note", "备注", 12),
)
_ASSETS = (
    _C("name", "名称", 18, needed=True),
    _C("use", "类别", 9, "choice", ("经营性", "非经营性")),
    _C("place", "坐落", 16),
    _C("quantity", "数量", 7, "number"),
    _C("area", "面积（平方米）", 10, "number", unit="平方米"),
    _C("cost", "原值", 14, "money", total=True),
    _C("acquired_on", "取得日期", 11, "date"),
    _C("state", "使用状态", 9, "choice", ("自用", "出租", "出借", "闲置"), needed=True),
    _C("user", "使用人", 12),
    _C("deed", "权证号", 13, "center"),
    _C("booked", "是否入账", 7, "choice", (YES, NO)),
    _C("note", "备注", 12),
)
_RESOURCES = (
    _C("sort", "类别", 12, "choice",
       ("耕地", "园地", "林地", "草地", "水面", "四荒", "建设用地", "机动地", "其他"), needed=True),
    _C("bounds", "坐落四至", 26, needed=True),
    _C("booked_area", "账面", 11, "number", group="面积（亩）", unit="亩", total=True),
    _C("measured_area", "实测", 11, "number", group="面积（亩）", unit="亩", total=True),
    _C("user", "现使用人", 14),
    _C("obtained", "取得方式", 11, "choice", ("承包", "租赁", "流转", "无偿使用", "其他")),
    _C("contract", "是否有合同", 8, "choice", (YES, NO)),
    _C("condition", "闲置或被占", 10, "choice", ("正常", "闲置", "被占用")),
    _C("note", "情况说明", 26),
)  # fmt: skip
_CONTRACTS = (
    _C("ref", "编号", 8, "center"),
    _C("name", "合同名称", 15, needed=True),
    _C("object", "标的", 11),
    _C("area", "面积、数量", 8, "number"),
    _C("tenant", "承租方", 11, needed=True),
    _C("relation", "与村干部关系", 9, "center"),
    _C("signed_on", "签订日", 10, "date", group="期限"),
    _C("starts_on", "起", 10, "date", group="期限"),
    _C("ends_on", "止", 10, "date", group="期限"),
    _C("years", "年限", 6, "number", group="期限", computed=True),
    _C("price", "计价（元/亩·年）", 12, "money", group="租金"),
    _C("rent", "年租金", 11, "money", group="租金"),
    _C("rise", "递增", 7, "center", group="租金"),
    _C("payment", "付款方式", 9, "choice", ("一次付清", "按年", "分期"), group="租金"),
    _C("due", "应收", 11, "money", group="收取", total=True, computed=True),
    _C("paid", "已收", 11, "money", group="收取", total=True),
    _C("arrears", "欠收", 11, "money", group="收取", total=True, computed=True),
    _C("way", "发包方式", 9, "choice", ("公开交易", "招标", "协商"), group="程序"),
    _C("meeting_on", "民主程序（会议日期）", 11, "date", group="程序"),
    _C("published", "公示", 6, "choice", (YES, NO), group="程序"),
    _C("filed", "镇备案", 6, "choice", (YES, NO), group="程序"),
    _C("written", "书面合同", 6, "choice", (YES, NO), group="程序"),
)
_WORKS = (
    _C("name", "项目名称", 20, needed=True),
    _C("funding", "资金来源", 12),
    _C("budget", "预算", 13, "money", total=True),
    _C("tender", "招标方式", 10, "choice", ("公开招标", "邀请招标", "竞争性谈判", "直接发包")),
    _C("contractor", "承包人", 14, needed=True),
    _C("price", "合同价", 13, "money", total=True),
    _C("changes", "变更", 12, "money", total=True, signed=True),
    _C("settled", "结算价", 13, "money", total=True),
    _C("paid", "已付", 13, "money", total=True),
    _C("began_on", "开工", 11, "date", group="工期"),
    _C("ended_on", "竣工", 11, "date", group="工期"),
    _C("accepted", "验收", 7, "choice", (YES, NO)),
    _C("audited", "决算审计", 7, "choice", (YES, NO)),
    _C("note", "备注", 10),
)
_BENEFITS = (
    _C("scheme", "项目", 20, needed=True),
    _C("person", "受益人", 10, "center", needed=True),
    _C("identity", "证件号（后四位）", 10, "identity"),
    _C("householder", "户主", 10, "center"),
    _C("amount", "金额", 13, "money", total=True, needed=True),
    _C("account", "账号（后四位）", 10, "account"),
    _C("paid_on", "发放日期", 12, "date"),
    _C("basis", "享受依据", 26),
    _C("relation", "与村干部关系", 11, "center"),
    _C("published", "是否公示", 8, "choice", (YES, NO)),
    _C("visited", "入户核对情况", 24),
)
_S, _K = SourceKind, TableKind
TABLES: dict[str, TableSpec] = {
    _K.FUNDS: TableSpec(
        "A",
        "货币资金调查表",
        _FUNDS,
        "差异＝账面数－实存数；现金当面盘点，存款与银行对账单核对。",
        _S.LEDGER,
        "E1",
        "sort",
    ),
    _K.DEALINGS: TableSpec(
        "B",
        "往来款项调查表",
        _DEALINGS,
        "账龄从发生日算起；长期挂账的逐笔写明事由和催收情况。",
        _S.LEDGER,
        "E1",
        "party",
    ),
    _K.ASSETS: TableSpec(
        "C",
        "固定资产调查表",
        _ASSETS,
        "逐项到现场核对；未入账的也要登记，原值不清的按评估或说明。",
        _S.SITE,
        "E2",
        "name",
    ),
    _K.RESOURCES: TableSpec(
        "D",
        "集体资源调查表",
        _RESOURCES,
        "面积差异较大、无合同、被占用的逐宗写明情况。",
        _S.SITE,
        "E3",
        "bounds",
    ),
    _K.CONTRACTS: TableSpec(
        "E",
        "经济合同调查表",
        _CONTRACTS,
        "口头合同也要登记；欠收＝应收－已收。",
        _S.DOCUMENT,
        "E3",
        "name",
        wide=True,
    ),
    _K.WORKS: TableSpec(
        "G",
        "工程项目调查表",
        _WORKS,
        "变更填合同价以外增减的金额；应招未招、未验收先付款的在备注写明。",
        _S.DOCUMENT,
        "E4",
        "name",
    ),
    _K.BENEFITS: TableSpec(
        "H",
        "惠民资金发放调查表",
        _BENEFITS,
        "证件号、账号只填后四位；抽查入户的写明本人是否足额收到。",
        _S.LEDGER,
        "E5",
        "person",
    ),
}
