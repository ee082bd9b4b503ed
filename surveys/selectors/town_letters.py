"""What a letter to a town may say: figures taken once from locked results, the first wording, and the paper."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from core.display import NOTHING
from core.errors import ServiceError
from core.office.official import OfficialText
from surveys.models import Rating, Survey, TownLetter
from surveys.rules.noise import METHOD, Share, differs
from surveys.selectors.comparison import comparison, locked_surveys
from surveys.selectors.rates import verdict_word
from surveys.selectors.rating_results import RatingResults, rating_results
from surveys.selectors.results import results
from villages.models import Round, Town, VillageInspection
from villages.selectors import parameter

_MARKS = {1: "▲", -1: "▼", 0: ""}
_BROKEN = "{}的结果与锁定时的摘要不一致，不能据此起草，请先告知系统管理员核查。"


def letters(viewer: Any, round_: Round | None) -> QuerySet[TownLetter]:
    """Letters of a round the viewer may see."""
    return TownLetter.objects.visible_to(viewer).filter(round=round_).select_related("town")


def towns_without(viewer: Any, round_: Round | None) -> list[Town]:
    """Towns with a village whose results are locked, and no letter that stands."""
    written = letters(viewer, round_).exclude(status=TownLetter.Status.VOID).values("town")
    locked = locked_surveys(viewer, round_).order_by().values("town")
    return list(Town.objects.filter(pk__in=locked).exclude(pk__in=written).order_by("code"))


# --- figures ----------------------------------------------------------------------------------------------


def town_figures(viewer: Any, round_: Round, town: Town, day: dt.date) -> dict[str, Any]:
    """Everything the letter says in numbers, as it may be shown: rates by aspect, the committees' scores, no person.

    A village with too few sheets or ballots is left out there and named. Raises ``ServiceError`` where locked counts
    are not those that were locked.
    """
    least = int(parameter(round_, "small_group_min"))
    compared = comparison(viewer, round_, town.code)
    villages = []
    for line in compared.lines:
        _demand_intact(viewer, line.survey)
        if line.sheets >= least:
            cells = [{"rate": cell.text, "verdict": cell.verdict} for cell in line.cells]
            village = {"name": line.survey.village.name, "sheets": line.sheets, "cells": cells}
            villages.append(village | {"digest": line.survey.result_hash})
    committees = _committees(viewer, round_, town)
    every = VillageInspection.objects.filter(round=round_, town=town).order_by("village__code")
    names = list(every.values_list("village__name", flat=True))
    answered, rated = {row["name"] for row in villages}, {row["name"] for row in committees}
    return {
        "day": day.isoformat(), "aspects": compared.aspects, "villages": villages, "committees": committees,
        "without_survey": [name for name in names if name not in answered],
        "without_rating": [name for name in names if name not in rated], "least": least, "method": METHOD,
    }  # fmt: skip


def _demand_intact(viewer: Any, survey: Survey) -> None:
    found = results(viewer, survey)
    if found is None or not found.intact:
        raise ServiceError(_BROKEN.format(survey.village.name))


def _committees(viewer: Any, round_: Round, town: Town) -> list[dict[str, Any]]:
    """Each committee's score, and whether its rate really differs from that of the round's other villages together."""
    rows = Rating.objects.visible_to(viewer).filter(round=round_, status=Rating.Status.LOCKED)
    rows = rows.select_related("village", "round", "team").order_by("village__code")
    found = [(row, got) for row in rows if (got := rating_results(viewer, row)) is not None and got.enough]
    here = [(row, got) for row, got in found if row.town_id == town.pk]
    for row, got in here:
        if not got.intact:
            raise ServiceError(_BROKEN.format(row.village.name))
    return [
        {
            "name": row.village.name, "ballots": got.ballots, "score": str(got.committee.score or ""),
            "good_rate": str(got.committee.good_rate or ""), "digest": got.digest,
            "verdict": _beside(got, (other for _, other in found if other is not got), len(here)),
        }
        for row, got in here
    ]  # fmt: skip


def _beside(mine: RatingResults, others: Iterable[RatingResults], comparisons: int) -> int:
    rest = [_good_of(other) for other in others]
    good, valid = _good_of(mine)
    rest_good, rest_valid = sum(one[0] for one in rest), sum(one[1] for one in rest)
    if not valid or not rest_valid:
        return 0
    return differs(Share(good / valid, valid), Share(rest_good / rest_valid, rest_valid), comparisons)


def _good_of(found: RatingResults) -> tuple[int, int]:
    return sum(found.committee.levels[:2]), found.committee.valid


# --- words ------------------------------------------------------------------------------------------------


def first_wording(round_: Round, town: Town, figures: dict[str, Any]) -> dict[str, str]:
    """Title, addressee and body put together from the figures; people edit them afterwards."""
    is_street = town.name.endswith("街道")
    place = "街道" if is_street else "镇"
    sheets = sum(row["sheets"] for row in figures["villages"])
    lines = [
        f"在{round_.name}中，对你{place}村（社区）开展了问卷调查和民主测评，结果已经锁定。现将有关情况函告，"
        "供你了解村（社区）班子状况、研究整改和日常管理时参考。",
        "一、问卷调查情况",
        f"{len(figures['villages'])}个村（社区）共收回有效答卷{sheets}份，各方面好评率见附件1。",
        *(_answered(row, figures["aspects"]) for row in figures["villages"]),
        _left_out("答卷", figures["without_survey"]),
    ]
    if figures["committees"]:
        lines += [
            "二、班子民主测评情况",
            "两委班子得分和好评率见附件2。",
            _rated(figures["committees"]),
            _left_out("测评票", figures["without_rating"]),
            "对班子成员个人的测评结果送区委组织部，不在本函列出。",
        ]
    lines += [
        f"{'三' if figures['committees'] else '二'}、有关说明",
        "好评率＝（好＋较好）÷（好＋较好＋一般＋差），“不了解”和未答不计入。是否高于、低于其他村（社区），"
        f"按{figures['method']}判断；差别在误差范围内的，不能据此说谁好谁差。",
        "份数较少的内容不单列，或以区间表示。问卷和测评都是不记名的，请不要推算、打听是谁填的，"
        "也不要据此追究任何人。",
        "请结合日常掌握的情况分析原因，对评价偏低的方面，指导村（社区）党组织改进；"
        f"需要{place}解决的，一并研究。",
    ]
    return {
        "title": f"关于{town.name}村（社区）调查测评情况的反馈函",
        "addressee": f"{town.name}{'党工委' if is_street else '党委'}书记",
        "body": "\n".join(filter(None, lines)),
    }


def _answered(row: dict[str, Any], aspects: list[str]) -> str:
    named: dict[int, list[str]] = {1: [], -1: [], 0: []}
    for aspect, cell in zip(aspects, row["cells"], strict=True):
        if cell["rate"] != NOTHING:
            named[cell["verdict"]].append(f"{aspect}（{cell['rate']}）")
    parts = [f"有效答卷{row['sheets']}份"]
    parts += [
        f"{verdict_word(at)}本轮次其他村（社区）的有{'、'.join(named[at])}" for at in (1, -1) if named[at]
    ]
    rest = "其他方面" if len(parts) > 1 else "各方面与本轮次其他村（社区）相比，"
    parts += [f"{rest}差别在误差范围内"] if named[0] else []
    return f"{row['name']}：{'；'.join(parts)}。"


def _rated(committees: list[dict[str, Any]]) -> str:
    """Only what is more than chance is said of a village by its name."""
    said = [
        f"{row['name']}（{row['score']}分，好评率{row['good_rate']}%）{verdict_word(row['verdict'])}本轮次其他村（社区）"
        for row in committees
        if row["verdict"]
    ]
    alike = [row["name"] for row in committees if not row["verdict"]]
    if alike:
        said.append(f"{'、'.join(alike)}与本轮次其他村（社区）相比，差别在误差范围内")
    return f"从好评率看，{'；'.join(said)}。"


def _left_out(what: str, names: list[str]) -> str:
    return f"{'、'.join(names)}还没有锁定结果，或者{what}太少不公布，没有列入。" if names else ""


# --- the paper --------------------------------------------------------------------------------------------


def annexes(figures: dict[str, Any]) -> list[dict[str, Any]]:
    """The tables behind the letter, from the frozen figures."""
    aspects = figures["aspects"]
    found = [{
        "title": "问卷调查各方面好评率", "headers": ["村（社区）", "答卷", *aspects],
        "rows": [
            [row["name"], row["sheets"], *(f"{cell['rate']}{_MARKS[cell['verdict']]}" for cell in row["cells"])]
            for row in figures["villages"]
        ],
        "widths": [21, 11, *[124 / max(1, len(aspects))] * len(aspects)],
    }]  # fmt: skip
    if figures["committees"]:
        found.append({
            "title": "两委班子民主测评",
            "headers": ["村（社区）", "有效票", "得分", "好评率（%）", "与其他村（社区）相比"],
            "rows": [
                [row["name"], row["ballots"], row["score"], row["good_rate"], verdict_word(row["verdict"])]
                for row in figures["committees"]
            ],
            "widths": [36, 22, 24, 28, 46],
        })  # fmt: skip
    return found


def letter_text(letter: TownLetter, today: dt.date) -> OfficialText:
    """The letter as a paper; what is not signed says that it is a draft."""
    office = f"中共{letter.round.district.name}委巡察工作领导小组办公室"
    return OfficialText(
        title=letter.title, masthead=office, issuer=office, number=letter.doc_no, day=letter.dated_on,
        created=today, addressee=letter.addressee, copy_to="", body=letter.body,
        annexes=tuple(annexes(letter.figures)), draft=letter.status != TownLetter.Status.APPROVED,
    )  # fmt: skip
