"""Every field of every kind of row has a Chinese name, and no hash, code or bare number is shown for words."""

import datetime as dt
import re
from dataclasses import fields
from decimal import Decimal

import pytest

from ledgers.rules import rows
from ledgers.rules.columns import choices_of
from ledgers.rules.gaps import runs
from ledgers.rules.labels import LISTED, facts, is_figure, label_of, shown
from ledgers.rules.stored import CLASSES, words_of


@pytest.mark.parametrize("kind", CLASSES)
def test_every_field_is_called_something(kind):
    names = [field.name for field in fields(CLASSES[kind][0]) if field.name != "key"]
    assert [name for name in names if not re.search("[\u4e00-\u9fff]", label_of(kind, name))] == []
    assert set(LISTED[kind]) <= set(names)
    assert all(title for _, title in choices_of(kind))


def test_values_are_worded():
    row = rows.Entry(
        "k",
        2023,
        day=dt.date(2023, 5, 6),
        standard="541",
        debit=Decimal("1860"),
        paid_by="bank",
        panel_sealed=False,
        party_mark="f" * 32,
        party_account="e" * 32,
    )
    assert dict(facts("entries", row)) == {
        "年度": "2023",
        "日期": "2023年5月6日",
        "对应标准科目": "541 管理费用",
        "借方": "1,860.00",
        "支付方式": "银行转账",
        "理财小组盖章": "否",
        "对方证件号": "已登记，只用于比对",
        "收款账号": "已登记，只用于比对",
    }
    contract = rows.Contract("k", area=Decimal("12.50"), dues={2022: Decimal(5), 2021: Decimal(4)})
    assert shown("contracts", contract, "area") == "12.5亩"
    assert shown("contracts", contract, "dues") == "2021年 4.00；2022年 5.00"
    assert shown("benefits", rows.Benefit("k", number_valid=False), "number_valid") == "校验位不符"
    assert is_figure("contracts", "rent") and not is_figure("contracts", "party")


def test_people_search_words_and_no_hashes():
    benefit = rows.Benefit("k", "低保", name="甲某", mark="a" * 32, account="b" * 32, head="甲某")
    assert words_of(benefit) == "低保 甲某"
    assert words_of(rows.Entry("k", 2023, summary="买锹", standard="541", party_account="c" * 32)) == "买锹"


@pytest.mark.parametrize(
    ("years", "found"),
    [([], []), ([2022], [(2022, 2022)]), ([2024, 2021, 2022], [(2021, 2022), (2024, 2024)])],
)
def test_years_in_a_row_are_said_together(years, found):
    assert runs(years) == found
