"""The plan in plain Chinese: why a village stands where it stands, and why a round cannot be planned as it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.display import cn_date
from prep.models import PlanStop
from prep.selectors.easy_first import Obstacle, Placed, Problem, Relief, Solution
from prep.selectors.plan_facts import Place, RoundFacts
from villages.selectors.calendar import add_working_days
from villages.selectors.recusals import Conflict

_MOST = 5  # ties named in one sentence


# --- why not ----------------------------------------------------------------------------------------------


def refusals(facts: RoundFacts, obstacles: Sequence[Obstacle]) -> list[str]:
    """One sentence for each thing that stands in the way: which constraint, and what would free it."""
    sentences = (
        [f"{'、'.join(facts.leaderless)}还没有组长，请先完成一次一授权再排计划。"] if facts.leaderless else []
    )
    return sentences + [_WORDS[obstacle.kind](facts, obstacle) for obstacle in obstacles]


def _no_teams(facts: RoundFacts, _: Obstacle) -> str:
    return f"{facts.round.name}还没有编好人员的巡察组，请先组建巡察组、编入人员。"


def _no_villages(facts: RoundFacts, _: Obstacle) -> str:
    return f"{facts.round.name}没有可排的村（社区）：请勾选未分派的村（社区）；已进驻的不再移动。"


def _no_days(facts: RoundFacts, _: Obstacle) -> str:
    return (
        f"从{cn_date(facts.first)}到{cn_date(facts.round.ends_on)}（本轮结束）没有工作日可排，"
        "请先修改本轮的起止日期。"
    )


def _nobody(facts: RoundFacts, obstacle: Obstacle) -> str:
    place = _place(facts, obstacle.job)
    name, blocked = place.village.name, _blockers(facts, place)
    if place.stays and place.inspection is not None:
        team = place.inspection.team.name
        if not blocked:
            return f"{name}已有准备材料，须留在{team}，但该组没有成员或另被固定到别的组，请调整后再排。"
        people = len({tie.user.pk for tie in place.blocks.get(place.inspection.team_id, [])})
        return (
            f"{name}已有准备材料，须留在{team}，但该组有{people}人应当回避（{blocked}{'等' if people > 1 else ''}）。"
            f"换下这{people}人，或由巡察办主任批准例外后再排。"
        )
    if place.pin.team is not None and len(facts.teams) > len(place.blocks):
        team = next((row.name for row in facts.teams if row.pk == place.pin.team), "固定的组")
        why = f"应当回避（{blocked}）" if blocked else "没有成员"
        return f"{name}固定由{team}承担，但该组{why}。取消固定，或换人后再排。"
    return (
        f"{name}没有一个组可以承担，每个组都有人应当回避：{blocked}。"
        f"只要有一个组换下{_fewest(place)}名回避的成员，或由巡察办主任批准例外，就能排下。"
    )


def _blockers(facts: RoundFacts, place: Place) -> str:
    """The persons of each team who stand in the way, with their reasons."""
    names = {team.pk: team.name for team in facts.teams}
    wanted = {place.inspection.team_id} if place.stays and place.inspection else set(place.blocks)
    if place.pin.team is not None and place.pin.team in place.blocks:
        wanted = {place.pin.team}
    shown = [
        f"{names[team]}{_tie(conflicts[0])}"
        for team, conflicts in sorted(place.blocks.items(), key=lambda item: names[item[0]])
        if team in wanted
    ]
    more = f"等{len(shown)}个组" if len(shown) > _MOST else ""
    return "；".join(shown[:_MOST]) + more


def _tie(conflict: Conflict) -> str:
    return f"{conflict.user.display_name}（{conflict.reason}）"


def _fewest(place: Place) -> int:
    return min((len({c.user.pk for c in conflicts}) for conflicts in place.blocks.values()), default=1)


def _pin_outside(facts: RoundFacts, obstacle: Obstacle) -> str:
    place = _place(facts, obstacle.job)
    if place.pin.day is not None and place.pin.day < facts.first:
        return (
            f"{place.village.name}固定在{cn_date(place.pin.day)}进驻，但计划只能从{cn_date(facts.first)}排起。"
            "请把固定日期改到这天或以后，或取消固定。"
        )
    return (
        f"{place.village.name}固定在{cn_date(place.pin.day)}进驻，需要{obstacle.need}个工作日，"
        f"但到本轮结束（{cn_date(facts.round.ends_on)}）只有{obstacle.have}个。"
        f"请把固定日期至少提前{obstacle.need - obstacle.have}个工作日，或取消固定。"
    )


def _pin_busy(facts: RoundFacts, obstacle: Obstacle) -> str:
    place, team = _place(facts, obstacle.job), _team(facts, obstacle.squad)
    return (
        f"{place.village.name}固定在{cn_date(place.pin.day)}进驻，那时{team}还在已进驻的村（社区），"
        f"要再过{obstacle.need}个工作日才离村。请推后固定日期或取消固定。"
    )


def _pin_clash(facts: RoundFacts, obstacle: Obstacle) -> str:
    first, second = _place(facts, obstacle.job), _place(facts, obstacle.other)
    return (
        f"{_team(facts, obstacle.squad)}的{first.village.name}与{second.village.name}固定的日期"
        f"重叠{obstacle.need}个工作日（{cn_date(first.pin.day)}、{cn_date(second.pin.day)}）。把后一个推后{obstacle.need}个工作日，"
        "或取消其中一个的固定。"
    )


_WORDS = {
    "no_teams": _no_teams,
    "no_villages": _no_villages,
    "no_days": _no_days,
    "nobody": _nobody,
    "pin_outside": _pin_outside,
    "pin_busy": _pin_busy,
    "pin_clash": _pin_clash,
}


def _place(facts: RoundFacts, key: str) -> Place:
    return next(place for place in facts.places if str(place.village.pk) == key)


def _team(facts: RoundFacts, key: str) -> str:
    return next((team.name for team in facts.teams if str(team.pk) == key), "")


def too_long(facts: RoundFacts, solution: Solution, freed: Relief) -> str:
    """The villages need more days than there are: how many are missing, and three ways to find them."""
    have, need = len(facts.days), solution.longest
    days = facts.calendar
    end = add_working_days(days, facts.days[-1], freed.missing)
    words = (
        f"排不下：{len(solution.placed)}个村（社区）、{len(facts.teams)}个组，最忙的组需要{need}个工作日，"
        f"而从{cn_date(facts.days[0])}到本轮结束（{cn_date(facts.round.ends_on)}）只有{have}个，缺{freed.missing}个。"
    )
    if freed.certain:
        words += f"无论怎样分派都至少需要{solution.bound.days}个（{_bound(facts, solution)}）。"
    else:
        words += f"理论上最少需要{solution.bound.days}个，本系统没有找到能排下的办法。"
    words += f"解决办法：把本轮延长{freed.missing}个工作日（到{cn_date(end)}）"
    if freed.teams:
        words += f"；或再增加{freed.teams}个{facts.parameters['plan_team_size']}人的组"
    return words + "；或减少村（社区）；或在本轮参数中调低每村驻村天数。"


def _bound(facts: RoundFacts, solution: Solution) -> str:
    bound = solution.bound
    if bound.kind == "village":
        return f"{_place(facts, bound.jobs[0]).village.name}一村就需要这么多天"
    if bound.kind == "group":
        names = "、".join(team.name for team in facts.teams if str(team.pk) in bound.teams)
        return f"有{len(bound.jobs)}个村（社区）因回避或固定只能由{names}承担"
    return "全部工作量平均分给各组"


def explanation(facts: RoundFacts, solution: Solution) -> str:
    """How good the plan is, for the head of the page."""
    return (
        f"{len(solution.placed)}个村（社区）分给{len({stop.squad for stop in solution.placed})}个组，"
        f"最忙的组用{solution.longest}个工作日；任何排法至少需要{solution.bound.days}个"
        f"（{_bound(facts, solution)}）。"
    )


# --- why here ---------------------------------------------------------------------------------------------


def reasons(
    facts: RoundFacts, place: Place, stop: Placed, before: Any, numbers: tuple[int, int], problem: Problem
) -> list[str]:
    """Why the village stands here: its half, the village before it, what was fixed, who must stand aside.

    ``before`` is the team's village before this one, if any; ``numbers`` are its place by load and of how many.
    """
    rank, count = numbers
    words = [_half(stop.half, rank, count, place)]
    if before is not None:
        same = before.town_id == place.village.town_id
        words.append(
            f"与前一个村{before.name}同属{place.village.town.name}，不用转场"
            if same
            else f"由{before.town.name}转到{place.village.town.name}，留{problem.travel}个工作日转场"
        )
    return words + _choice(facts, place, stop.squad)


def _half(half: str, rank: int, count: int, place: Place) -> str:
    if half == "pinned":
        return f"进驻日期由人工固定在{cn_date(place.pin.day)}"
    where = "较轻的一半，排在前" if half == "light" else "较重的一半，排在后"
    return f"工作量{place.load.days:g}天，在本组{count}个待进村（社区）中由轻到重排第{rank}，属{where}"


def _choice(facts: RoundFacts, place: Place, squad: str) -> list[str]:
    names: Mapping[Any, str] = {team.pk: team.name for team in facts.teams}
    answers = {str(team.pk): {town.pk for town in team.towns.all()} for team in facts.teams}[squad]
    words = []
    if place.village.town_id in answers:
        words.append(f"{place.village.town.name}由本组负责")
    if place.stays:
        words.append("已有准备材料，留在原组")
    elif place.pin.team is not None:
        words.append("留在原来分派或固定的组")
    if place.blocks:
        shown = [
            f"{names[team]}{_tie(conflicts[0])}"
            for team, conflicts in sorted(place.blocks.items(), key=lambda item: names[item[0]])
        ]
        more = f"等{len(shown)}个组" if len(shown) > _MOST else ""
        words.append(f"{PlanStop.TIES}、不能承担的：{'；'.join(shown[:_MOST])}{more}")
    return words
