"""P05 投标人关联."""

from ledgers.rules.rows import Bidder, Project
from tests.ledgers.books import Case, books, yuan


def bid(*bidders):
    return books(projects=[Project("a", name="水渠", price=yuan(300_000), bidders=bidders)])


HIT = [({"a"}, yuan(300_000))]

CASES = [
    Case(
        "all three in one house",
        bid(
            Bidder("甲公司", "建设路12号", "11111111"),
            Bidder("乙公司", "建设路１２号", "22222222"),
            Bidder("丙公司", "建设路 12 号", "33333333"),
        ),
        HIT,
        words=("水渠", "甲公司、乙公司、丙公司的地址相同"),
    ),
    Case(
        "two of three with one telephone",
        bid(
            Bidder("甲公司", phone="0717-1234567"),
            Bidder("乙公司", phone="0717 1234567"),
            Bidder("丙公司", phone="0717-7654321"),
        ),
        HIT,
        words=("甲公司、乙公司的电话相同",),
    ),
    Case(
        "one person for two, another telephone for each",
        bid(
            Bidder("甲公司", phone="11111111", person="某甲"),
            Bidder("乙公司", phone="22222222", person="某 甲"),
        ),
        HIT,
        words=("联系人相同",),
    ),
    Case(
        "two things shared are one hit",
        bid(Bidder("甲公司", "建设路12号", person="某甲"), Bidder("乙公司", "建设路12号", person="某甲")),
        HIT,
        words=("地址相同", "联系人相同"),
    ),
    Case(
        "nothing in common",
        bid(
            Bidder("甲公司", "建设路12号", "11111111", "某甲"),
            Bidder("乙公司", "建设路13号", "22222222", "某乙"),
        ),
        [],
    ),
    Case(
        "one bidder written twice",
        bid(Bidder("甲有限公司", "建设路12号"), Bidder("甲 公司", "建设路12号")),
        [],
    ),
    Case("the town alone is no address", bid(Bidder("甲公司", "青石镇"), Bidder("乙公司", "青石镇")), []),
    Case("nothing is known of them", bid(Bidder("甲公司"), Bidder("乙公司")), []),
    Case(
        "no telephone is written as a dash", bid(Bidder("甲公司", phone="-"), Bidder("乙公司", phone="-")), []
    ),
    Case("nobody is named", bid(Bidder("甲公司", person="无"), Bidder("乙公司", person="无")), []),
]
