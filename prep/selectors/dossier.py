"""The facts of the profile as the Word paper words them."""

from typing import Any

from core.display import money
from prep.documents.dossier import Dossier
from prep.models import CommitteeMember, VillageProfile, YearFigure
from prep.selectors.profile import village_knowledge
from prep.selectors.traits import named_traits
from prep.selectors.years import last_year, years_view
from villages.models import VillageInspection

BASICS = (
    "households", "population", "residents", "group_count", "member_count", "branch_count", "representative_count",
)  # fmt: skip
WELFARE = (
    "minimum_households", "destitute_people", "disabled_people", "lifted_households", "watched_households",
    "prior_count",
)  # fmt: skip


def dossier_facts(viewer: Any, inspection: VillageInspection) -> Dossier | None:
    """The paper's facts as far as ``viewer`` may see them; ``None`` while there is no profile."""
    profile = VillageProfile.objects.visible_to(viewer).filter(inspection=inspection).first()
    if profile is None:
        return None
    known = village_knowledge(viewer, inspection.village)
    years = years_view(known.years, inspection.village, last_year(inspection), profile.population)
    return Dossier(
        village=inspection.village.name,
        code=inspection.village.code,
        town=inspection.town.name,
        round=inspection.round.name,
        team=inspection.team.name,
        office=f"{inspection.round.district.name}委巡察办",
        made_on=profile.updated_at.date(),
        basics=counts(profile, BASICS),
        welfare=counts(profile, WELFARE),
        attention=profile.get_attention_class_display() if profile.attention_class else "未定",
        attention_reason=profile.attention_reason,
        traits="、".join(named_traits(profile.traits)),
        members=tuple(_member(row) for row in known.members),
        doubts=tuple(known.doubts),
        assets=profile.assets,
        years=tuple(_year(line.year, line.figure) for line in years.lines),
        gap=years.gap,
        projects=tuple(
            (
                str(row.year), row.name, row.funding, money(row.amount), row.contractor,
                row.get_state_display() if row.state else "",
            )
            for row in known.projects
        ),
        prior=profile.prior_problems,
        note=profile.note,
    )  # fmt: skip


def counts(profile: VillageProfile, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Labels with their numbers; a dash for what is not known."""
    return tuple(
        (str(profile._meta.get_field(name).verbose_name), _number(getattr(profile, name)))  # type: ignore[union-attr]
        for name in names
    )


def _number(value: int | None) -> str:
    return "—" if value is None else f"{value:,}"


def term_of(row: CommitteeMember) -> str:
    """``2021年3月至今``."""
    start = f"{row.from_on.year}年{row.from_on.month}月" if row.from_on else "—"
    return f"{start}至{f'{row.to_on.year}年{row.to_on.month}月' if row.to_on else '今'}"


def _member(row: CommitteeMember) -> tuple[str, ...]:
    return (
        row.name,
        row.get_body_display() if row.body else "",
        row.post,
        row.get_gender_display() if row.gender else "",
        f"{row.born.year}年{row.born.month}月" if row.born else "",
        row.education,
        term_of(row),
        "；".join(filter(None, ("一肩挑" if row.both_posts else "", row.kin_note))),
    )


def _year(year: int, row: YearFigure | None) -> tuple[str, ...]:
    if row is None:
        return (f"{year}年", "—", "—", "—", "—", "—")
    counted = ["—" if count is None else str(count) for count in (row.petitions, row.cases)]
    return (f"{year}年", money(row.income), money(row.expense), money(row.debt), *counted)
