"""Sheets in the layouts villages really use; every count and sum is written by hand."""

import datetime as dt
from decimal import Decimal

from ledgers.rules import rows
from tests.ledgers.sheets import BENEFITS, column, kept, mark, read, text, told, workbook, yuan

D = dt.date


# --- 1: journal of cash, title over all columns, month and day in two columns, page carry-over -----------------

CASH = [
    ["红旗村现金日记账"],
    ["单位：红旗村股份经济合作社", "", "", "", "", "", "", "第1页"],
    ["2024年", "", "凭证", "", "摘要", "收入", "支出", "余额"],
    ["月", "日", "字", "号"],
    [1, 1, "", "", "上年结转", "", "", 5200.5],
    [1, 5, "记", 1, "收张某承包款", 3000, "", 8200.5],
    ["", 8, "记", 2, "付办公用品", "", 450.5, 7750],
    ["", 20, "记", 3, "付电费", "", 750, 7000],
    ["", 31, "", "", "本月合计", 3000, 1200.5, 7000],
    [2, 3, "记", 1, "提现金", 2000, "", 9000],
    ["", "", "", "", "过次页", 5000, 1200.5, 9000],
    ["2024年", "", "凭证", "", "摘要", "收入", "支出", "余额"],
    ["月", "日", "字", "号"],
    ["", "", "", "", "承前页", 5000, 1200.5, 9000],
    [2, 9, "记", 2, "付春节慰问", "", 4000, 5000],
    ["", 29, "", "", "本月合计", 2000, 4000, 5000],
    ["", 29, "", "", "本年累计", 5000, 5200.5, 5000],
    ["会计：某某", "", "", "", "出纳：某某"],
]
CASH_MERGED = ("A1:H1", "A3:B3", "C3:D3", "E3:E4", "F3:F4", "G3:G4", "H3:H4")


def test_a_cash_journal_with_two_head_rows_and_carry_overs():
    sheet = read(workbook(CASH, CASH_MERGED, "现金"))
    assert (sheet.kind.code, sheet.year, sheet.unmapped) == ("entries", 2024, [])
    assert [line.number for line in sheet.rows] == [6, 7, 8, 10, 15]
    assert column(sheet, "day") == [
        D(2024, 1, 5),
        D(2024, 1, 8),
        D(2024, 1, 20),
        D(2024, 2, 3),
        D(2024, 2, 9),
    ]
    assert column(sheet, "voucher") == ["记-1", "记-2", "记-3", "记-1", "记-2"]
    assert column(sheet, "income") == yuan(3000, None, None, 2000, None)
    assert [(total.row, total.scope) for total in sheet.totals] == [
        (5, "opening"), (9, "month"), (11, "carried"), (14, "brought"), (16, "month"), (17, "year"),
    ]  # fmt: skip
    assert sheet.totals[1].values == dict(
        zip(("income", "outlay", "balance"), yuan(3000, 1200.5, 7000), strict=True)
    )
    assert (told(sheet), sheet.faults) == ([], [])
    assert [note.row for note in sheet.notes] == [18]


def test_a_cash_journal_as_entries_of_the_cash_account():
    entries = kept(read(workbook(CASH, CASH_MERGED, "现金")))
    assert entries[0] == rows.Entry(
        "r6", 2024, D(2024, 1, 5), "记-1", 1, "收张某承包款", "101", "现金", "101",
        debit=Decimal("3000.00"), balance=Decimal("8200.50"), paid_by="cash", sheet="现金", row=6,
    )  # fmt: skip
    assert sum(entry.debit for entry in entries) == 5000
    assert sum(entry.credit for entry in entries) == Decimal("5200.5")


def test_a_wrong_total_and_a_wrong_balance_are_told_with_row_and_figures():
    wrong = [list(row) for row in CASH]
    wrong[6][7] = 7570  # two digits turned around
    wrong[8][6] = 1200
    sheet = read(workbook(wrong, CASH_MERGED, "现金"))
    assert told(sheet) == [
        "第7行余额写的是7,570.00元，上一次余额8,200.50元加减本行收支应为7,750.00元，相差180.00元，请核对。",
        "第8行余额写的是7,000.00元，上一次余额7,570.00元加减本行收支应为6,820.00元，相差180.00元，请核对。",
        "第9行“本月合计”的支出写的是1,200.00元，按前面各行加起来是1,200.50元，相差0.50元，请核对。",
    ]
    assert [(found.row, found.field, found.expected, found.found) for found in sheet.differences][2] == (
        9, "outlay", Decimal("1200.50"), Decimal("1200.00"),
    )  # fmt: skip


