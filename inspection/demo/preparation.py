"""Preparation of the demo villages: profile with years and committee, watch list, who looks for what."""

import datetime as dt
import random
from decimal import Decimal
from typing import Any

from inspection.demo import cast
from prep import services
from prep.models import WatchItem, WatchStatus
from villages.access import is_recused
from villages.models import VillageInspection

SURNAMES = "江严钟庄蒋骆向秦霍卫柏宁管单池"
GIVEN = ["明远", "佳禾", "云舒", "启山", "若兰", "立夏", "承安", "素秋", "怀民", "春和"]
POSTS = [
    ("党组织书记、村（居）委会主任", "大专"),
    ("副书记", "高中"),
    ("委员、妇联主席", "大专"),
    ("委员、报账员", "中专"),
    ("村务监督委员会主任", "高中"),
]
NOTES = {
    WatchStatus.CLEARED: "查阅资料并走访核对，未发现问题。",
    WatchStatus.SUSPECTED: "资料与走访反映不一致，需继续核实。",
    WatchStatus.CONFIRMED: "经核查属实，已形成问题底稿。",
    WatchStatus.HANDED_OVER: "情况清楚、可立即改正，已交村（社区）办理。",
}


def prepare(inspection: VillageInspection) -> None:
    """Profile, watch list and assignments, up to the end of the stage."""
    plan = cast.plan_of(inspection.team)
    rng = random.Random(inspection.village.code)  # noqa: S311  (made-up figures, repeatable)
    member = cast.person(plan.members[0])
    services.save_profile(
        actor=member,
        inspection=inspection,
        values=_profile(inspection, rng),
        years=_years(inspection, rng),
        members=_committee(inspection, rng),
    )
    services.draw_watch_list(actor=member, inspection=inspection)
    services.add_watch_item(
        actor=member,
        inspection=inspection,
        title="核对上轮反映的集体资产出租收入是否足额入账",
        method="调阅合同台账，与银行流水逐笔核对",
    )
    items = list(WatchItem.objects.filter(inspection=inspection).order_by("seq"))
    leader = cast.person(plan.leader)
    for order, username in enumerate(plan.members):
        services.assign_watch_items(
            actor=leader,
            inspection=inspection,
            items=items[order :: len(plan.members)],
            assignee=cast.person(username),
            due_on=inspection.exit_on - dt.timedelta(days=2),
        )


def begin(inspection: VillageInspection) -> None:
    """A village the team has only begun to get to know."""
    plan = cast.plan_of(inspection.team)
    rng = random.Random(inspection.village.code)  # noqa: S311
    # The member who has not declared a tie to the village writes its papers.
    writer = next(user for user in map(cast.person, plan.members) if not is_recused(user, inspection))
    services.save_profile(actor=writer, inspection=inspection, values=_profile(inspection, rng))


def conclude(inspection: VillageInspection, *, share: float) -> None:
    """Verify ``share`` of the watch list, each item with what was seen."""
    rng = random.Random(inspection.village.code + "watch")  # noqa: S311
    items = list(WatchItem.objects.filter(inspection=inspection).select_related("assignee").order_by("seq"))
    results, leader = list(NOTES), cast.person(cast.plan_of(inspection.team).leader)
    for item in items[: round(len(items) * share)]:
        result = rng.choices(results, [0.5, 0.15, 0.28, 0.07])[0]
        # Handing a matter to the village is the leader's step.
        actor = leader if result == WatchStatus.HANDED_OVER else item.assignee
        services.conclude_watch_item(actor=actor, item=item, result=result, note=NOTES[result])


def _profile(inspection: VillageInspection, rng: random.Random) -> dict[str, Any]:
    village = inspection.village
    groups = max(4, round((village.households or 400) / 55))
    usual = ["farming", "industry", "merged", "market_town", "construction", "land"]
    first = "community" if village.kind == "community" else rng.choice(usual)
    traits = [first, rng.choice(["strong", "weak"])]
    return {
        "households": village.households,
        "population": village.population,
        "residents": round((village.population or 1000) * rng.uniform(0.62, 0.97)),
        "group_count": groups,
        "member_count": village.members,
        "branch_count": rng.randint(2, 5),
        "representative_count": rng.randint(28, 58),
        "traits": traits,
        "prior_problems": "区审计指出往来款长期挂账、合同台账不全，已报告整改，待核实成效。",
        "note": "集体收入以资源发包和场地出租为主，近三年工程项目较多，合同和收支管理是关注重点。",
    }


def _years(inspection: VillageInspection, rng: random.Random) -> list[dict[str, Any]]:
    last = inspection.entry_on.year - 1
    income = rng.randint(380_000, 1_500_000)
    rows = []
    for year in range(last - 4, last + 1):
        income = int(round(income * rng.uniform(0.9, 1.22), -2))
        rows.append(
            {
                "year": year,
                "income": Decimal(income),
                "expense": Decimal(round(income * rng.uniform(0.7, 1.08), -2)),
                "debt": Decimal(round(rng.uniform(0, 420_000), -2)),
                "petitions": rng.randint(0, 9),
                "cases": rng.choice([0, 0, 0, 1, 1, 2]),
            }
        )
    return rows


def _committee(inspection: VillageInspection, rng: random.Random) -> list[dict[str, Any]]:
    since = dt.date(inspection.entry_on.year - 4, 12, 20)
    rows = []
    for order, (post, education) in enumerate(POSTS):
        made_up = rng.choice(SURNAMES) + GIVEN[(order * 2 + rng.randint(0, 9)) % len(GIVEN)]
        rows.append(
            {
                "name": inspection.village.secretary if order == 0 else made_up,
                "post": post,
                "gender": "female" if order == 2 else "male",
                "born": dt.date(rng.randint(1966, 1990), rng.randint(1, 12), 1),
                "education": education,
                "from_on": since,
            }
        )
    return rows
