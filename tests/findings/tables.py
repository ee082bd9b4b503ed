"""Survey tables for tests: rows as people type them, and the way to each state."""

import datetime as dt

from django.utils import timezone

from findings import services
from tests.findings.papers import reload

# 17 digits and the check digit GB 11643 gives for them.
IDENTITY, OTHER_IDENTITY = "11010519491231002X", "440524188001010014"
ACCOUNT = "6228480402564890018"

ROWS = {
    "funds": [
        {
            "sort": "银行存款",
            "bank": "镇信用社",
            "account": ACCOUNT,
            "booked": "１２３,４５６.５０",
            "counted": "123,456.50",
        },
        {"sort": "库存现金", "booked": "8,210", "counted": "5,000.00", "reason": "两张白条抵库"},
    ],
    "dealings": [
        {
            "subject": "应收款",
            "party": "甲养殖户",
            "since": "2019年3月",
            "balance": "1.2万",
            "matter": "水塘租金",
        }
    ],
    "assets": [{"name": "旧村部二楼", "state": "出租", "user": "乙超市", "cost": "86000", "booked": "否"}],
    "resources": [
        {
            "sort": "水面",
            "bounds": "村西大塘",
            "booked_area": "32亩",
            "measured_area": "28.5",
            "user": "丙某",
            "contract": "否",
            "condition": "正常",
        },
    ],
    "contracts": [
        {
            "name": "水塘承包",
            "tenant": "丙某",
            "starts_on": "2016.1.1",
            "ends_on": "2045-12-31",
            "rent": "6000",
            "rise": "每五年递增10%",
            "paid": "50,000",
            "written": "是",
            "filed": "否",
            "published": "是",
            "signed_on": "2015-12-01",
            "meeting_on": "2015-11-20",
        },
    ],
    "works": [
        {
            "name": "村道硬化",
            "contractor": "某建设公司",
            "price": "60万元",
            "settled": "672000",
            "tender": "直接发包",
            "paid": "500000",
            "accepted": "是",
        },
    ],
    "benefits": [
        {
            "scheme": "耕地地力补贴",
            "person": "丁某",
            "identity": IDENTITY,
            "amount": "860",
            "account": ACCOUNT,
            "published": "是",
        },
        {
            "scheme": "耕地地力补贴",
            "person": "丁 某",
            "identity": IDENTITY.lower(),
            "amount": "430",
            "published": "是",
        },
    ],
}
DAY = dt.date(2026, 3, 12)


def table(cast, kind="funds", rows=None, checker=None, recorder=None, inspection=None, **over):
    """A complete draft the member writes down and the deputy checks."""
    start = timezone.make_aware(dt.datetime.combine(DAY, dt.time(9)))
    values = {
        "happened_at": start,
        "ended_at": start + dt.timedelta(hours=2),
        "place": "村部会计室",
        "checker": checker or cast.deputy,
        "present": "报账员、监委会主任",
    }
    made = services.create_table(
        actor=recorder or cast.member,
        inspection=inspection or cast.inspection,
        kind=kind,
        values=values | over,
        rows=ROWS[kind] if rows is None else rows,
    )
    return reload(made)


def checking(cast, kind="funds", **over):
    made = table(cast, kind, **over)
    return reload(services.submit_minutes(actor=made.recorder, paper=made))


def signed(cast, kind="funds", **over):
    made = checking(cast, kind, **over)
    return reload(services.sign_minutes(actor=made.checker, paper=made))


def edit(actor, made, rows=None, **values):
    return services.edit_table(actor=actor, table=made, revision=made.revision, values=values, rows=rows)