# --- 2: vouchers from an accounting program, GB18030 CSV, amounts as text ---------------------------------------

VOUCHERS = [
    [
        "凭证日期",
        "凭证号",
        "摘要",
        "科目编码",
        "科目名称",
        "借方金额（元）",
        "贷方金额（元）",
        "附件张数",
        "制单人",
    ],
    ["2023-03-05", "记-0001", "付村道修补材料款", "154", "在建工程", "12,000.00", "", "3", "某某"],
    ["2023-03-05", "记-0001", "付村道修补材料款", "102", "银行存款", "", "12,000.00", "", "某某"],
    ["2023-03-18", "记-0002", "收鱼塘承包款", "101", "现金", "￥8，500.00元", "", "1", "某某"],
    ["", "", "收鱼塘承包款", "511", "发包及上交收入", "", "８５００", "", "某某"],
    ["2023-03-20", "记-0003", "冲销多付电费", "541", "管理费用", "(120.50)", "", "0", "某某"],
    ["", "", "冲销多付电费", "102", "银行存款", "", "-120.50", "", "某某"],
    ["合  计", "", "", "", "", "20,379.50", "20,379.50", "", ""],
]


def test_vouchers_in_gb18030_with_amounts_as_text():
    sheet = read(text(VOUCHERS), "红旗村2023年序时账.csv")
    assert (sheet.kind.code, sheet.year, sheet.unmapped) == ("entries", 2023, ["制单人"])
    assert column(sheet, "voucher") == ["记-0001"] * 2 + ["记-0002"] * 2 + ["记-0003"] * 2
    assert column(sheet, "debit") == yuan(12000, None, 8500, None, "-120.50", None)
    assert column(sheet, "day")[3] == D(2023, 3, 18)
    assert (told(sheet), sheet.faults) == ([], [])
    assert [entry.standard for entry in kept(sheet)] == ["154", "102", "101", "511", "541", "102"]
    assert [entry.number for entry in kept(sheet)] == [1, 1, 2, 2, 3, 3]
    assert [entry.attachments for entry in kept(sheet)] == [3, None, 1, None, 0, None]


def test_a_voucher_that_does_not_balance_is_told():
    wrong = [list(row) for row in VOUCHERS]
    wrong[4][6] = "8,050.00"
    wrong[7][6] = "19,929.50"
    sheet = read(text(wrong), "红旗村2023年序时账.csv")
    assert told(sheet) == [
        "第4行起的凭证“记-0002”借方合计8,500.00元，贷方合计8,050.00元，相差450.00元，请核对。"
    ]


# --- 3: trial balance, merged head, sub-accounts, credit accounts in a column of their own ---------------------

BALANCES = [
    ["科目余额表"],
    ["编制单位：红旗村", "", "", "2024年1月至12月", "", "", "单位：元"],
    ["科目编码", "科目名称", "期初余额", "", "本期发生额", "", "期末余额", ""],
    ["", "", "借方", "贷方", "借方", "贷方", "借方", "贷方"],
    ["101", "库存现金", 5200.5, "", 5000, 5200.5, 5000, ""],
    ["102", "银行存款", 100000, "", 20000, 35000, 85000, ""],
    ["211", "应付款", "", 30000, 10000, 0, "", 20000],
    ["21101", "应付款-某建筑队", "", 30000, 10000, "", "", 20000],
    ["513", "管理费用", "", "", 15200.5, 15200.5, "", ""],
    ["合计", "", 105200.5, 30000, 50200.5, 55401, 90000, 20000],
]
BALANCES_MERGED = ("A1:H1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:H3")


def test_a_trial_balance_with_sub_accounts():
    sheet = read(workbook(BALANCES, BALANCES_MERGED, "余额表"))
    assert (sheet.kind.code, sheet.year, sheet.month, told(sheet)) == ("balances", 2024, None, [])
    balances = kept(sheet)
    assert balances[2] == rows.Balance(
        "r7", 2024, None, "211", "应付款", "202",
        Decimal(-30000), Decimal(10000), Decimal(0), Decimal(-20000),
    )  # fmt: skip
    assert [balance.standard for balance in balances] == ["101", "102", "202", "202", "541"]
    assert sum(balance.closing for balance in balances if len(balance.account) == 3) == 70000


