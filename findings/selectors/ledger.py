"""Stories of the books as people look through them: by village, one with its hits, a round's villages, the rules."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from core import clock
from core.listing import Page, keyset
from core.search import every_word
from core.text import clean
from findings.models import Lead, LeadSource, LeadStatus
from findings.models.lead import STORY_PREFIX
from findings.rules.ledger import Record
from findings.selectors.ledger_rows import SHOWN_ROWS, check_start, rows_named, tables
from ledgers.models import LedgerHit, LedgerStory, StoryStatus, Weight
from ledgers.rules.catalogue import all_rules
from ledgers.rules.rule import Rule
from ledgers.selectors.limits import Told, own_limits, told_limits
from ledgers.selectors.rows import Group, rows_address
from ledgers.selectors.runs import Due, due_villages
from villages.models import Round, VillageInspection

GONE = "gone"
_CHOICES = ("state", "severity", "rule", "year")


def lead_key(story: LedgerStory) -> str:
    """The key under which a lead names the story it was made of."""
    return f"{STORY_PREFIX}{story.pk}"


def story_of_lead(viewer: Any, lead: Lead) -> LedgerStory | None:
    """The story a lead was made of, where it comes from one that ``viewer`` may see."""
    if lead.story_key is None:
        return None
    rows = with_story_relations(LedgerStory.objects.visible_to(viewer))
    return rows.filter(pk=lead.story_key, inspection=lead.inspection_id).first()


def words_of_check(viewer: Any, lead: Lead) -> dict[str, Any]:
    """What a spot check begins with that is written on a lead: the rows behind it, where it comes from the books."""
    story = story_of_lead(viewer, lead)
    return check_start(story) if story else {"subject": lead.title, "basis": lead.text[:2000]}


def leads_of_stories(viewer: Any, stories: Iterable[LedgerStory]) -> dict[Any, Lead]:
    """The leads made of stories, by the story's key; one query."""
    keys = {lead_key(story): story.pk for story in stories if story.status == StoryStatus.LED}
    rows = Lead.objects.visible_to(viewer).filter(source=LeadSource.LEDGER, source_key__in=keys)
    return {keys[lead.source_key]: lead for lead in rows}


def with_story_relations(stories: Any) -> Any:
    """Join what rules and pages of a story read."""
    return stories.select_related("inspection", "round__district", "team", "village", "settled_by")


# --- a village --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StoryFilters:
    """The choices in the address of a village's list; empty means no restriction.

    ``state``: a :class:`StoryStatus`, or ``gone`` for what no longer arises, which is shown nowhere else.
    """

    state: str = ""
    severity: str = ""
    rule: str = ""
    year: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "StoryFilters":
        """Take what the address says; unknown names and values restrict nothing."""
        state, severity, rule, year = (str(given.get(name, "")) for name in _CHOICES)
        return cls(
            state=state if state in (*StoryStatus.values, GONE) else "",
            severity=severity if severity in map(str, Weight.values) else "",
            rule=rule if rule in all_rules() else "",
            year=year if len(year) == 4 and year.isascii() and year.isdigit() else "",
            q=clean(str(given.get("q", "")))[:60].strip(),
        )

    def condition(self) -> Q:
        """The restriction on stories."""
        found = Q(gone=self.state == GONE)
        if self.state and self.state != GONE:
            found &= Q(status=self.state)
        if self.severity:
            found &= Q(severity=self.severity)
        if self.rule:
            found &= Q(rules__contains=f" {self.rule} ")
        if self.year:
            found &= Q(years__contains=f" {self.year} ")
        return found & every_word(self.q, "title", "text")


@dataclass(frozen=True)
class StoryList:
    """One page of a village's stories and the counts behind each choice."""

    page: Page
    count: int
    states: list[dict[str, Any]]
    severities: list[dict[str, Any]]
    rules: list[dict[str, Any]]
    years: list[dict[str, Any]]
    leads: dict[Any, Lead]


