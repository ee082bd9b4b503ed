"""Books of many accounts, statements of banks and parts of a year; every count and sum is written by hand."""

import datetime as dt
import io
import random

import openpyxl
import pytest

from core.office.tables import ImportRefused, Table
from ledgers.rules.reading import kinds
from ledgers.rules.reading.heads import NoHead
from ledgers.rules.reading.sheet import read_sheet
from ledgers.rules.reading.workbook import read_file
from tests.ledgers.sheets import STRANGE, kept, mark, read, text, told, workbook

D = dt.date


# --- ledgers over many accounts, statements of banks, parts of a year -------------------------------------------


def test_a_ledger_of_several_accounts_one_below_the_other():
    head = ["日期", "凭证号", "摘要", "借方", "贷方", "方向", "余额"]
    sheet = read(
        workbook(
            [
                ["红旗村2020年明细账"],
                ["科目：54101 管理费用-办公费"],
                head,
                ["2020.1.1", "", "上年结转", "", "", "平", 0],
                ["2020.1.9", "记-3", "买账本", 80, "", "借", 80],
                ["2020.1.31", "", "本月合计", 80, "", "借", 80],
                ["2020.1.31", "", "本年累计", 80, "", "借", 80],
                ["科目：202 应付款"],
                head,
                ["", "", "期初余额", "", "", "贷", 9000],
                ["2020.1.20", "记-8", "欠修路款", "", 1000, "贷", 10000],
                ["2020.2.3", "记-1", "还修路款", 4000, "", "贷", 6500],
                ["2020.2.29", "", "本年累计", 4000, 1000, "贷", 6500],
            ]
        )
    )
    entries = kept(sheet)
    assert [(entry.account, entry.account_name, entry.standard) for entry in entries] == [
        ("54101", "管理费用-办公费", "541"), ("202", "应付款", "202"), ("202", "应付款", "202"),
    ]  # fmt: skip
    assert [entry.balance for entry in entries] == [80, -10000, -6500]
    assert [(found.row, found.field, found.expected) for found in sheet.differences] == [
        (12, "balance", -6000)
    ]


def test_incomes_and_outlays_as_shown_to_the_villagers():
    sheet = read(
        workbook(
            [
                ["2023年度村级财务收支公开表"],
                ["日期", "项目", "收入", "支出", "结余"],
                ["上年结余", "", "", "", 100],
                ["1.5", "卖树款", 50, "", 150],
                ["2.8", "电费", "", 20, 130],
                ["合计", "", 50, 20, 130],
            ]
        )
    )
    assert [(entry.debit, entry.credit, entry.balance) for entry in kept(sheet)] == [
        (0, 50, 150),
        (20, 0, 130),
    ]
    assert (told(sheet), sheet.faults) == ([], [])


def test_a_statement_of_the_bank_is_seen_from_the_village():
    sheet = read(
        text(
            [
                ["账户交易明细", "", "户名：红旗村股份经济合作社"],
                ["交易日期", "借方发生额", "贷方发生额", "余额", "对方户名", "摘要"],
                ["20220105", "", "5,000.00", "15,000.00", "某镇财政所", "补助"],
                ["20220109", "3,000.00", "", "12,000.00", "某建筑队", "工程款"],
            ],
            delimiter="\t",
        ),
        "对账单.txt",
    )
    entries = kept(sheet)
    assert [(entry.debit, entry.credit, entry.standard) for entry in entries] == [
        (5000, 0, "102"),
        (0, 3000, "102"),
    ]
    assert told(sheet) == []


def test_a_journal_that_begins_in_the_middle_of_a_year():
    rows_of = [
        ["2021年现金日记账"],
        ["日期", "摘要", "收入", "支出", "余额"],
        ["", "承前页", 40000, 38000, 2000],
        ["7月2日", "收电费", 300, "", 2300],
        ["7月9日", "付电费", "", 500, 1800],
        ["", "本月合计", 300, 500, 1800],
        ["", "本年累计", 40300, 38500, 1800],
        ["8月1日", "付垃圾清运费", "", 100, 1700],
        ["", "本年累计", 40300, 38700, 1700],
    ]
    assert told(read(workbook(rows_of))) == [
        "第9行“本年累计”的支出写的是38,700.00元，按前面各行加起来是38,600.00元，相差100.00元，请核对。"
    ]


