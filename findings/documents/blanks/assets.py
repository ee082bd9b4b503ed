"""The 三资 survey workbook: eight tables of funds, dealings, assets, resources, contracts, entries, works, benefits."""

import datetime as dt

from core.blanks import BlankContext, Medium, blank_form
from core.blanks.pages import workbook
from core.office.formbook import FormCol, FormSheet
from findings.documents.tables import NUMBER, TITLE_BEFORE, columns_of
from findings.models import TABLES, TableKind
from villages.models import Stage

VERSION = dt.date(2026, 1, 1)

_YES_NO = ("是", "否")
_SIGNERS = ("填表人", "报账员", "党组织书记", "核实人", "日期")

_ENTRIES = (
    NUMBER,
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
# Too many columns to be read on A4.
_ROWS = (12, 16)
_VOUCHERS = FormSheet(
    "F 收支",
    f"{TITLE_BEFORE}F　收支凭证抽查表",
    _ENTRIES,
    rows=_ROWS[True],
    footnote="注：付款签批顺序：经手人、理财小组、村党组织和村委会负责人、会计记账。金额单位：元。",
    signers=_SIGNERS,
    wide=True,
)


@blank_form("SZ-1", "“三资”调查表", stage=Stage.FINDING, medium=Medium.EXCEL, version=VERSION, pages=8)
def assets(context: BlankContext) -> bytes:
    """Eight tables in one workbook; all but the vouchers are the tables filled in the browser."""
    sheets = {TABLES[kind].letter: _sheet(kind) for kind in TableKind} | {"F": _VOUCHERS}
    return workbook(context, [sheets[letter] for letter in sorted(sheets)])


def _sheet(kind: TableKind) -> FormSheet:
    spec = TABLES[kind]
    return FormSheet(
        f"{spec.letter} {kind.label}",
        f"{TITLE_BEFORE}{spec.letter}　{spec.title}",
        columns_of(spec),
        rows=_ROWS[spec.wide],
        footnote=f"注：{spec.note}金额单位：元。",
        signers=_SIGNERS,
        wide=spec.wide,
    )