def test_a_closing_that_does_not_follow_from_the_movement_is_told():
    wrong = [list(row) for row in BALANCES]
    wrong[5][6] = 58000
    sheet = read(workbook(wrong, BALANCES_MERGED, "余额表"))
    assert told(sheet) == [
        "第6行期末余额写的是58,000.00元，期初100,000.00元加减发生额应为85,000.00元，请核对。",
        "第10行“合计”的期末借方写的是90,000.00元，按前面各行加起来是63,000.00元，相差27,000.00元，请核对。",
    ]


def test_a_trial_balance_with_directions_between():
    sheet = read(
        text(
            [
                ["2022年科目余额表"],
                ["科目代码", "科目名称", "方向", "期初余额", "本期借方", "本期贷方", "方向", "期末余额"],
                ["101", "现金", "借", "100", "50", "30", "借", "120"],
                ["202", "应付款", "贷", "900", "200", "0", "贷", "700"],
                ["541", "管理费用", "平", "0", "30", "30", "平", "0"],
            ]
        ),
        "余额.csv",
    )
    assert [(found.opening, found.closing) for found in kept(sheet)] == [(100, 120), (-900, -700), (0, 0)]
    assert told(sheet) == []


def test_a_trial_balance_without_any_side_goes_by_what_adds_up_and_by_the_chart():
    sheet = read(
        text(
            [
                ["科目名称", "年初余额", "本年累计借方", "本年累计贷方", "期末余额"],
                ["应付款", "900", "200", "0", "700"],
                ["公积公益金", "5000", "", "", "5000"],
                ["银行存款", "10", "5", "", "15"],
            ]
        ),
        "2021年科目余额表.csv",
    )
    assert [(found.opening, found.closing) for found in kept(sheet)] == [
        (-900, -700),
        (-5000, -5000),
        (10, 15),
    ]
    assert told(sheet) == []


# --- 4: bank journal, one amount column with its side, dates as day numbers ------------------------------------


def test_one_amount_column_with_debit_and_credit_sign():
    sheet = read(
        workbook(
            [
                ["2022年度银行存款明细账"],
                ["日期", "凭证号", "摘要", "借/贷", "金额", "对方户名", "对方账号", "备注"],
                [44628, "银收1号", "收上级补助", "借", "5万元", "某镇财政所", "6222020000000000001", ""],
                [
                    "2022.3.9",
                    "银付1号",
                    "付道路工程款",
                    "贷",
                    30000,
                    "某建筑队",
                    "6222020000000000002",
                    "转账",
                ],
                ["22-3-10", "银付2号", "付误工补贴", "贷", "1,200元", "", "", ""],
            ]
        )
    )
    assert column(sheet, "day") == [D(2022, 3, 8), D(2022, 3, 9), D(2022, 3, 10)]
    entries = kept(sheet)
    assert [(entry.debit, entry.credit) for entry in entries] == [(50000, 0), (0, 30000), (0, 1200)]
    assert [entry.standard for entry in entries] == ["102"] * 3
    assert [entry.party_account for entry in entries] == [
        mark("6222020000000000001"), mark("6222020000000000002"), "",
    ]  # fmt: skip
    assert sheet.unmapped == ["备注"]


# --- 5: list of outlays with all signatures, head in the fourth row --------------------------------------------


def test_a_list_of_outlays_with_tickets_and_signatures():
    sheet = read(
        workbook(
            [
                ["红旗村"],
                ["村级支出明细表"],
                ["填报日期：2025年1月10日", "", "", "所属年度：2024年"],
                ["序号", "时间", "支出事由", "支出金额", "票据类型", "发票号码", "收款人", "支付方式", "经手人",
                 "证明人", "审批人", "民主理财小组盖章", "单据张数"],
                [1, "3月5日", "修水管", "300元", "收条", "", "甲某", "现金", "乙某", "丙某", "丁某", "已盖章", "1张"],
                [2, "3月28日", "办公用品", "1，250.00", "增值税普通发票", "01234567", "某文具店", "转账", "乙某", "",
                 "丁某", "未盖章", 2],
                ["小计", "", "", 1550],
                [3, "4月2日", "清运垃圾", "２００", "白条", "", "戊某", "现金", "", "", "", "", ""],
                ["小计", "", "", 200],
                ["合计", "", "", 1750],
                ["单位负责人：某某", "", "", "填表人：某某"],
            ],
            ("A1:M1", "A2:M2"),
        )
    )  # fmt: skip
    assert (sheet.year, told(sheet), sheet.faults, sheet.unmapped) == (2024, [], [], ["序号"])
    entries = kept(sheet)
    assert [(entry.row, entry.debit, entry.credit) for entry in entries] == [
        (5, 300, 0),
        (6, 1250, 0),
        (8, 200, 0),
    ]
    assert [entry.paid_by for entry in entries] == ["cash", "bank", "cash"]
    assert [entry.panel_sealed for entry in entries] == [True, False, None]
    assert [entry.ticket for entry in entries] == ["收条", "增值税普通发票", "白条"]
    assert (entries[0].handler, entries[0].witness, entries[0].approver) == ("乙某", "丙某", "丁某")
    assert entries[1].ticket_no == "01234567" and entries[1].attachments == 2
    assert entries[0].day == D(2024, 3, 5)


