"""Papers of one village that may be one problem: what is proposed for a paper, and the threads there are."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from core.listing import Page, capped_count, keyset
from core.search import every_word
from core.text import clean
from findings.models import Finding, ProblemThread, ThreadPaper, ThreadRefusal
from findings.rules.likeness import Likeness, Traits, highlighted, likeness
from findings.selectors.thread_years import crosses_terms
from prep.models import Origin, WatchItem
from prep.selectors import head_terms
from villages.models import Round, Village, VillageInspection
from villages.selectors.schemes import five_code

# The newest papers of one village that are looked at for one paper, and how many of them are shown at once.
MOST, SHOWN = 200, 6
_EARLIER = WatchItem.key_of(Origin.EARLIER, "")
# What papers in lists and comparisons are read with.
_JOINED = (
    "round", "team", "village", "category__scheme", "subcategory__scheme", "watch_item__check_point",
    "thread_paper", "inspection",
)  # fmt: skip


@dataclass(frozen=True)
class Proposal:
    """A paper that may be the same problem. ``title``: pieces, each with whether the other paper says it too.

    ``readable``: may the viewer open the paper itself? Of a paper of another team's earlier round only its words.
    """

    finding: Finding
    like: Likeness
    title: list[tuple[str, bool]]
    readable: bool
    thread: ProblemThread | None


@dataclass(frozen=True)
class Proposals:
    """What stands around one paper: its thread, what is to be judged, what was judged not to belong.

    ``elsewhere``: its thread has gone on to a round of which the viewer does not know.
    """

    own: ThreadPaper | None = None
    elsewhere: bool = False
    open: list[Proposal] = field(default_factory=list)
    more: int = 0
    others: list[Finding] = field(default_factory=list)
    refused: list[ThreadRefusal] = field(default_factory=list)


def reachable(viewer: Any, finding: Finding) -> QuerySet[Finding]:
    """Standing papers of the same village that may be put beside ``finding`` by the viewer, newest round first.

    Of the same round those the viewer sees; of earlier rounds every confirmed one: the team that is there now must
    know them although another team wrote them. A later round is only for who sees it, and only what is confirmed
    looks over the end of its round.
    """
    seen = Finding.objects.visible_to(viewer).filter(pk=OuterRef("pk"))
    rows = Finding.objects.alive().filter(village=finding.village_id).exclude(pk=finding.pk)
    rows = rows.exclude(status__in=Finding.PUT_ASIDE).annotate(readable=Exists(seen))
    begun, confirmed = finding.round.starts_on, Q(status__in=Finding.CONFIRMED)
    near = Q(round=finding.round_id, readable=True) | confirmed & Q(round__starts_on__lt=begun)
    if finding.status in Finding.CONFIRMED:
        near |= confirmed & Q(round__starts_on__gt=begun, readable=True)
    return rows.filter(near).select_related(*_JOINED).order_by("-round__starts_on", "-id")


def proposals(viewer: Any, finding: Finding) -> Proposals:
    """What may be the same problem as ``finding``, the likeliest first; four queries, at most ``MOST`` papers.

    The caller has fetched the paper as visible to the viewer.
    """
    own = ThreadPaper.objects.filter(finding=finding).select_related("thread").first()
    known = {
        row.pk: row for row in ProblemThread.objects.visible_to(viewer).filter(village=finding.village_id)
    }
    thread = own.thread_id if own else None
    refused = list(refusals_of(viewer, finding))
    aside = {row.second_id if row.first_id == finding.pk else row.first_id for row in refused}
    rows = [row for row in reachable(viewer, finding)[:MOST] if thread is None or _thread_of(row) != thread]
    mine = traits_of(finding)
    judged = [(row, likeness(mine, traits_of(row))) for row in rows if row.pk not in aside]
    found = sorted((pair for pair in judged if pair[1].enough), key=lambda pair: -pair[1].points)
    proposed = {row.pk for row, _ in found}
    return Proposals(
        own=own if thread in known else None,
        elsewhere=own is not None and thread not in known,
        open=[_proposal(row, like, known) for row, like in found[:SHOWN]],
        more=max(0, len(found) - SHOWN),
        others=[row for row in rows if row.pk not in proposed],
        refused=refused,
    )


def refusals_of(viewer: Any, finding: Finding) -> QuerySet[ThreadRefusal]:
    """What was judged not to be the problem of ``finding``."""
    rows = ThreadRefusal.objects.visible_to(viewer).filter(Q(first=finding) | Q(second=finding))
    return rows.select_related("first__round", "first__team", "second__round", "second__team")


def _thread_of(row: Finding) -> Any:
    place = getattr(row, "thread_paper", None)
    return place.thread_id if place else None


def _proposal(row: Any, like: Likeness, known: dict[Any, ProblemThread]) -> Proposal:
    title = highlighted(row.title, like.words)
    return Proposal(row, like, title, row.readable, known.get(_thread_of(row)))


def traits_of(finding: Finding) -> Traits:
    """What of a paper is compared with others."""
    item, second = finding.watch_item, finding.subcategory
    followed = item.source_key.removeprefix(_EARLIER) if item and item.origin == Origin.EARLIER else ""
    return Traits(
        key=str(finding.pk), title=finding.title, summary=finding.summary,
        second=five_code(second), second_name=second.name if second else "",
        first=five_code(finding.category), first_name=finding.category.name,
        point=item.check_point.code if item and item.check_point else "",
        followed=followed, years=tuple(finding.years), amount=finding.amount,
    )  # fmt: skip


# --- threads ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ThreadLine:
    """One thread in a list: the rounds it was found in, oldest first, where it stands, whether it crosses terms."""

    thread: ProblemThread
    rounds: list[str]
    state: str
    tone: str
    crosses: bool = False

    @property
    def years(self) -> list[int]:
        """Its years, oldest first."""
        return self.thread.years

    @property
    def last_seen(self) -> str:
        """The newest round it was found in."""
        return self.rounds[-1] if self.rounds else ""


def threads_of(viewer: Any, inspection: VillageInspection) -> list[ThreadLine]:
    """Threads with a standing paper of this village in this round, most years first: for pages and for reports."""
    here = _standing(ThreadPaper.objects.filter(inspection=inspection))
    rows = ProblemThread.objects.visible_to(viewer).filter(pk__in=here.values("thread"))
    return _lines(viewer, rows)


def village_threads(viewer: Any, village: Village) -> list[ThreadLine]:
    """Every thread of a village the viewer may see, most years first."""
    return _lines(viewer, ProblemThread.objects.visible_to(viewer).filter(village=village))


def _standing(rows: QuerySet[ThreadPaper]) -> QuerySet[ThreadPaper]:
    return rows.filter(finding__deleted_at__isnull=True).exclude(finding__status__in=Finding.PUT_ASIDE)


def _lines(viewer: Any, rows: QuerySet[ProblemThread]) -> list[ThreadLine]:
    return lines_of(viewer, list(with_papers(rows).order_by("-year_count", "id")))


def with_papers(rows: QuerySet[ProblemThread]) -> QuerySet[ProblemThread]:
    """Join what a line says: village, the standing papers with their rounds, whether a later round was there."""
    papers = _standing(ThreadPaper.objects.select_related("round", "finding").order_by("round__starts_on"))
    later = VillageInspection.objects.filter(
        village=OuterRef("village"), round__starts_on__gt=OuterRef("round__starts_on")
    )
    return rows.select_related("village", "town", "round", "team").prefetch_related(
        Prefetch("papers", papers, to_attr="standing")
    ).annotate(inspected_later=Exists(later))  # fmt: skip


def lines_of(viewer: Any, threads: list[Any]) -> list[ThreadLine]:
    """Threads read by :func:`with_papers`, as lines; one query, for who was in office."""
    register = head_terms(viewer, {thread.village_id for thread in threads})
    return [_line(thread, register[thread.village_id]) for thread in threads]


def _line(thread: Any, register: Any) -> ThreadLine:
    rounds = list(dict.fromkeys(row.round.name for row in thread.standing))
    state, tone = _state(thread, rounds)
    crosses = crosses_terms(register, [row.finding for row in thread.standing])
    return ThreadLine(thread, rounds, state, tone, crosses)


def _state(thread: Any, rounds: list[str]) -> tuple[str, str]:
    """Where the thread stands, in words and as a tone."""
    if not rounds:
        return "底稿都已撤销", "neutral"
    if thread.inspected_later:
        return "最近一轮还没有归入底稿", "neutral"
    if len(rounds) > 1:
        return f"{len(rounds)}轮都有发现", "bad"
    return ("同轮多份底稿" if len(thread.standing) > 1 else "只有一份底稿"), "warn"


@dataclass(frozen=True)
class ThreadFilters:
    """The choices in the address of the list; empty means no restriction."""

    village: str = ""
    years: str = ""
    rounds: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Any) -> "ThreadFilters":
        """Take what the address says; unknown values restrict nothing."""
        years = given.get("years", "")
        return cls(
            village=clean(str(given.get("village", "")))[:12],
            years=years if years in ("2", "3", "4") else "",
            rounds="1" if given.get("rounds") else "",
            q=clean(str(given.get("q", "")))[:60].strip(),
        )

    def apply(self, rows: QuerySet[ProblemThread]) -> QuerySet[ProblemThread]:
        """Narrow ``rows`` by every choice."""
        if self.village:
            rows = rows.filter(village__code=self.village)
        if self.years:
            rows = rows.filter(year_count__gte=int(self.years))
        if self.rounds:
            rows = rows.filter(round_count__gt=1)
        return rows.filter(every_word(self.q, "title", "village__name"))


@dataclass(frozen=True)
class ThreadList:
    """One page of threads with the choices and how many stand behind each."""

    page: Page
    lines: list[ThreadLine]
    count: tuple[int, bool]
    villages: list[dict[str, Any]]
    years: list[dict[str, Any]]
    several: int


def thread_list(viewer: Any, round_: Round, filters: ThreadFilters, *, cursor: str = "") -> ThreadList:
    """Threads that have a paper in the round, by number of years; a constant number of queries."""
    here = ThreadPaper.objects.filter(round=round_, thread=OuterRef("pk"))
    every = ProblemThread.objects.visible_to(viewer).filter(Exists(here))
    rows = filters.apply(every)
    page = keyset(with_papers(rows), order=["-year_count"], cursor=cursor, size=30)
    facts = list(every.order_by().values_list("village__code", "village__name", "year_count", "round_count"))
    places = sorted({(code, name) for code, name, _, _ in facts})
    return ThreadList(
        page=page,
        lines=lines_of(viewer, page.rows),
        count=capped_count(rows),
        villages=[
            {"value": code, "label": name, "count": sum(fact[0] == code for fact in facts)}
            for code, name in places
        ],
        years=[{"value": "", "label": "全部", "count": len(facts)}]
        + [
            {"value": str(n), "label": f"{n}年以上", "count": sum(fact[2] >= n for fact in facts)}
            for n in (2, 3, 4)
        ],
        several=sum(fact[3] > 1 for fact in facts),
    )
