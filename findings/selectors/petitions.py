"""Petitions as a register and as a page, and which of them may be about one matter."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from core import clock
from core.listing import Page, counts_by, keyset
from core.search import every_word
from core.text import clean
from findings import rules
from findings.models import (
    Channel,
    Lead,
    LeadSource,
    Petition,
    PetitionDisposal,
    PetitionStatus,
)
from findings.workflow import PETITION_FLOW
from prep.selectors.facts import committee
from villages.access import is_office
from villages.models import Round, Stage, Village, VillageInspection

_LATE = "late"


@dataclass(frozen=True)
class PetitionFilters:
    """The choices in the address of the register."""

    status: str = ""
    village: str = ""
    channel: str = ""
    late: bool = False
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "PetitionFilters":
        """Take what the address says; an unknown value restricts nothing."""
        status, channel = given.get("status", ""), given.get("channel", "")
        return cls(
            status=status if status in PetitionStatus.values else "",
            village=clean(str(given.get("village", "")))[:12],
            channel=channel if channel in Channel.values else "",
            late=given.get(_LATE, "") == "1",
            q=clean(str(given.get("q", ""))).strip()[:50],
        )

    def as_query(self) -> str:
        """The same choices as an address carries them."""
        chosen = {name: value for name, value in asdict(self).items() if value}
        return urlencode(chosen | ({_LATE: "1"} if self.late else {}))

    def condition(self, without: str = "") -> Q:
        """The restriction, one choice left out where its alternatives are counted."""
        found = matches(self.q)
        if self.status and without != "status":
            found &= Q(status=self.status)
        if self.village and without != "village":
            found &= Q(village__code=self.village)
        if self.channel and without != "channel":
            found &= Q(channel=self.channel)
        if self.late and without != _LATE:
            found &= overdue()
        return found


def overdue() -> Q:
    """Whose next step should have been taken."""
    today = clock.today()
    undecided = Q(status__in=[PetitionStatus.REGISTERED, PetitionStatus.PROPOSED], decide_by__lt=today)
    return undecided | Q(status=PetitionStatus.HANDLING, due_on__lt=today)


def matches(words: str) -> Q:
    """Petitions in which every word stands in number, summary or village name."""
    return every_word(words, "no", "summary", "village__name")


@dataclass(frozen=True)
class PetitionList:
    """One page of the register with the counts behind the filters."""

    page: Page
    count: int
    late: int
    states: list[dict[str, Any]]
    villages: list[dict[str, Any]]
    channels: list[dict[str, Any]]


def with_relations(petitions: Any) -> Any:
    """Join what rules and pages of a petition read."""
    return petitions.select_related(
        "inspection__village", "round", "team", "village", "town", "category", "registered_by", "proposed_by",
        "handler", "duplicate_of",
    )  # fmt: skip


def petition_list(viewer: Any, round_: Round, filters: PetitionFilters, *, cursor: str = "") -> PetitionList:
    """Petitions of a round the viewer may see, the newest first."""
    petitions = Petition.objects.visible_to(viewer).filter(round=round_)
    states = counts_by(petitions.filter(filters.condition("status")), "status")
    villages = counts_by(petitions.filter(filters.condition("village")), "village__code")
    channels = counts_by(petitions.filter(filters.condition("channel")), "channel")
    names = Village.objects.filter(code__in=villages).order_by("code").values_list("code", "name")
    pills = [{"value": "", "label": "全部", "count": sum(states.values())}]
    pills += [{"value": s.value, "label": s.label, "count": states[s]} for s in PetitionStatus if states[s]]
    rows = petitions.filter(filters.condition()).select_related("village", "handler", "round")
    return PetitionList(
        page=keyset(rows, order=["-received_on", "-id"], cursor=cursor, size=50),
        count=states[filters.status] if filters.status else sum(states.values()),
        late=petitions.filter(filters.condition(_LATE) & overdue()).count(),
        states=pills,
        villages=[{"value": code, "label": name, "count": villages[code]} for code, name in names],
        channels=[{"value": c.value, "label": c.label, "count": channels[c]} for c in Channel if channels[c]],
    )


def open_villages(viewer: Any, round_: Round) -> QuerySet[VillageInspection]:
    """Villages of the round for which ``viewer`` may enter a petition."""
    rows = VillageInspection.objects.visible_to(viewer).filter(round=round_)
    rows = rows.exclude(status__in=[Stage.RECTIFY, Stage.FILED])
    if not is_office(viewer):
        rows = rows.filter(team__memberships__user=viewer)
    return rows.select_related("village", "town", "team", "round").order_by("village__code")


def names_in_office(viewer: Any, inspection: VillageInspection) -> list[str]:
    """Names of the village's committee: a text that holds one of them is pointed out to its writer."""
    return [member.name for member in committee(viewer, inspection)]


