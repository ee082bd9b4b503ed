"""Lists of things and people, learned mappings, and what is refused; every count and sum is written by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from ledgers.rules import rows
from ledgers.rules.reading.heads import Mapping
from tests.ledgers.sheets import BENEFITS, STRANGE, column, kept, mark, read, refusal, text, told, workbook

D = dt.date


# --- 8: assets, 9: resources and projects, in old-fashioned text -----------------------------------------------


def test_assets_with_value_in_ten_thousands():
    sheet = read(
        text(
            [
                ["红旗村固定资产登记表", "", "", "", "", "", "金额单位：万元"],
                ["序号", "资产名称", "类别", "数量", "购置时间", "原值", "使用状况", "保管人", "实有数"],
                ["一、房屋建筑物"],
                ["1", "村办公楼", "非经营", "1幢", "2010.5", "86.5", "自用", "某某", "1"],
                ["2", "商铺", "经营", "3间", "2015年", "45", "出租", "", "3"],
                ["小计", "", "", "4", "", "131.5"],
                ["二、机器设备"],
                ["3", "抽水泵", "非经营", "2台", "20180601", "0.32", "闲置", "", "1"],
                ["小计", "", "", "2", "", "0.32"],
                ["合计", "", "", "6", "", "131.82"],
            ],
            "utf-8-sig",
        ),
        "资产.csv",
    )
    assert (sheet.kind.code, told(sheet), sheet.faults) == ("assets", [], [])
    found = kept(sheet)
    assert [row.value for row in found] == [865000, 450000, 3200]
    assert [row.acquired_on for row in found] == [D(2010, 5, 1), D(2015, 1, 1), D(2018, 6, 1)]
    assert [(row.quantity, row.counted) for row in found] == [(1, 1), (3, 3), (2, 1)]
    assert [note.message for note in sheet.notes] == ["一、房屋建筑物", "二、机器设备"]


def test_resources_and_projects():
    land = read(
        workbook(
            [
                ["资源类别", "坐落四至", "面积", "", "现使用人", "是否有合同"],
                ["", "", "账面", "实测", "", ""],
                ["水面", "村东鱼塘", 12, 13.5, "甲某", "无"],
                ["四荒", "后山", "2公顷", "", "", ""],
            ],
            ("A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2"),
        )
    )
    assert land.kind.code == "resources"
    assert [(row.booked_area, row.measured, row.contract) for row in kept(land)] == [
        (12, Decimal("13.5"), False), (30, None, None),
    ]  # fmt: skip
    works = read(
        workbook(
            [
                [
                    "工程名称",
                    "施工单位",
                    "预算(万元)",
                    "合同价(元)",
                    "结算价(元)",
                    "开工时间",
                    "竣工时间",
                    "验收",
                ],
                ["村道硬化", "某建筑队", 12.5, 118000, "125,600.00", "2023.4", "2023年7月", "已验收"],
            ]
        )
    )
    [work] = kept(works)
    assert (work.budget, work.price, work.settled) == (125000, 118000, 125600)
    assert (work.starts_on, work.finished_on, work.accepted_on) == (D(2023, 4, 1), D(2023, 7, 1), None)


# --- 10: people: cadres, kin, lists from elsewhere, disclosures, debts -----------------------------------------


def test_lists_of_people():
    cadres = read(
        text([["姓名", "职务", "任职时间", "离任时间"], ["甲某", "村书记", "2018.10", "至今"],
              ["乙某", "会计", "2015年3月", "2021年3月"]]), "两委干部.csv")  # fmt: skip
    assert [(row.name, row.post, row.since, row.until) for row in kept(cadres)] == [
        ("甲某", "村书记", D(2018, 10, 1), None), ("乙某", "会计", D(2015, 3, 1), D(2021, 3, 31)),
    ]  # fmt: skip
    kin = read(
        text([["村干部姓名", "亲属姓名", "关系", "身份证号"], ["甲某", "丁某", "弟", "110101199003074194"]])
    )
    assert kept(kin) == [rows.Kin("r2", "甲某", "丁某", mark("110101199003074194"), "弟")]
    dead = read(text([["死亡人员名单"], ["姓名", "身份证号码", "火化日期"], ["丙某", "", "2022/11/3"]]))
    assert [(row.kind, row.name, row.since) for row in kept(dead)] == [("death", "丙某", D(2022, 11, 3))]
    shown = read(
        text([["年度", "季度", "公开时间"], ["2024", "第一季度", "2024.4.10"], ["2024", "二", "2024.7.8"]])
    )
    assert kept(shown) == [
        rows.Shown("r2", 2024, 1, D(2024, 4, 10)), rows.Shown("r3", 2024, 2, D(2024, 7, 8)),
    ]  # fmt: skip
    debts = read(
        text(
            [
                ["2024年应收款明细表"],
                ["欠款人", "发生时间", "金额", "形成原因"],
                ["甲某", "2016.8", "3,000", "承包款"],
            ]
        )
    )
    assert kept(debts) == [
        rows.Debt(
            "r3", 2024, "receivable", party="甲某", amount=Decimal(3000), since=D(2016, 8, 1), reason="承包款"
        )
    ]


# --- mappings ----------------------------------------------------------------------------------------------------


def test_a_learned_mapping_wins_and_survives_storing():
    sheet = read(workbook(BENEFITS, ("A1:H1",)))
    again = Mapping.from_json(sheet.mapping.to_json())
    assert again == sheet.mapping and again.key == sheet.mapping.key
    other = Mapping("entries", ("哪天", "啥事", "花了多少", "给谁"), ("day", "summary", "outlay", ""))
    found = read(workbook(STRANGE), learned=[again, other])
    assert [entry.debit for entry in kept(found)] == [35]
    assert found.unmapped == ["给谁"]
    changed = Mapping(sheet.kind.code, sheet.mapping.heads, ("", "head", "name", "", "", "amount", "", ""))
    assert column(read(workbook(BENEFITS, ("A1:H1",)), learned=[changed]), "area") == [None] * 4


@pytest.mark.parametrize(
    "stored",
    [
        {"kind": "nothing", "heads": ["a"], "fields": [""]},
        {"kind": "entries", "heads": ["a"], "fields": ["nothing"]},
        {"kind": "entries", "heads": ["a", "b"], "fields": ["day"]},
    ],
)
def test_a_mapping_that_names_what_there_is_not_is_no_mapping(stored):
    with pytest.raises(ValueError):
        Mapping.from_json(stored)


# --- refusals and naughty texts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        (workbook(STRANGE), {}, "没有找到认得的表头"),
        (workbook([[""]]), {}, "可能是扫描的图片"),
        (workbook([["姓名", "身份证号", "年龄"]]), {}, "下面没有数据"),
        (workbook([["2024年支出"], ["日期", "摘要", "支出"], ["3月5日", "修路", 3]]), {"year": 2023}, "没有2023年"),
        (workbook([["日期", "摘要", "支出"], ["2022.3.5", "修路", 3]]), {"year": 2023}, "里的日期是2022年"),
        (workbook([["日期", "摘要", "支出"], ["3月5日", "修路", 3]]), {}, "没有写是哪一年"),
        (workbook([["2021-2023年支出"], ["日期", "摘要", "支出"], ["3月5日", "修路", 3]]), {"year": 2022},
         "2021—2023年几个年度"),
        (workbook([["承包方", "面积"], ["甲某", 3]]), {}, "像是合同台账，但缺少"),
        (workbook([["姓名", "金额", "姓名", "金额"], ["甲某", 3, "乙某", 4]]), {"year": 2024}, "左右并排写了2栏"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 64, {}, "另存为该格式"),
    ],
    ids=["head", "empty", "no rows", "title's year", "rows' year", "no year", "several years", "half",
         "side by side", "picture"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_sentence(content, options, words):
    assert words in refusal(content, "表.xlsx", **options)


def test_naughty_texts_survive():
    texts = [
        "=1+1",
        "<script>alert(1)</script>",
        "'; DROP TABLE 账;--",
        "𠮷野家\u200b",
        "多\n行",
        "－" * 3000,
        "合计电费",
    ]
    sheet = read(
        workbook(
            [["2024年支出明细"], ["日期", "摘要", "支出"], *[["2024.1.2", f"付{word}", 1] for word in texts]]
        )
    )
    assert [value.removeprefix("付") for value in column(sheet, "summary")] == [
        *texts[:5],
        texts[5][:1999],
        texts[6],
    ]
    assert sheet.faults == []


def test_a_number_within_a_text_is_left_out():
    sheet = read(workbook([["日期", "摘要", "支出"], ["2024.1.2", "付甲某110101199003074194误工", 1]]))
    assert column(sheet, "summary") == ["付甲某（证件号略）误工"]


def test_unreadable_cells_are_told_and_the_row_is_kept():
    sheet = read(
        workbook([["日期", "摘要", "支出"], ["2024.2.30", "修路", "三千多"], ["2024.3.1", "补树苗", 20]])
    )
    assert [(fault.row, fault.column) for fault in sheet.faults] == [(2, "日期"), (2, "支出")]
    assert [line.number for line in sheet.rows] == [2, 3]
    assert column(sheet, "summary") == ["修路", "补树苗"]


def test_a_formula_without_a_result_does_not_pass_for_a_blank():
    sheet = read(
        workbook(
            [["日期", "摘要", "支出", "备注"], ["2024.2.1", "修路", "=1+2", "=1"], ["2024.3.1", "树苗", 20]]
        )
    )
    assert [(fault.row, fault.column) for fault in sheet.faults] == [(2, "支出")]
    assert "公式没有结果" in sheet.faults[0].message


def test_amounts_without_a_side_are_told_once():
    sheet = read(workbook([["日期", "摘要", "金额"], ["2024.3.1", "补树苗", 20], ["2024.3.2", "卖树苗", 30]]))
    assert [fault.column for fault in sheet.faults] == ["金额"]
