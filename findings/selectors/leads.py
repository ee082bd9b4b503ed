"""The inbox of leads: one list for every suspicion of a round, and what stands on the page of one."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.text import Truncator

from core import clock
from core.ids import key_of
from core.listing import Page, keyset
from core.search import every_word
from core.text import clean
from findings.models import FieldPaper, Finding, Lead, LeadCheck, LeadSource, LeadStatus, SourceKind, Talk
from prep.models import WatchItem
from villages.models import Round, Village

NOBODY = "-"
MINE = "me"
_SOURCE_OF = {
    LeadSource.OPEN_ANSWER: SourceKind.SURVEY,
    LeadSource.RESULT: SourceKind.SURVEY,
    LeadSource.PETITION: SourceKind.PETITION,
    LeadSource.LEDGER: SourceKind.LEDGER,
    LeadSource.TALK: SourceKind.TALK,
}
# What one step of 发现过程 holds.
_LONGEST_STEP = 500
_CHOICES = ("status", "source", "village", "holder")


@dataclass(frozen=True)
class LeadFilters:
    """The choices in the address of the inbox; empty means no restriction.

    ``holder``: ``me``, ``-`` for nobody, or nothing; ``late``: only open ones past their day.
    """

    status: str = ""
    source: str = ""
    village: str = ""
    holder: str = ""
    late: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "LeadFilters":
        """Take what the address says; unknown names and values restrict nothing."""
        status, source, holder = (given.get(name, "") for name in ("status", "source", "holder"))
        return cls(
            status=status if status in LeadStatus.values else "",
            source=source if source in LeadSource.values else "",
            village=clean(str(given.get("village", "")))[:12],
            holder=holder if holder in (MINE, NOBODY) else "",
            late="1" if given.get("late") else "",
            q=clean(str(given.get("q", "")))[:60].strip(),
        )

    def condition(self, viewer: Any, today: dt.date) -> Q:
        """The restriction on leads."""
        found = Q()
        if self.status:
            found &= Q(status=self.status)
        if self.source:
            found &= Q(source=self.source)
        if self.village:
            found &= Q(village__code=self.village)
        if self.holder:
            found &= Q(handler=viewer.pk if self.holder == MINE else None)
        if self.late:
            found &= Q(status=LeadStatus.OPEN, due_on__lt=today)
        return found & matches(self.q)


def matches(words: str) -> Q:
    """Leads in which every word stands in number, title, description or village name."""
    return every_word(words, "title", "no", "text", "village__name")


@dataclass(frozen=True)
class LeadInbox:
    """One page of leads and, for each filter, its choices with counts."""

    page: Page
    count: int
    total: int
    states: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    villages: list[dict[str, Any]]
    holders: list[dict[str, Any]]
    late: int


def with_lead_relations(leads: Any) -> Any:
    """Join what rules and pages of a lead read."""
    return leads.select_related(
        "inspection", "round", "team", "village", "handler", "category__parent", "concluded_by"
    )


def leads_of(viewer: Any, round_: Round) -> QuerySet[Lead]:
    """Leads of a round that ``viewer`` may see."""
    return Lead.objects.visible_to(viewer).filter(round=round_)


def inbox(viewer: Any, round_: Round, filters: LeadFilters, *, cursor: str = "") -> LeadInbox:
    """The inbox as ``viewer`` sees it, newest first, in a constant number of queries."""
    today = clock.today()
    leads = leads_of(viewer, round_)
    cells = _cells(
        leads.filter(replace(LeadFilters(), q=filters.q, late=filters.late).condition(viewer, today))
    )
    rows = with_lead_relations(leads.filter(filters.condition(viewer, today)))
    counts = {name: _tally(viewer, cells, filters, name) for name in ("", *_CHOICES)}
    late = leads.filter(replace(filters, late="1").condition(viewer, today)).count()
    names = Village.objects.filter(code__in=counts["village"]).order_by("code").values_list("code", "name")
    return LeadInbox(
        page=keyset(rows, order=["-id"], cursor=cursor, size=50),
        count=counts[""][""],
        total=sum(cell["n"] for cell in cells),
        states=_pills(LeadStatus, counts["status"]),
        sources=[_choice(row, counts["source"]) for row in LeadSource if counts["source"][row]],
        villages=[{"value": code, "label": name, "count": counts["village"][code]} for code, name in names],
        holders=[
            {"value": MINE, "label": "我承办", "count": counts["holder"][MINE]},
            {"value": NOBODY, "label": "无人承办", "count": counts["holder"][NOBODY]},
        ],
        late=late,
    )


def _cells(leads: QuerySet[Lead]) -> list[dict[str, Any]]:
    """Leads counted by every combination of choices: one query answers all filters."""
    rows = leads.order_by().values("status", "source", "village__code", "handler_id").annotate(n=Count("pk"))
    return [row | {"village": row["village__code"], "holder": row["handler_id"]} for row in rows]


def _tally(viewer: Any, cells: list[dict[str, Any]], filters: LeadFilters, dimension: str) -> Counter[str]:
    """How many leads stand behind each value of ``dimension``, the other choices kept; all in one without it."""
    counts: Counter[str] = Counter()
    for cell in cells:
        holder = NOBODY if cell["holder"] is None else MINE if cell["holder"] == viewer.pk else ""
        seen = cell | {"holder": holder}
        chosen = {name: getattr(filters, name) for name in _CHOICES if name != dimension}
        if all(seen[name] == value for name, value in chosen.items() if value):
            counts[seen[dimension] if dimension else ""] += cell["n"]
    return counts


def _choice(row: Any, counts: Counter[str]) -> dict[str, Any]:
    return {"value": row.value, "label": row.label, "count": counts[row]}


def _pills(states: Any, counts: Counter[str]) -> list[dict[str, Any]]:
    pills = [{"value": "", "label": "全部", "count": sum(counts.values())}]
    return pills + [_choice(row, counts) for row in states if counts[row]]


def checks_of(lead: Lead) -> list[LeadCheck]:
    """What checks the lead, in the order it was linked."""
    joined = ("finding__team", "finding__round", "talk", "paper", "watch_item")
    return list(lead.checks.select_related(*joined).order_by("id"))


def linkable(viewer: Any, lead: Lead) -> list[tuple[str, list[tuple[str, str]]]]:
    """Papers, talks and items of the village not yet linked, for a choice in groups; values are ``way:key``.

    In each group those the viewer wrote or holds come first.
    """
    taken = {(check.way, check.thing.pk) for check in checks_of(lead)}
    mine: dict[str, tuple[str, Any]] = {
        "finding": (
            "问题底稿",
            Finding.objects.visible_to(viewer).alive().exclude(status__in=Finding.PUT_ASIDE),
        ),
        "talk": ("谈话记录", Talk.objects.visible_to(viewer).alive()),
        "paper": ("走访、核查、座谈", FieldPaper.objects.visible_to(viewer).alive()),
        "watch_item": ("待查问题", WatchItem.objects.visible_to(viewer)),
    }
    groups = []
    for way, (label, rows) in mine.items():
        found = rows.filter(inspection=lead.inspection_id).select_related("team", "round").order_by("-id")
        rest = sorted(found, key=lambda row: viewer.pk not in _people_of(row))
        options = [(f"{way}:{row.pk}", thing_label(way, row)) for row in rest if (way, row.pk) not in taken]
        if options:
            groups.append((label, options))
    return groups


def _people_of(row: Any) -> set[Any]:
    """Accounts that wrote a paper or hold an item."""
    named = ("handler_id", "recorder_id", "talker_id", "companion_id", "assignee_id")
    return {getattr(row, name, None) for name in named}


def thing_label(way: str, row: Any) -> str:
    """A paper, talk or item in one line."""
    if way == "talk":
        return f"{row.no or '未编号'} 与{row.get_target_category_display()}谈话"
    if way == "paper":
        return f"{row.no or '未编号'} {row.subject}"
    return f"第{row.seq}条 {row.title}" if way == "watch_item" else f"{row.short_no} {row.title}"


def lead_named(viewer: Any, round_: Round, wanted: str) -> Lead | None:
    """The open lead whose key stands in an address, when the viewer sees it in this round."""
    rows = with_lead_relations(leads_of(viewer, round_)).filter(status=LeadStatus.OPEN)
    return rows.filter(pk=key_of(wanted)).first()


def words_of_lead(lead: Lead) -> dict[str, Any]:
    """What a workpaper begins with when it is written from a lead."""
    category, source = lead.category, _SOURCE_OF.get(LeadSource(lead.source))
    return {
        "title": lead.title,
        "category": category.parent or category if category else None,
        "subcategory": category if category and category.parent_id else None,
        "summary": lead.text,
        "origins": [source] if source else [],
        "discovery": [*_seen(lead, source), *_checked(lead)],
    }


def _seen(lead: Lead, source: SourceKind | None) -> list[dict[str, Any]]:
    """Where the suspicion came up (a sheet with its row), as the first step of how the problem was found.

    No step without a way of finding that a paper knows. A petition is not told apart: papers are printed and read by
    more people than petitions are.
    """
    if source is None:
        return []
    told = "" if lead.source == LeadSource.PETITION else lead.origin
    place = "：".join(filter(None, [lead.get_source_display(), told]))
    text = f"{place}。登记为疑点{lead.no}“{lead.title}”。"
    return [{"on": lead.opened_on, "method": source, "people": lead.opened_by_name, "text": _shortened(text)}]


def _checked(lead: Lead) -> list[dict[str, Any]]:
    """Talks and visits that check the lead as further steps, in the order they were held."""
    joined = ("talk__talker", "talk__recorder", "paper__companion", "paper__recorder")
    checks = lead.checks.standing().exclude(talk=None, paper=None).select_related(*joined)
    held: list[Any] = sorted((check.talk or check.paper for check in checks), key=lambda row: row.happened_at)
    return [
        {
            "on": timezone.localdate(row.happened_at),
            "method": SourceKind.TALK if isinstance(row, Talk) else row.spec.source,
            "people": f"{row.other.display_name}、{row.recorder.display_name}",
            "text": _shortened(f"{row.noun}{_label(row)}"),
        }
        for row in held
    ]


def _label(row: Talk | FieldPaper) -> str:
    return thing_label("talk" if isinstance(row, Talk) else "paper", row)


def _shortened(text: str) -> str:
    return Truncator(text).chars(_LONGEST_STEP)


def leads_checked_by(viewer: Any, **thing: Any) -> list[Lead]:
    """Leads that something checks; ``thing`` is one of ``finding``, ``talk``, ``paper``, ``watch_item``."""
    rows = Lead.objects.visible_to(viewer).filter(**{f"checks__{name}": row for name, row in thing.items()})
    return list(rows.select_related("village").order_by("id"))


def my_open_leads(viewer: Any, round_: Round) -> QuerySet[Lead]:
    """Open leads the viewer holds, the nearest day first."""
    rows = leads_of(viewer, round_).filter(status=LeadStatus.OPEN, handler=viewer)
    return rows.select_related("village").order_by("due_on", "id")