def story_list(
    viewer: Any, inspection: VillageInspection, filters: StoryFilters, *, cursor: str = ""
) -> StoryList:
    """A village's stories, the gravest first; three queries."""
    rows = LedgerStory.objects.visible_to(viewer).filter(inspection=inspection)
    # A village has some hundreds of stories at most: their marks in one query answer all filters.
    marks: list[Any] = list(
        rows.filter(every_word(filters.q, "title", "text")).values(
            "status", "gone", "severity", "rules", "years"
        )
    )
    page = keyset(
        with_story_relations(rows.filter(filters.condition())),
        order=["-severity", "id"],
        cursor=cursor,
        size=30,
    )
    states = _tally(marks, filters, "state")
    severities, rules, years = (_tally(marks, filters, name) for name in ("severity", "rule", "year"))
    names = all_rules()
    return StoryList(
        page=page,
        count=sum(_fits(mark, filters) for mark in marks),
        states=[
            {"value": "", "label": "全部", "count": sum(n for state, n in states.items() if state != GONE)},
            *({"value": s.value, "label": s.label, "count": states[s]} for s in StoryStatus if states[s]),
            *([{"value": GONE, "label": "不再出现", "count": states[GONE]}] if states[GONE] else []),
        ],
        severities=[
            {"value": str(w.value), "label": w.label, "count": severities[str(w.value)]}
            for w in reversed(Weight) if severities[str(w.value)]
        ],
        rules=[
            {"value": code, "label": f"{code} {names[code].name}", "count": rules[code]}
            for code in sorted(rules) if code in names
        ],
        years=[{"value": year, "label": f"{year}年", "count": years[year]} for year in sorted(years)],
        leads=leads_of_stories(viewer, page.rows),
    )  # fmt: skip


_READ: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "state": lambda mark: [GONE if mark["gone"] else mark["status"]],
    "severity": lambda mark: [str(mark["severity"])],
    "rule": lambda mark: mark["rules"].split(),
    "year": lambda mark: mark["years"].split(),
}


def _fits(mark: dict[str, Any], filters: StoryFilters, without: str = "") -> bool:
    """Whether a story is shown under the choices, one of them left out."""
    if without != "state" and not filters.state and mark["gone"]:
        return False
    chosen = {name: getattr(filters, name) for name in _CHOICES if name != without}
    return all(value in _READ[name](mark) for name, value in chosen.items() if value)


def _tally(marks: list[dict[str, Any]], filters: StoryFilters, name: str) -> Counter[str]:
    """How many stories stand behind each value of a choice, the others kept."""
    return Counter(value for mark in marks if _fits(mark, filters, name) for value in _READ[name](mark))


# --- one story --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownHit:
    """A hit with its rule, the limits it was found with, and the first of its rows."""

    hit: LedgerHit
    rule: Rule
    limits: list[Told]
    tables: list[Group]
    more: int
    all_rows: str
    record: Record


def shown_hits(story: LedgerStory, *, gone: bool = False) -> list[ShownHit]:
    """The hits of a story as its page shows them; a constant number of queries."""
    hits = list(story.hits.filter(gone=gone).order_by("-severity", "rule", "id"))
    own, rules = own_limits(story.round) if hits else {}, all_rules()
    records = rule_records({hit.rule for hit in hits})
    found = rows_named(key for hit in hits for key in hit.rows[:SHOWN_ROWS])
    return [
        ShownHit(
            hit=hit,
            rule=rules[hit.rule],
            limits=told_limits(rules[hit.rule], own.get(hit.rule, {})),
            tables=tables(found[key] for key in hit.rows[:SHOWN_ROWS] if key in found),
            more=max(len(hit.rows) - SHOWN_ROWS, 0),
            all_rows=rows_address(story.village_id, hit.rows),
            record=records[hit.rule],
        )
        for hit in hits
        if hit.rule in rules
    ]


