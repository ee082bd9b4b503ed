"""The 三资 survey workbook: eight tables of funds, dealings, assets, resources, contracts, entries, works, benefits."""

import datetime as dt

from core.blanks import BlankContext, Medium, blank_form
from core.blanks.pages import workbook
from core.office.formbook import FormCol, FormSheet
from villages.models import Stage

VERSION = dt.date(2026, 1, 1)

_YES_NO = ("是", "否")
_SIGNERS = ("填表人", "报账员", "党组织书记", "核实人", "日期")
_NUMBER = FormCol("序号", 6, "int")

_FUNDS = (
    _NUMBER,
    FormCol("资金类别", 11, "choice", ("银行存款", "库存现金", "其他")),
    FormCol("开户行", 22),
    FormCol("账号（后四位）", 15, "center"),
    FormCol("账面数", 15, "money", total=True),
    FormCol("实存数", 15, "money", total=True),
    FormCol("差异", 15, "money", total=True),
    FormCol("差异原因", 28),
    FormCol("核对日期", 12, "date"),
    FormCol("备注", 14),
)
_DEALINGS = (
    _NUMBER,
    FormCol("科目", 14, "choice", ("应收款", "应付款", "内部往来", "长期借款及应付款")),
    FormCol("对方单位或个人", 20),
    FormCol("发生日期", 12, "date"),
    FormCol("余额", 15, "money", total=True),
    FormCol("账龄（年）", 9, "number"),
    FormCol("事由", 28),
    FormCol("责任人", 10, "center"),
    FormCol("催收或清偿情况", 24),
    FormCol("备注", 12),
)
_ASSETS = (
    _NUMBER,
    FormCol("名称", 18),
    FormCol("类别", 9, "choice", ("经营性", "非经营性")),
    FormCol("坐落", 16),
    FormCol("数量", 7, "number"),
    FormCol("面积（平方米）", 10, "number"),
    FormCol("原值", 14, "money", total=True),
    FormCol("取得日期", 11, "date"),
    FormCol("使用状态", 9, "choice", ("自用", "出租", "出借", "闲置")),
    FormCol("使用人", 12),
    FormCol("权证号", 13, "center"),
    FormCol("是否入账", 7, "choice", _YES_NO),
    FormCol("备注", 12),
)
_RESOURCES = (
    _NUMBER,
    FormCol(
        "类别", 12, "choice", ("耕地", "园地", "林地", "草地", "水面", "四荒", "建设用地", "机动地", "其他")
    ),
    FormCol("坐落四至", 26),
    FormCol("账面", 11, "number", group="面积（亩）", total=True),
    FormCol("实测", 11, "number", group="面积（亩）", total=True),
    FormCol("现使用人", 14),
    FormCol("取得方式", 11, "choice", ("承包", "租赁", "流转", "无偿使用", "其他")),
    FormCol("是否有合同", 8, "choice", _YES_NO),
    FormCol("闲置或被占", 10, "choice", ("正常", "闲置", "被占用")),
    FormCol("情况说明", 26),
)
_CONTRACTS = (
    _NUMBER,
    FormCol("编号", 8, "center"),
    FormCol("合同名称", 15),
    FormCol("标的", 11),
    FormCol("面积、数量", 8, "number"),
    FormCol("承租方", 11),
    FormCol("与村干部关系", 9, "center"),
    FormCol("签订日", 10, "date", group="期限"),
    FormCol("起", 10, "date", group="期限"),
    FormCol("止", 10, "date", group="期限"),
    FormCol("年限", 6, "number", group="期限"),
    FormCol("计价（元/亩·年）", 12, "money", group="租金"),
    FormCol("年租金", 11, "money", group="租金"),
    FormCol("递增", 7, "center", group="租金"),
    FormCol("付款方式", 9, "choice", ("一次付清", "按年", "分期"), group="租金"),
    FormCol("应收", 11, "money", group="收取", total=True),
    FormCol("已收", 11, "money", group="收取", total=True),
    FormCol("欠收", 11, "money", group="收取", total=True),
    FormCol("发包方式", 9, "choice", ("公开交易", "招标", "协商"), group="程序"),
    FormCol("民主程序（会议日期）", 11, "date", group="程序"),
    FormCol("公示", 6, "choice", _YES_NO, group="程序"),
    FormCol("镇备案", 6, "choice", _YES_NO, group="程序"),
    FormCol("书面合同", 6, "choice", _YES_NO, group="程序"),
)
_ENTRIES = (
    _NUMBER,
    FormCol("日期", 11, "date"),
    FormCol("凭证号", 8, "center"),
    FormCol("摘要", 22),
    FormCol("编码", 8, "center", group="科目"),
    FormCol("名称", 12, group="科目"),
    FormCol("借方", 13, "money", group="金额", total=True),
    FormCol("贷方", 13, "money", group="金额", total=True),
    FormCol("余额", 13, "money", group="金额"),
    FormCol("对方", 13),
    FormCol("支付方式", 8, "choice", ("现金", "转账", "支票", "其他")),
    FormCol("类型", 9, "choice", ("发票", "收据", "白条", "其他"), group="票据"),
    FormCol("号码", 11, "center", group="票据"),
    FormCol("附件张数", 6, "int", group="票据"),
    FormCol("经手人", 8, "center", group="签批"),
    FormCol("证明人", 8, "center", group="签批"),
    FormCol("审批人", 8, "center", group="签批"),
    FormCol("理财小组盖章", 7, "choice", _YES_NO, group="签批"),
)
_WORKS = (
    _NUMBER,
    FormCol("项目名称", 20),
    FormCol("资金来源", 12),
    FormCol("预算", 13, "money", total=True),
    FormCol("招标方式", 10, "choice", ("公开招标", "邀请招标", "竞争性谈判", "直接发包")),
    FormCol("承包人", 14),
    FormCol("合同价", 13, "money", total=True),
    FormCol("变更", 12, "money", total=True),
    FormCol("结算价", 13, "money", total=True),
    FormCol("已付", 13, "money", total=True),
    FormCol("开工", 11, "date", group="工期"),
    FormCol("竣工", 11, "date", group="工期"),
    FormCol("验收", 7, "choice", _YES_NO),
    FormCol("决算审计", 7, "choice", _YES_NO),
    FormCol("备注", 10),
)
_BENEFITS = (
    _NUMBER,
    FormCol("项目", 20),
    FormCol("受益人", 10, "center"),
    FormCol("证件号（后四位）", 10, "center"),
    FormCol("户主", 10, "center"),
    FormCol("金额", 13, "money", total=True),
    FormCol("账号（后四位）", 10, "center"),
    FormCol("发放日期", 12, "date"),
    FormCol("享受依据", 26),
    FormCol("与村干部关系", 11, "center"),
    FormCol("是否公示", 8, "choice", _YES_NO),
    FormCol("入户核对情况", 24),
)
# Too many columns to be read on A4.
_WIDE = "EF"
_ROWS = (12, 16)
_TABLES = (
    ("A", "资金", "货币资金调查表", _FUNDS, "差异＝实存数－账面数；现金当面盘点，存款与银行对账单核对。"),
    ("B", "往来", "往来款项调查表", _DEALINGS, "账龄从发生日算起；长期挂账的逐笔写明事由和催收情况。"),
    (
        "C",
        "固定资产",
        "固定资产调查表",
        _ASSETS,
        "逐项到现场核对；未入账的也要登记，原值不清的按评估或说明。",
    ),
    ("D", "资源", "集体资源调查表", _RESOURCES, "面积差异较大、无合同、被占用的逐宗写明情况。"),
    ("E", "合同", "经济合同调查表", _CONTRACTS, "口头合同也要登记；欠收＝应收－已收。"),
    (
        "F",
        "收支",
        "收支凭证抽查表",
        _ENTRIES,
        "付款签批顺序：经手人、理财小组、村党组织和村委会负责人、会计记账。",
    ),
    (
        "G",
        "工程",
        "工程项目调查表",
        _WORKS,
        "变更填合同价以外增减的金额；应招未招、未验收先付款的在备注写明。",
    ),
    (
        "H",
        "惠民",
        "惠民资金发放调查表",
        _BENEFITS,
        "证件号、账号只填后四位；抽查入户的写明本人是否足额收到。",
    ),
)


@blank_form("SZ-1", "“三资”调查表", stage=Stage.FINDING, medium=Medium.EXCEL, version=VERSION, pages=8)
def assets(context: BlankContext) -> bytes:
    """Eight tables in one workbook."""
    return workbook(
        context,
        [
            FormSheet(
                f"{letter} {name}",
                f"“三资”调查表{letter}　{title}",
                columns,
                rows=_ROWS[letter in _WIDE],
                footnote=f"注：{note}金额单位：元。",
                signers=_SIGNERS,
                wide=letter in _WIDE,
            )
            for letter, name, title, columns, note in _TABLES
        ],
    )
