"""Watch items and profiles for tests."""

import datetime as dt
from decimal import Decimal

from prep import services
from prep.models import WatchItem, WatchStatus
from villages.models import spine

PROFILE = {
    "households": 612,
    "population": 2143,
    "residents": 1650,
    "group_count": 14,
    "member_count": 78,
    "branch_count": 3,
    "representative_count": 45,
    "traits": ["farming"],
    "prior_problems": "",
    "note": "",
}
YEARS = [
    {
        "year": 2024,
        "income": Decimal("860000.00"),
        "expense": Decimal("790000.50"),
        "petitions": 3,
        "cases": 0,
    },
    {
        "year": 2025,
        "income": Decimal("912000.00"),
        "expense": Decimal("905000.00"),
        "petitions": 6,
        "cases": 1,
    },
]
MEMBERS = [
    {"name": "江予安", "post": "党总支书记", "gender": "male", "from_on": dt.date(2021, 3, 1)},
    {"name": "许晚舟", "post": "村委会委员", "gender": "female", "from_on": dt.date(2021, 3, 1)},
]


def save_profile(cast, actor=None, inspection=None, **over):
    given = {"values": PROFILE, "years": YEARS, "members": MEMBERS} | over
    return services.save_profile(
        actor=actor or cast.member, inspection=inspection or cast.inspection, **given
    )


def make_item(inspection, **over):
    """A watch item written straight into its table."""
    last = WatchItem.objects.filter(inspection=inspection).count()
    values = {"seq": last + 1, "title": f"待查问题{last + 1}"} | over
    if values.get("status", WatchStatus.OPEN) != WatchStatus.OPEN:
        values.setdefault("note", "已核对凭证")
    return WatchItem.objects.create(**spine(inspection), **values)
