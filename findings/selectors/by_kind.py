"""Lists of two-signature papers that come in kinds: their filters, and how many stand behind each choice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db.models import Q, QuerySet, TextChoices

from core.listing import Page, counts_by, keyset
from core.search import every_word
from core.text import clean
from findings.models import TalkStatus
from villages.models import Village


@dataclass(frozen=True)
class KindFilters:
    """The choices in the address of the list; empty means no restriction. Subclasses name kinds and texts."""

    KINDS: ClassVar[type[TextChoices]]
    # Fields in one of which every word typed must stand.
    TEXTS: ClassVar[tuple[str, ...]]

    kind: str = ""
    status: str = ""
    village: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Take what the address says; unknown names and values restrict nothing."""
        kind, status = given.get("kind", ""), given.get("status", "")
        return cls(
            kind=kind if kind in cls.KINDS.values else "",
            status=status if status in TalkStatus.values else "",
            village=clean(str(given.get("village", "")))[:12],
            q=clean(str(given.get("q", "")))[:60].strip(),
        )

    @classmethod
    def matches(cls, words: str) -> Q:
        """Papers in which every word stands in one of the texts."""
        return every_word(words, *cls.TEXTS)

    def condition(self, without: str = "") -> Q:
        """The restriction, one choice left out where its alternatives are counted."""
        found = self.matches(self.q)
        for name, path in (("kind", "kind"), ("status", "status"), ("village", "village__code")):
            value = getattr(self, name)
            if value and name != without:
                found &= Q(**{path: value})
        return found


@dataclass(frozen=True)
class KindList:
    """One page of papers with the counts behind the filters."""

    page: Page
    count: int
    kinds: list[dict[str, Any]]
    states: list[dict[str, Any]]
    villages: list[dict[str, Any]]


def kind_list(
    papers: QuerySet,
    filters: KindFilters,
    *,
    dress: Callable[[QuerySet], QuerySet],
    label: Callable[[Any], str],
    cursor: str,
) -> KindList:
    """``papers`` newest first, in a constant number of queries; ``dress`` joins what a row of the list shows."""
    kinds = counts_by(papers.filter(filters.condition("kind")), "kind")
    states = counts_by(papers.filter(filters.condition("status")), "status")
    villages = counts_by(papers.filter(filters.condition("village")), "village__code")
    names = Village.objects.filter(code__in=villages).order_by("code").values_list("code", "name")
    everything = {"value": "", "label": "全部", "count": kinds.total()}
    return KindList(
        page=keyset(
            dress(papers.filter(filters.condition())), order=["-happened_at", "id"], cursor=cursor, size=50
        ),
        count=kinds[filters.kind] if filters.kind else kinds.total(),
        kinds=[everything]
        + [{"value": k.value, "label": label(k), "count": kinds[k]} for k in filters.KINDS if kinds[k]],
        states=[{"value": s.value, "label": s.label, "count": states[s]} for s in TalkStatus if states[s]],
        villages=[{"value": code, "label": name, "count": villages[code]} for code, name in names],
    )
