"""Ten sheets as ten villages keep them, made into files here; beside each what has to come of it, counted by hand."""

from typing import Any, NamedTuple

from tests.ledgers.sheets import BENEFITS, text, workbook
from tests.ledgers.test_reading_sheets import (
    BALANCES,
    BALANCES_MERGED,
    CASH,
    CASH_MERGED,
    VOUCHERS,
)


class Layout(NamedTuple):
    """A file, and of its rows the kind, the number by year, and one sum in yuan of one field."""

    content: bytes
    name: str
    kind: str
    years: dict[str, int]
    rows: int
    field: str
    total: str
    year: int | None = None
    reason: str = ""


def _contracts() -> bytes:
    return workbook(
        [
            ["红旗村经济合同台账"],
            [
                "合同编号",
                "标的",
                "坐落",
                "面积(亩)",
                "承包方",
                "签订时间",
                "承包期限",
                "年租金(元)",
                "发包方式",
            ],
            ["HT-01", "鱼塘", "村东", "12.5亩", "甲某", "2019.1.1", "2019.1.1-2028.12.31", 5000, "公开招标"],
            ["HT-02", "山林", "村西", 80, "乙某", "2015年3月", "2015年3月至今", "0.8万元", "协商"],
            ["合计", "", "", 92.5, "", "", "", 13000, ""],
        ],
        ("A1:I1",),
        "合同",
    )


def _outlays() -> bytes:
    return workbook(
        [
            ["红旗村"],
            ["村级支出明细表"],
            ["填报日期：2025年1月10日", "", "", "所属年度：2024年"],
            ["序号", "时间", "支出事由", "支出金额", "票据类型", "收款人", "支付方式", "经手人", "审批人"],
            [1, "3月5日", "修水管", "300元", "收条", "甲某", "现金", "乙某", "丁某"],
            [2, "3月28日", "办公用品", "1，250.00", "增值税普通发票", "某文具店", "转账", "乙某", "丁某"],
            ["小计", "", "", 1550],
            [3, "4月2日", "清运垃圾", "２００", "白条", "戊某", "现金", "", ""],
            ["合计", "", "", 1750],
            ["单位负责人：某某", "", "", "填表人：某某"],
        ],
        ("A1:I1", "A2:I2"),
    )


def _assets() -> bytes:
    return text(
        [
            ["红旗村固定资产登记表", "", "", "", "", "", "金额单位：万元"],
            ["序号", "资产名称", "类别", "数量", "购置时间", "原值", "使用状况"],
            ["一、房屋建筑物"],
            ["1", "村办公楼", "非经营", "1幢", "2010.5", "86.5", "自用"],
            ["2", "商铺", "经营", "3间", "2015年", "45", "出租"],
            ["小计", "", "", "4", "", "131.5"],
        ],
        "utf-8-sig",
    )


def _land() -> bytes:
    return workbook(
        [
            ["资源类别", "坐落四至", "面积", "", "现使用人", "是否有合同"],
            ["", "", "账面", "实测", "", ""],
            ["水面", "村东鱼塘", 12, 13.5, "甲某", "无"],
            ["四荒", "后山", "2公顷", "", "", ""],
        ],
        ("A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2"),
        "资源",
    )


def _works() -> bytes:
    return workbook(
        [
            ["工程名称", "施工单位", "预算(万元)", "合同价(元)", "结算价(元)", "开工时间", "竣工时间"],
            ["村道硬化", "某建筑队", 12.5, 118000, "125,600.00", "2023.4", "2023年7月"],
            ["水渠修缮", "某工程队", 3, 29000, 29500, "2022/3/1", "2022/5/20"],
        ],
        name="工程",
    )


def _debts() -> bytes:
    return text(
        [
            ["欠款人", "发生时间", "金额", "形成原因"],
            ["甲某", "2016.8", "3,000", "承包款"],
            ["乙某", "2019年5月", "1200.50", "借支"],
        ],
        "utf-16",
        "\t",
    )


LAYOUTS: dict[str, Any] = {
    "cash journal, two head rows, pages": Layout(
        workbook(CASH, CASH_MERGED, "现金"), "现金账.xlsx", "entries", {"2024": 5}, 5, "debit", "5000"
    ),
    "vouchers, GB18030": Layout(
        text(VOUCHERS), "红旗村2023年序时账.csv", "entries", {"2023": 6}, 6, "debit", "20379.50"
    ),
    "trial balance, merged head": Layout(
        workbook(BALANCES, BALANCES_MERGED, "余额表"), "余额.xlsx", "balances", {"2024": 5}, 5, "debit", "60200.50"
    ),
    "outlays with signatures, head in row four": Layout(
        _outlays(), "支出.xlsx", "entries", {"2024": 3}, 3, "debit", "1750"
    ),
    "contracts, terms in one cell": Layout(_contracts(), "合同.xlsx", "contracts", {}, 2, "rent", "13000"),
    "assets in ten thousands, UTF-8": Layout(_assets(), "资产.csv", "assets", {}, 2, "value", "1315000"),
    "resources, hectares": Layout(_land(), "资源.xlsx", "resources", {}, 2, "booked_area", "42"),
    "projects": Layout(_works(), "工程.xlsx", "projects", {}, 2, "settled", "155100"),
    "debts without a year, UTF-16 with tabs": Layout(
        _debts(), "往来.csv", "debts", {"2024": 2}, 2, "amount", "4200.50", year=2024
    ),
    "benefits with numbers": Layout(
        workbook(BENEFITS, ("A1:H1",)), "补贴.xlsx", "benefits", {"2023": 4}, 4, "amount", "1150"
    ),
}  # fmt: skip
