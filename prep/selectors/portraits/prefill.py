"""What the portrait form of a village is prefilled with, in the words of its questions."""

from typing import Any

from prep.models import Body, CommitteeMember, Gender, PortraitKind, ProjectState, Trait, VillageProfile
from prep.selectors.portraits.fields import BASICS, MEMBERS, PROJECTS, WELFARE, YEARS, AskTable
from prep.selectors.profile import VillageKnowledge, village_knowledge
from prep.selectors.years import SPAN, last_year
from villages.models import VillageInspection

_WORDS: dict[str, dict[Any, Any]] = {
    "gender": dict(Gender.choices),
    "body": dict(Body.choices),
    "state": dict(ProjectState.choices),
}


def portrait_facts(viewer: Any, inspection: VillageInspection, kind: PortraitKind) -> dict[str, Any]:
    """Arguments of the form: the place, the facts of the profile or the register, the lists.

    Conclusions and earlier problems stay out: the form goes to the inspected side.
    """
    profile = VillageProfile.objects.filter(inspection=inspection).first()
    known = village_knowledge(viewer, inspection.village)
    labels = dict(Trait.objects.offered().values_list("code", "label"))
    return {
        "kind": kind,
        "place": f"{inspection.town.name}{inspection.village.name}",
        "code": inspection.village.code,
        "round": inspection.round.name,
        "office": f"{inspection.round.district.name}委巡察办",
        "made_on": (profile.updated_at.date() if profile else inspection.round.starts_on),
        "values": _values(inspection, profile, labels),
        "rows": _rows(inspection, known),
        "traits": list(labels.values()),
    }


def _values(
    inspection: VillageInspection, profile: VillageProfile | None, labels: dict[str, str]
) -> dict[str, Any]:
    if profile is None:
        place = inspection.village
        return {
            "households": place.households,
            "population": place.population,
            "member_count": place.members,
        }
    names = [ask.key for ask in (*BASICS, *WELFARE) if ask.key not in ("traits", "prior_count")]
    found = {name: getattr(profile, name) for name in names}
    return found | {"traits": "、".join(labels[code] for code in profile.traits if code in labels)}


def _rows(inspection: VillageInspection, known: VillageKnowledge) -> dict[str, list[dict[str, Any]]]:
    """Five years even when some are not known, everybody in office or lately so, and the projects.

    Petitions and cases of the years come from elsewhere than the village: they stay out, as kinship does.
    """
    by_year = {row.year: row for row in known.years}
    newest = max([last_year(inspection), *by_year])
    years: list[dict[str, Any]] = []
    for year in range(newest - SPAN + 1, newest + 1):
        row = by_year.get(year)
        sums = {name: getattr(row, name) for name in ("income", "expense", "debt")} if row else {}
        years.append({"year": year} | sums)
    members = [_in_words(MEMBERS, row) | {"kin_note": ""} for row in _in_office_lately(known)]
    return {
        YEARS.key: years,
        MEMBERS.key: members,
        PROJECTS.key: [_in_words(PROJECTS, row) for row in known.projects],
    }


def _in_office_lately(known: VillageKnowledge) -> list[CommitteeMember]:
    order = {body: place for place, body in enumerate(Body.values)}
    return sorted(known.members, key=lambda row: (row.to_on is not None, order.get(row.body, 9), row.name))


def _in_words(table: AskTable, row: Any) -> dict[str, Any]:
    found = {}
    for ask in table.columns:
        value = getattr(row, ask.key)
        found[ask.key] = _WORDS[ask.read].get(value, "") if ask.read in _WORDS else value
    return found
