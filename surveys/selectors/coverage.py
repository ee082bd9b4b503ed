"""How many of each category of people are wanted, and how far a survey has come with each."""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from core.errors import ServiceError
from prep.models import VillageProfile
from surveys.models import AnswerSheet, Survey, SurveyPlan, respondent_groups
from villages.models import Round, VillageInspection
from villages.selectors import parameter

# Which head count a category's share is a share of; the others are planned by heads.
_SHARE_OF = {"party": "党员数", "representative": "村民代表数", "villager": "总户数"}


def head_counts(inspection: VillageInspection) -> dict[str, int | None]:
    """The head counts plans are made from: those of the village's profile in this round, else of the register."""
    village, profile = inspection.village, VillageProfile.objects.filter(inspection=inspection).first()
    return {
        "总户数": (profile and profile.households) or village.households,
        "党员数": (profile and profile.member_count) or village.members,
        "村民代表数": profile.representative_count if profile else None,
    }


def proposed(inspection: VillageInspection) -> dict[str, int]:
    """Planned sheets by category as the round's parameters have it; shares are rounded up, unknown counts give 0."""
    heads = head_counts(inspection)
    plan = {}
    for group in respondent_groups():
        if group.active:
            value = _parameter(inspection.round, f"survey_plan_{group.code}")
            whole = heads.get(_SHARE_OF.get(group.code, ""), 1)
            share = Decimal(str(value)) * Decimal(whole or 0)
            plan[group.code] = int(share.to_integral_value(ROUND_CEILING))
    return plan


def _parameter(round_: Round, key: str) -> Any:
    """Categories the office has added have no parameter: planned by hand."""
    try:
        return parameter(round_, key)
    except ServiceError:
        return 0


def plan_of(survey: Survey) -> tuple[dict[str, int], dict[str, str]]:
    """Planned sheets by category, and by category a word on where the proposed figure comes from."""
    planned = dict(SurveyPlan.objects.filter(survey=survey).values_list("group", "planned"))
    heads, offer = head_counts(survey.inspection), proposed(survey.inspection)
    hints = {}
    for code, number in offer.items():
        whole = _SHARE_OF.get(code)
        if whole and heads[whole] is None:
            hints[code] = f"{whole}还没有填，请按实际填写。"
        elif number:
            hints[code] = f"按{whole}{heads[whole]}的比例建议{number}份。" if whole else f"建议{number}份。"
    return planned, hints


@dataclass(frozen=True)
class CoverageLine:
    """One category: planned, come in, and what is missing in words."""

    name: str
    planned: int
    sheets: int

    @property
    def missing(self) -> str:
        """``还差12份``, ``已达到`` or nothing for a category without a plan."""
        if not self.planned:
            return "没有计划"
        return f"还差{self.planned - self.sheets}份" if self.sheets < self.planned else "已达到"

    @property
    def tone(self) -> str:
        """Of the bar."""
        return "ok" if self.sheets >= self.planned else "warn" if self.sheets * 2 >= self.planned else "bad"


@dataclass(frozen=True)
class Coverage:
    """One survey against its plan. ``unmixed``: phone sheets whose category nobody knows yet."""

    lines: list[CoverageLine]
    unmixed: int
    unnamed: int

    @property
    def sentence(self) -> str:
        """What is missing, in words."""
        short = [f"{line.name}{line.missing}" for line in self.lines if line.sheets < line.planned]
        return f"{'，'.join(short)}。" if short else "各类人员都已达到计划。"

    @property
    def planned(self) -> int:
        """All together."""
        return sum(line.planned for line in self.lines)


def coverage(survey: Survey) -> Coverage:
    """Sheets by category beside the plan, for a survey the viewer has been shown.

    Phone sheets count once they are mixed, in steps of a batch: before, the category is sealed with the answer.
    """
    plans = dict(SurveyPlan.objects.filter(survey=survey).values_list("group", "planned"))
    sheets = Counter(AnswerSheet.objects.filter(survey=survey).values_list("group", flat=True))
    lines = [
        CoverageLine(group.name, plans.get(group.code, 0), sheets[group.code])
        for group in respondent_groups()
        if group.active or plans.get(group.code) or sheets[group.code]
    ]
    return Coverage(lines, unmixed=survey.waiting.count(), unnamed=sheets[""])