# --- 6: contracts with 至今, terms in one cell, rents by year ---------------------------------------------------


def test_contracts_with_terms_in_every_habit():
    sheet = read(
        workbook(
            [
                ["红旗村经济合同台账（截至2024年12月31日）"],
                ["合同编号", "标的", "坐落", "面积(亩)", "承包方", "身份证号码", "签订时间", "承包期限", "年租金(元)",
                 "2023年应收", "2023年实收", "2024年应收", "2024年实收", "应收", "已收", "欠收",
                 "发包方式", "是否书面"],
                ["HT-01", "鱼塘", "村东", "12.5亩", "甲某", "110101199003074194", "2019.1.1", "2019.1.1-2028.12.31",
                 5000, 5000, 5000, 5000, 3000, 30000, 28000, 2000, "公开招标", "是"],
                ["HT-02", "山林", "村西", 80, "乙某", "", "2015年3月", "2015年3月至今", "0.8万元", "", "", "", "",
                 16000, 16000, "—", "协商", "口头"],
                ["HT-03", "门面", "村口", "", "某超市", "", "", "2020.5.1起5年", 12000, "", "", "", "",
                 60000, 50000, 9000, "", "否"],
                ["合计", "", "", 92.5, "", "", "", "", 25000, "", "", "", "", 106000, 94000, 11000],
            ],
            ("A1:R1",),
        )
    )  # fmt: skip
    assert sheet.kind.code == "contracts"
    first, second, third = kept(sheet)
    assert (first.starts_on, first.ends_on, first.area) == (D(2019, 1, 1), D(2028, 12, 31), Decimal("12.5"))
    assert (dict(first.dues), dict(first.payments)) == ({2023: 5000, 2024: 5000}, {2023: 5000, 2024: 3000})
    assert first.party_mark == mark("110101199003074194")
    assert (second.starts_on, second.ends_on, second.rent, second.written) == (
        D(2015, 3, 1),
        None,
        8000,
        False,
    )
    assert (third.starts_on, third.ends_on, third.written) == (D(2020, 5, 1), D(2025, 4, 30), False)
    assert told(sheet) == [
        "第5行欠收写的是9,000.00元，应收60,000.00元减已收50,000.00元应为10,000.00元，请核对。"
    ]


def test_a_rent_by_the_mu_is_a_price_and_no_rent():
    [found] = kept(
        read(
            workbook(
                [
                    [
                        "承租人",
                        "地块名称",
                        "面积",
                        "租赁起始日期",
                        "租赁截止日期",
                        "租金（元/亩·年）",
                        "年租金（元/年）",
                    ],
                    ["甲某", "北洼", 10, "2020-01-01", "2029-12-31", "500元/亩", 5000],
                ]
            )
        )
    )
    assert (found.price, found.rent, found.starts_on, found.ends_on) == (
        500,
        5000,
        D(2020, 1, 1),
        D(2029, 12, 31),
    )


# --- 7: benefits with identity numbers and cards ----------------------------------------------------------------


def test_benefits_keep_a_hash_and_never_a_number():
    sheet = read(workbook(BENEFITS, ("A1:H1",)))
    assert (sheet.kind.code, sheet.year, told(sheet)) == ("benefits", 2023, [])
    found = kept(sheet)
    assert [row.amount for row in found] == [550, 300, 200, 100]
    assert [row.number_valid for row in found] == [True, False, None, None]
    assert found[0].mark == mark("110101199003074194") and found[0].born_on == D(1990, 3, 7)
    assert found[2].mark == mark("110101198001011232") and found[2].born_on == D(1980, 1, 1)
    assert found[1].account == found[2].account == mark("6217000000000000002")
    assert {(row.kind, row.programme, row.head) for row in found[:1]} == {
        ("farmland", "2023年度耕地地力保护补贴发放清册", "甲某")
    }
    assert [(fault.row, fault.column) for fault in sheet.faults] == [(6, "证件号")]
    assert "1101011990" not in repr(sheet.rows) + repr(sheet) + repr(found)
