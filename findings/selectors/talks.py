"""Talk records as a list, as a page and as a printed form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from core.display import NOTHING
from core.listing import Page, counts_by, keyset
from core.text import clean
from findings.documents import TalkData, TalkLine
from findings.models import Talk, TalkPoint, TalkSignature, TalkStatus
from findings.selectors.content import talk_hash
from findings.selectors.field import signature_lines, spoken_time
from prep.models import Outline, OutlineLine
from prep.selectors.facts import committee
from prep.selectors.posts import holders
from villages.models import Round, Village


@dataclass(frozen=True)
class TalkFilters:
    """The choices in the address of the talk list."""

    status: str = ""
    village: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "TalkFilters":
        """Take what the address says; an unknown status restricts nothing."""
        status = given.get("status", "")
        return cls(status if status in TalkStatus.values else "", clean(str(given.get("village", "")))[:12])

    def condition(self, without: str = "") -> Q:
        """The restriction, one choice left out where its alternatives are counted."""
        found = Q()
        if self.status and without != "status":
            found &= Q(status=self.status)
        if self.village and without != "village":
            found &= Q(village__code=self.village)
        return found


@dataclass(frozen=True)
class TalkList:
    """One page of records with the counts behind the filters."""

    page: Page
    count: int
    states: list[dict[str, Any]]
    villages: list[dict[str, Any]]


def with_people(talks: Any) -> Any:
    """Join what rules and pages of a record read."""
    return talks.select_related(
        "inspection", "round", "team", "village", "talker", "recorder", "outline_used__kind"
    )


def talk_list(viewer: Any, round_: Round, filters: TalkFilters, *, cursor: str = "") -> TalkList:
    """Talks of a round the viewer may see, newest first."""
    talks = Talk.objects.visible_to(viewer).alive().filter(round=round_)
    states = counts_by(talks.filter(filters.condition("status")), "status")
    villages = counts_by(talks.filter(filters.condition("village")), "village__code")
    names = Village.objects.filter(code__in=villages).order_by("code").values_list("code", "name")
    rows = with_people(talks.filter(filters.condition()))
    pills = [{"value": "", "label": "全部", "count": sum(states.values())}]
    pills += [{"value": s.value, "label": s.label, "count": states[s]} for s in TalkStatus if states[s]]
    return TalkList(
        page=keyset(rows, order=["-happened_at", "id"], cursor=cursor, size=50),
        count=states[filters.status] if filters.status else sum(states.values()),
        states=pills,
        villages=[{"value": code, "label": name, "count": villages[code]} for code, name in names],
    )


def talk_start(viewer: Any, outline: Outline) -> dict[str, Any]:
    """What the form of a talk begins with when it follows ``outline``: its village, its person, its questions.

    Where the committee list knows exactly one person of the kind, that is who is meant.
    """
    questions = outline.lines.order_by("seq").values_list("text", flat=True)
    known = holders(outline.kind, committee(viewer, outline.inspection))
    return {
        "village": outline.inspection_id,
        "target_category": outline.kind.talk_category,
        "target_name": outline.person or (known[0] if len(known) == 1 else ""),
        "target_post": "" if outline.kind.shielded else outline.kind.name,
        "outline": [{"question": text} for text in questions],
    }


def talk_page(talk: Talk) -> dict[str, Any]:
    """What stands on a record's page: points, signatures, the papers that cite it."""
    signatures = list(talk.signatures.select_related("user").order_by("at", "id"))
    live = {mark.content_hash for mark in signatures if mark.cleared_at is None}
    points = list(talk.points.order_by("seq"))
    return {
        "points": [point for point in points if point.spoken_of],
        "unasked": _unasked(talk, [point.question for point in points if not point.spoken_of]),
        "signatures": signatures,
        "seal_broken": bool(live) and live != {talk_hash(talk)},
        "cited": talk.cited.select_related("finding__team").order_by("finding_id"),
    }


def _unasked(talk: Talk, questions: list[str]) -> list[tuple[str, bool]]:
    """Questions without an answer, each with whether the outline says it must be asked; those first."""
    if not questions or not talk.outline_used_id:
        return [(text, False) for text in questions]
    rows = OutlineLine.objects.filter(outline=talk.outline_used_id, must=True)
    must = set(rows.values_list("text", flat=True))
    return sorted(((text, text in must) for text in questions), key=lambda line: not line[1])


def printed_talk_parts() -> tuple[Any, ...]:
    """What :func:`talk_data` reads beside the record itself, to be fetched for many records at once."""
    return (
        Prefetch("signatures", TalkSignature.objects.select_related("user").order_by("at", "id")),
        Prefetch("points", TalkPoint.objects.order_by("seq")),
    )


def talk_data(talk: Talk) -> TalkData:
    """The record in words, for the printed form."""
    prefetch_related_objects([talk], *printed_talk_parts())
    return TalkData(
        number=talk.no or "首次签名时编号",
        office=f"{talk.round.district.name}委巡察办",
        round=talk.round.name,
        team=talk.team.name,
        village=f"{talk.town.name}{talk.village.name}党组织",
        created=timezone.localdate(talk.happened_at),
        when=spoken_time(talk),
        place=talk.place,
        category=talk.get_target_category_display(),
        person=talk.target_name,
        post=talk.target_post,
        purpose=talk.purpose,
        talker=talk.talker.display_name,
        recorder=talk.recorder.display_name,
        outline=_outline(talk.outline_used),
        points=tuple(TalkLine(row.question, row.answer, row.key_point) for row in talk.points.all()),
        read_back=talk.read_back,
        status=talk.get_status_display(),
        signatures=signature_lines(talk),
    )


def _outline(outline: Outline | None) -> str:
    return f"{outline.kind.name}{outline.version_label}" if outline else NOTHING
