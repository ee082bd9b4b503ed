"""Places and companies as different hands write them."""

import pytest

from ledgers.rules.companies import company
from ledgers.rules.plots import plot, same_sort


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("东塘", "东 塘", True),
        ("第十二组2号塘", "12组二号塘", True),
        ("二十组东山", "20组东山", True),
        ("三组鱼塘", "3组鱼塘", True),
        ("三组机动地", "3组机动地", False),
        ("东塘（北片）", "东塘北片", True),
        ("东塘", "东塘北片", True),
        ("门面1、2号", "门面2号", True),
        ("门面１号", "门面1号", True),
        ("东塘北片", "东塘南片", False),
        ("门面1、2号", "门面12号", False),
        ("1号塘", "2号塘", False),
        ("3组东塘", "4组东塘", False),
        ("东塘", "西塘", False),
        ("鱼塘", "鱼塘", False),
        ("村集体门面3间", "村集体门面3间", False),
        ("机动地", "机动地20亩", False),
        ("", "", False),
    ],
)
def test_two_names_may_cover_one_ground(one, other, overlap):
    assert plot(one).overlaps(plot(other)) is overlap
    assert plot(other).overlaps(plot(one)) is overlap


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("鱼塘", "水面", True),
        ("门面", "鱼塘", False),
        ("山林", "鱼塘", False),
        ("", "鱼塘", True),
        ("山林", "四荒", True),
    ],
)
def test_a_shop_is_no_pond(one, other, same):
    assert same_sort(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("宏达建筑有限公司", "宏达建筑有限责任公司", True),
        ("宏达建筑（甲县）有限公司", "宏达建筑(甲县)公司", True),
        ("宏达 建筑公司", "宏达建筑", True),
        ("宏达建筑公司", "宏达建材公司", False),
        ("公司", "", False),
    ],
)
def test_a_company_under_two_spellings(one, other, same):
    assert (company(one) == company(other)) is same
