"""Preparation of the demo villages: profile with years and committee, watch list, who looks for what."""

import datetime as dt
import random

from inspection.demo import cast, portraits, profiles
from prep import services
from prep.models import WatchItem, WatchStatus
from villages.access import is_recused
from villages.models import VillageInspection

NOTES = {
    WatchStatus.CLEARED: "查阅资料并走访核对，未发现问题。",
    WatchStatus.SUSPECTED: "资料与走访反映不一致，需继续核实。",
    WatchStatus.CONFIRMED: "经核查属实，已形成问题底稿。",
    WatchStatus.HANDED_OVER: "情况清楚、可立即改正，已交村（社区）办理。",
}


def prepare(inspection: VillageInspection) -> None:
    """Profile, watch list and assignments, up to the end of the stage."""
    plan = cast.plan_of(inspection.team)
    member = cast.person(plan.members[0])
    services.save_profile(actor=member, inspection=inspection, **profiles.sheet(inspection))
    profiles.decide(inspection)
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
    # The member who has not declared a tie to the village writes its papers.
    writer = next(user for user in map(cast.person, plan.members) if not is_recused(user, inspection))
    services.save_profile(actor=writer, inspection=inspection, **profiles.sheet(inspection))
    portraits.come_back(inspection)


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