def test_totals_of_pages_of_groups_of_groups_and_of_all_accounts_add_up():
    by_page = [
        ["2024年支出"],
        ["日期", "摘要", "支出"],
        ["1.4", "a", 1],
        ["", "过次页", 1],
        ["1.5", "b", 2],
        ["", "过次页", 2],
    ]
    assert told(read(workbook(by_page))) == []
    groups = [["2024年支出"], ["日期", "摘要", "支出"], ["1.4", "a", 1], ["", "办公费小计", 1], ["1.5", "b", 2],
              ["", "差旅费小计", 2], ["", "管理费用小计", 3], ["1.6", "c", 4], ["", "合计", 7]]  # fmt: skip
    assert told(read(workbook(groups))) == []
    accounts = [["2024年明细账"], ["科目：541 管理费用"], ["日期", "摘要", "借方"], ["1.4", "a", 1], ["", "合计", 1],
                ["科目：551 其他支出"], ["1.5", "b", 2], ["", "合计", 2], ["", "总计", 4]]  # fmt: skip
    assert [(found.row, found.found) for found in read(workbook(accounts)).differences] == [(9, 4)]
    accounts[-1][2] = 3
    assert told(read(workbook(accounts))) == []


def test_a_day_of_another_year_than_the_title_is_told():
    lines = [["2024年支出"], ["日期", "摘要", "支出"], ["2024.1.2", "a", 1], ["2042.1.3", "b", 1]]
    sheet = read(workbook(lines))
    assert [(fault.row, fault.message) for fault in sheet.faults] == [
        (4, "日期2042-01-03不在2024年，请核对。")
    ]
    of_another = read(workbook([["2024年支出"], ["日期", "摘要", "支出"], ["2023.1.2", "a", 1]]))
    assert (of_another.year, of_another.faults) == (None, [])


def test_a_refusal_carries_the_heads_for_mapping_by_hand():
    with pytest.raises(NoHead) as caught:
        read(workbook([["村里的账"], *STRANGE]))
    assert caught.value.heads == ("哪天", "啥事", "花了多少", "给谁")


def test_a_workbook_of_many_sheets_gives_those_that_can_be_read():
    book = openpyxl.Workbook()
    book.active.append(["说明"])
    book.create_sheet("Sheet2")
    for month in (1, 2):
        page = book.create_sheet(f"{month}月")
        for row in ([f"2024年{month}月支出"], ["日期", "摘要", "支出"], [f"{month}月3日", "修路", month]):
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    found = read_file(stream.getvalue(), "账.xlsx", mark=mark)
    assert [refused.name for refused in found.refused] == ["Sheet"]
    assert [(sheet.name, sheet.month, sheet.rows[0].values["day"]) for sheet in found.sheets] == [
        ("1月", 1, D(2024, 1, 3)), ("2月", 2, D(2024, 2, 3)),
    ]  # fmt: skip


def test_no_table_however_odd_breaks_the_reader():
    chance = random.Random(20240101)
    odd = [
        *(
            "",
            "合计",
            "承前页",
            "期初余额",
            "2024.3.5",
            "3月5日",
            44628.0,
            -5.5,
            True,
            "1,200元",
            "借",
            "记-1",
            "541",
        ),
        *("〃", "110101199003074194", "2019.1.1-2028.12.31", "9" * 400, "\x00", "nan", 1e300, "²", "٣", "()"),
    ]
    for kind in kinds.ALL * 5:
        heads = [kind.by_key[chance.choice(group)].title for group in kind.must]
        heads += chance.sample(sorted(kind.by_label), 5)
        lines = [[chance.choice(odd) for _ in range(len(heads) + 1)] for _ in range(6)]
        try:
            sheet = read_sheet(Table("表", [["2024年"], heads, *lines]), mark=mark)
        except ImportRefused:
            continue
        assert "110101199003074194" not in f"{sheet!r}{sheet.rows!r}{kept(sheet)!r}"