def related_stories(viewer: Any, story: LedgerStory) -> list[LedgerStory]:
    """Other stories that rest on some of the same rows."""
    rows = LedgerStory.objects.visible_to(viewer).standing().filter(inspection=story.inspection_id)
    return list(rows.filter(pk__in=story.related).order_by("-severity", "id")[:20])


# --- a round ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class VillageLine:
    """One village of the round: its books' last check and its standing stories by what became of them."""

    due: Due
    grave: int
    open: int
    led: int
    dismissed: int

    @property
    def inspection(self) -> VillageInspection:
        """The village in the round."""
        return self.due.inspection

    @property
    def total(self) -> int:
        """All its standing stories."""
        return self.open + self.led + self.dismissed


def overview(viewer: Any, round_: Round, today: dt.date | None = None) -> list[VillageLine]:
    """Every village of the round that has books, as far as ``viewer`` sees them, in a constant number of queries."""
    stories = LedgerStory.objects.visible_to(viewer).standing().filter(round=round_)
    counted: Counter[tuple[Any, str]] = Counter()
    for status, severity, village in stories.order_by().values_list("status", "severity", "inspection"):
        counted[village, status] += 1
        if severity == Weight.GRAVE and status == StoryStatus.OPEN:
            counted[village, "grave"] += 1
    return [
        VillageLine(
            due=due,
            grave=counted[due.inspection.pk, "grave"],
            open=counted[due.inspection.pk, StoryStatus.OPEN],
            led=counted[due.inspection.pk, StoryStatus.LED],
            dismissed=sum(counted[due.inspection.pk, status] for status in LedgerStory.DISMISSED),
        )
        for due in due_villages(viewer, round_, today or clock.today())
    ]


def waiting_stories(viewer: Any, round_: Round) -> QuerySet[LedgerStory]:
    """Standing stories nobody has decided about."""
    return LedgerStory.objects.visible_to(viewer).standing().filter(round=round_, status=StoryStatus.OPEN)


# --- rules ------------------------------------------------------------------------------------------------

_CONCLUDED: dict[str, str] = {
    LeadStatus.PROVEN: "proven",
    LeadStatus.EXPLAINED: "explained",
    LeadStatus.DATA_ERROR: "wrong_data",
}
_DISMISSED: dict[str, str] = {StoryStatus.EXPLAINED: "explained", StoryStatus.DATA_ERROR: "wrong_data"}


def rule_records(codes: Collection[str] | None = None) -> dict[str, Record]:
    """How often each rule, or each of ``codes``, was right in all rounds, by what people concluded; two queries.

    A story counts once for each rule that has a part in it. Only counts leave here, so all rounds may be counted.
    """
    wanted = all_rules().keys() if codes is None else codes
    if not wanted:
        return {}
    stories = LedgerStory.objects.all()
    if codes is not None:
        stories = stories.filter(reduce(or_, (Q(rules__contains=f" {code} ") for code in codes)))
    leads = Lead.objects.filter(source=LeadSource.LEDGER, source_key__startswith=STORY_PREFIX)
    concluded = dict(leads.values_list("source_key", "status"))
    counted: Counter[tuple[str, str]] = Counter()
    for pk, status, gone, rules in stories.values_list("pk", "status", "gone", "rules").iterator():
        became = _DISMISSED.get(status) or _CONCLUDED.get(concluded.get(f"{STORY_PREFIX}{pk}", ""), "")
        if became or not gone:
            for rule in rules.split():
                counted[rule, became or "waiting"] += 1
    parts = ("proven", "explained", "wrong_data", "waiting")
    return {code: replace(Record(), **{part: counted[code, part] for part in parts}) for code in wanted}


@dataclass(frozen=True)
class RuleLine:
    """A rule with its limits in force and how often it was right."""

    rule: Rule
    limits: list[Told]
    record: Record


def rule_lines(round_: Round) -> list[RuleLine]:
    """All rules in the order of their codes, with the limits of the round."""
    own, told = own_limits(round_), rule_records()
    return [
        RuleLine(rule, told_limits(rule, own.get(code, {})), told[code]) for code, rule in all_rules().items()
    ]