def petition_page(viewer: Any, petition: Petition) -> dict[str, Any]:
    """What stands on a petition's page."""
    opinions = list(petition.opinions.select_related("person").order_by("id"))
    related = Petition.objects.visible_to(viewer).filter(pk__in=petition.related.values("pk"))
    return {
        "opinions": opinions,
        "lead": Lead.objects.visible_to(viewer)
        .filter(source=LeadSource.PETITION, source_key=str(petition.pk))
        .first(),
        "related": list(related.order_by("id")),
        "duplicates": list(Petition.objects.visible_to(viewer).filter(duplicate_of=petition).order_by("id")),
        "alike": alike_petitions(viewer, petition) if petition.status in Petition.WAITING else [],
        "offers": PETITION_FLOW.available(viewer, petition),
        "can_edit": rules.can_edit_petition(viewer, petition),
        "can_relate": rules.can_relate(viewer, petition),
        "can_merge": PETITION_FLOW.check(viewer, petition, "merge"),
        "telling": rules.telling_parts(petition.summary, names_in_office(viewer, petition.inspection)),
    }


_NEAR = 0.3
_CONSIDERED = 300


def alike_petitions(viewer: Any, petition: Petition, limit: int = 5) -> list[Petition]:
    """Others of the village whose summary shares much of its words, the nearest first; linked ones left out."""
    others = (
        Petition.objects.visible_to(viewer)
        .filter(village=petition.village_id)
        .exclude(pk__in=[petition.pk, *petition.related.values_list("pk", flat=True)])
        .exclude(duplicate_of=petition)
        .exclude(pk=petition.duplicate_of_id)
        .select_related("round")
        .order_by("-id")[:_CONSIDERED]
    )
    own = _pairs(petition.summary)
    near = [(_share(own, _pairs(other.summary)), other) for other in others]
    near = [pair for pair in near if pair[0] >= _NEAR]
    return [other for _, other in sorted(near, key=lambda pair: -pair[0])[:limit]]


def _pairs(text: str) -> set[str]:
    letters = [char for char in text if char.isalnum()]
    return {one + two for one, two in pairwise(letters)}


def _share(own: set[str], other: set[str]) -> float:
    """How much of the shorter text stands in the other one: a short repetition of a long letter is alike too."""
    least = min(len(own), len(other))
    return len(own & other) / least if least else 0.0


def merge_targets(viewer: Any, petition: Petition) -> QuerySet[Petition]:
    """Petitions of the same village and round that ``petition`` may go into."""
    rows = Petition.objects.visible_to(viewer).filter(inspection=petition.inspection_id)
    return rows.exclude(pk=petition.pk).exclude(status=PetitionStatus.MERGED).order_by("id")


def disposals_for(petition: Petition) -> list[tuple[str, str]]:
    """Ways of disposal that are open to it."""
    return [(d.value, d.label) for d in PetitionDisposal if petition.in_scope or d not in Petition.INSIDE]


def search(viewer: Any, q: str, limit: int = 8) -> list[dict[str, str]]:
    """Petitions for the search box, by number, summary and village; what is sealed is not searched."""
    if not q.strip():
        return []
    rows = Petition.objects.visible_to(viewer).filter(matches(q)).select_related("village", "round")
    return [
        {
            "title": row.summary[:60],
            "detail": f"{row.no} · {row.village.name} · {row.get_status_display()}",
            "url": reverse("findings:petition", kwargs={"pk": row.pk}),
        }
        for row in rows.order_by("-id")[:limit]
    ]
