"""Outlines of talks and the checklist of whom to talk to and whom to visit, in the villages of the running round."""

import datetime as dt
from typing import Any

from core import clock
from core.audit import SYSTEM
from inspection.demo import cast
from prep import services
from prep.models import Outline, OutlineStatus, TargetKind
from prep.selectors.duties import household_quota
from villages.access import is_recused
from villages.models import User, VillageInspection
from villages.selectors.parameters import parameter

KINDS = (
    "secretary",
    "accountant",
    "committee",
    "group_head",
    "town_cadre",
    "delegate",
    "petitioner",
    "low_income",
)
# What the teams wrote themselves, by kind of person.
OWN = {
    "secretary": "村里最近一次集体研究出租场地的会议是哪天开的，谁参加、怎么定的价？",
    "accountant": "请您把去年的银行回单和收款收据各找一个月，我们当面对一对，好吗？",
    "group_head": "您组里那口水塘今年是谁在用，租金什么时候交、交给谁？",
    "town_cadre": "镇里去年到村检查财务是哪个月，查出了什么、后来怎么办的？",
    "petitioner": "这件事从开始到现在，村里有没有人来跟您说明过？说明了什么？",
}
SECOND_VERSION = "云溪村"
REWORDED = "请您先介绍村里的家底：人口、收入、班子，以及今年最要紧的三件事。"


def load() -> Any:
    """The kinds of people and the bank of questions."""
    services.seed_target_kinds(actor=SYSTEM)
    return services.load_question_bank(actor=SYSTEM)


def prepare(number: int) -> Any:
    """Outlines drawn, edited and made final the day before the team enters; none yet where that is still ahead."""
    kinds = {kind.code: kind for kind in TargetKind.objects.all()}
    for inspection in cast.inspections(number):
        if inspection.entry_on > clock.today():
            continue
        first, second = writers(inspection)
        with clock.held(inspection.entry_on - dt.timedelta(days=1)):
            for order, code in enumerate(KINDS):
                outline = services.draw_outline(actor=first, inspection=inspection, kind=kinds[code])
                _edit(outline, (first, second)[order % 2])
                # The last one is still being worked at.
                if code != KINDS[-1]:
                    services.finalise_outline(actor=second, outline=outline)
            _plan(inspection, first, second)
        if inspection.village.name == SECOND_VERSION:
            _follow(inspection, second)
    return cast.the_round(number)


def writers(inspection: VillageInspection) -> tuple[User, User]:
    """Two of the team who write its papers; whoever must stand aside from the village is passed over."""
    plan = cast.plan_of(inspection.team)
    free = [
        user for user in map(cast.person, (*plan.members, plan.deputy)) if not is_recused(user, inspection)
    ]
    return free[0], free[1]


def _edit(outline: Outline, writer: User) -> None:
    """What people do with a drawn outline: one question of their own, some taken out, the first one reworded."""
    rows = [
        {"id": str(line.pk), "text": line.text, "must": line.must} for line in outline.lines.order_by("seq")
    ]
    if outline.kind.code == "secretary":
        rows[0]["text"] = REWORDED
    if len(rows) > 14:
        del rows[-5:-3]
    if own := OWN.get(outline.kind.code):
        rows.insert(3, {"id": "", "text": own, "must": True})
    services.save_outline(actor=writer, outline=outline, revision=outline.revision, rows=rows)


def _follow(inspection: VillageInspection, writer: User) -> None:
    """A second version after the first days on site: sharper, shorter."""
    with clock.held(min(inspection.entry_on + dt.timedelta(days=4), clock.today())):
        first = used_for(inspection, "secretary")
        draft = services.follow_outline(actor=writer, outline=first)
        rows = [
            {"id": str(line.pk), "text": line.text, "must": line.must} for line in draft.lines.order_by("seq")
        ]
        rows[1]["must"] = True
        del rows[5]
        rows.insert(4, {"id": "", "text": "鱼塘到期以后，是谁同意继续用的，租金按什么标准收？", "must": True})
        draft = services.save_outline(actor=writer, outline=draft, revision=draft.revision, rows=rows)
        services.finalise_outline(actor=writer, outline=draft)


def used_for(inspection: VillageInspection, category: str) -> Outline | None:
    """The version in force for a talk of this category; nothing where none was made."""
    rows = Outline.objects.filter(
        inspection=inspection, kind__talk_category=category, status=OutlineStatus.FINAL
    )
    return rows.select_related("inspection", "kind", "village", "team").order_by("kind__order").first()


def _plan(inspection: VillageInspection, first: User, second: User) -> None:
    for order, name in enumerate(parameter(inspection.round, "must_talk")):
        services.plan_duty(
            actor=first, inspection=inspection, part="talk", subject=name, assignee=(first, second)[order % 2],
            planned_on=inspection.entry_on + dt.timedelta(days=2 + order),
        )  # fmt: skip
    last = inspection.exit_on - dt.timedelta(days=3)
    services.plan_duty(
        actor=first, inspection=inspection, part="visit", subject="", planned_on=last, assignee=second,
        note="每组都要走到，先走偏远的组",
    )  # fmt: skip
    for name in list(parameter(inspection.round, "must_visit"))[:4]:
        services.plan_duty(
            actor=first, inspection=inspection, part="visit", subject=name, planned_on=last, assignee=first
        )


def visit(number: int) -> Any:
    """Visits counted day by day: all done where the team has left, more than half where it is at work."""
    for inspection in cast.inspections(number):
        if inspection.entry_on > clock.today() or inspection.status in ("rectify", "filed"):
            continue
        first, second = writers(inspection)
        target, _ = household_quota(first, inspection)
        left = inspection.exit_on < clock.today()
        days = min(6, (clock.today() - inspection.entry_on).days)
        groups = parameter(inspection.round, "must_visit")
        for order, (name, least) in enumerate(groups.items()):
            if left or order < 4:
                _count(inspection, (first, second)[order % 2], int(least), name, min(order, days))
        others = (target if left else round(target * 0.6)) - sum(map(int, groups.values())) + 2
        for day in range(max(days, 1)):
            share = max(others, 4) // max(days, 1) + 1
            _count(inspection, (first, second)[day % 2], share, "", day)
    return cast.the_round(number)


def _count(inspection: VillageInspection, who: User, households: int, group: str, day: int) -> None:
    on = min(inspection.entry_on + dt.timedelta(days=2 + day), clock.today())
    services.count_visits(
        actor=who, inspection=inspection, households=households, visited_on=on, visitor=who, group=group
    )
