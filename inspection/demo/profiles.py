"""What the demo villages are like: counts, welfare, five years, people in office with their terms, projects."""

import datetime as dt
import random
from decimal import Decimal
from typing import Any

from inspection.demo import cast
from prep import services
from prep.models import AttentionClass
from prep.selectors.attention import proposals
from villages.models import VillageInspection

SURNAMES = "江严钟庄蒋骆向秦霍卫柏宁管单池"
GIVEN = [
    "明远",
    "佳禾",
    "云舒",
    "启山",
    "若兰",
    "立夏",
    "承安",
    "素秋",
    "怀民",
    "春和",
    "景行",
    "予安",
    "晚舟",
    "松年",
]
# Post, body, schooling, women's post.
POSTS = [
    ("党组织书记、村（居）委会主任", "party", "大专", False),
    ("党组织副书记", "party", "高中", False),
    ("村（居）委会委员、妇联主席", "committee", "大专", True),
    ("村（居）委会委员、报账员", "committee", "中专", False),
    ("村务监督委员会主任", "supervision", "高中", False),
    ("村务监督委员会委员", "supervision", "初中", True),
]
WORKS = [
    ("村内道路硬化", "镇级补助和村自筹", 46, 118),
    ("农田灌溉渠修复", "高标准农田资金", 38, 96),
    ("文化活动室改造", "村集体资金", 12, 38),
    ("污水管网接户", "区级人居环境资金", 55, 160),
    ("冷库和晾晒场建设", "产业发展资金", 60, 185),
    ("路灯更换", "村集体资金", 8, 24),
    ("河塘清淤护坡", "水利资金", 22, 70),
]
BUILDERS = ["青岚安顺建筑队", "临湖市政工程部", "同和建设有限公司", "东成园林绿化有限公司", "永拓路桥施工队"]
# Decided otherwise than proposed, with what the figures do not show.
OVERRULED = "云溪村"
WHY = {
    AttentionClass.KEY: "书记即将离任，鱼塘发包今年到期，群众反映集中，提高一类查。",
    AttentionClass.CONCERN: "近两年债务已化解，信访多为同一件土地纠纷，按关注类安排人力。",
}


def sheet(inspection: VillageInspection) -> dict[str, Any]:
    """Arguments of the profile's service, the same for the same village each time."""
    rng = random.Random(inspection.village.code)  # noqa: S311  (made-up figures, repeatable)
    weight = rng.random()
    return {
        "values": _values(inspection, rng, weight),
        "years": _years(inspection, rng, weight),
        "members": _members(inspection, rng),
        "projects": _projects(inspection, rng, weight),
    }


def decide(inspection: VillageInspection) -> None:
    """The leader decides as proposed, in one village otherwise and says why."""
    proposal, _ = proposals(inspection.round, [inspection])[inspection.pk]
    chosen, reason = proposal.attention, ""
    if inspection.village.name == OVERRULED:
        key = AttentionClass.KEY
        chosen = AttentionClass.CONCERN if proposal.attention == key else key
        reason = WHY[chosen]
    services.decide_attention(
        actor=cast.person(cast.plan_of(inspection.team).leader),
        inspection=inspection,
        attention_class=chosen,
        attention_reason=reason,
    )


def _values(inspection: VillageInspection, rng: random.Random, weight: float) -> dict[str, Any]:
    village = inspection.village
    households, people = village.households or 400, village.population or 1000
    usual = ["farming", "industry", "merged", "market_town", "construction", "land", "suburb"]
    first = "community" if village.kind == "community" else rng.choice(usual)
    traits = [first, rng.choice(["strong", "weak"])]
    if weight > 0.6:
        traits.append(next(code for code in ("land", "construction") if code not in traits))
    return {
        "households": village.households,
        "population": village.population,
        "residents": round(people * rng.uniform(0.62, 0.97)),
        "group_count": max(4, round(households / 55)),
        "member_count": village.members,
        "branch_count": rng.randint(2, 5),
        "representative_count": rng.randint(28, 58),
        "traits": traits,
        "minimum_households": round(households * rng.uniform(0.02, 0.08)),
        "destitute_people": rng.randint(1, 9),
        "disabled_people": round(people * rng.uniform(0.02, 0.05)),
        "lifted_households": round(households * rng.uniform(0.01, 0.06)),
        "watched_households": rng.randint(0, 4),
        "assets": f"集体耕地{rng.randint(6, 40)}0亩，其中发包{rng.randint(2, 5)}成；鱼塘水面{rng.randint(2, 18)}0亩；"
        f"厂房、门面出租{rng.randint(2, 14)}处，年租金约{rng.randint(6, 48)}万元，合同由村委会保管。",
        "prior_count": round(2 + weight * 9),
        "prior_problems": "区审计指出往来款长期挂账、合同台账不全，已报告整改，待核实成效。",
        "note": "集体收入以资源发包和场地出租为主，近三年工程项目较多，合同和收支管理是关注重点。",
    }


def _years(inspection: VillageInspection, rng: random.Random, weight: float) -> list[dict[str, Any]]:
    last = inspection.entry_on.year - 1
    income = rng.randint(380_000, 1_500_000)
    debt = round(income * weight * rng.uniform(0.4, 1.1), -2)
    rows = []
    for year in range(last - 4, last + 1):
        income = int(round(income * rng.uniform(0.9, 1.22), -2))
        debt = round(debt * rng.uniform(0.85, 1.12), -2)
        rows.append(
            {
                "year": year,
                "income": Decimal(income),
                "expense": Decimal(round(income * rng.uniform(0.7, 1.08), -2)),
                "debt": Decimal(debt),
                "petitions": rng.randint(0, 3 + round(weight * 7)),
                "cases": rng.choice([0, 0, 0, 1] if weight < 0.6 else [0, 1, 1, 2]),
            }
        )
    return rows


def _members(inspection: VillageInspection, rng: random.Random) -> list[dict[str, Any]]:
    """The present term in full, of the former one those who left; the former secretary with the day of the change."""
    since = dt.date(inspection.entry_on.year - 5, 12, 20)
    before, used = dt.date(since.year - 5, 11, 30), set()
    rows = []
    for order, (post, body, schooling, woman) in enumerate(POSTS):
        name = inspection.village.secretary if order == 0 else _name(rng, used)
        used.add(name)
        rows.append(
            {
                "name": name, "post": post, "body": body, "gender": "female" if woman else "male",
                "born": dt.date(rng.randint(1966, 1990), rng.randint(1, 12), 1), "education": schooling,
                "from_on": since, "both_posts": order == 0,
                "kin_note": "与村监委会委员系叔侄" if order == 3 and rng.random() > 0.6 else "",
            }
        )  # fmt: skip
    for post, body in (
        ("党组织书记", "party"),
        ("村（居）委会主任", "committee"),
        ("村（居）委会委员、报账员", "committee"),
    ):
        name = _name(rng, used)
        used.add(name)
        rows.append(
            {
                "name": name, "post": post, "body": body, "gender": "male", "education": "高中",
                "born": dt.date(rng.randint(1956, 1968), rng.randint(1, 12), 1), "from_on": before, "to_on": since,
            }
        )  # fmt: skip
    return rows


def _name(rng: random.Random, used: set[str]) -> str:
    while True:
        name = rng.choice(SURNAMES) + rng.choice(GIVEN)
        if name not in used:
            return name


def _projects(inspection: VillageInspection, rng: random.Random, weight: float) -> list[dict[str, Any]]:
    last = inspection.entry_on.year - 1
    rows = []
    for name, funding, least, most in rng.sample(WORKS, 3 + (weight > 0.5)):
        year = rng.choice([last - 2, last - 1, last])
        state = "settled" if year < last else rng.choice(["building", "built", "settled"])
        rows.append(
            {
                "year": year, "name": f"{inspection.village.name}{name}", "funding": funding,
                "amount": Decimal(rng.randint(least * 10, most * 10) * 1000),
                "contractor": rng.choice(BUILDERS), "state": state,
            }
        )  # fmt: skip
    return rows
