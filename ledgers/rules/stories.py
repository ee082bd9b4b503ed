"""Hits put together so that one story is one lead: all about one contract party, one receiver, one person, one habit.

A hit joins by what it is itself about (:mod:`ledgers.rules.subjects`), not by what it shares with its neighbour: no
chain of shared rows can make one story of a whole village, and a story keeps its key whatever joins it later.
Stories that rest on the same rows name each other instead.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.display import money, years_in_words
from ledgers.rules.rows import ZERO, Books
from ledgers.rules.rule import Hit, Rule, Severity
from ledgers.rules.subjects import rows_by_key, subject_of

# So many reasons are told in a story's text; its page shows all of them.
_TOLD = 12
_LONGEST_TITLE = 120
_CAUTION = "以上由账册比对得出，只是疑点，须逐条核实，不能当作问题。"


@dataclass(frozen=True)
class Story:
    """Hits of one village about one matter, the gravest first.

    ``key`` names the story from run to run. ``amount`` counts rows that several hits rest on once, as in the largest.
    ``related``: keys of other stories that rest on some of the same rows.
    """

    key: str
    title: str
    text: str
    hits: tuple[Hit, ...]
    amount: Decimal | None
    related: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """All years concerned, in order."""
        return tuple(sorted({year for hit in self.hits for year in hit.years}))

    @property
    def severity(self) -> Severity:
        """That of the gravest hit."""
        return max(hit.severity for hit in self.hits)

    @property
    def rows(self) -> tuple[str, ...]:
        """The keys of all rows, each once, in the order they are told."""
        return tuple(dict.fromkeys(key for hit in self.hits for key in hit.rows))


def stories(hits: Iterable[Hit], books: Books, rules: Mapping[str, Rule]) -> list[Story]:
    """The hits of one village as stories, the gravest and largest first; every hit stands in exactly one."""
    rows = rows_by_key(books)
    groups: dict[str, list[tuple[Hit, str]]] = defaultdict(list)
    for hit in sorted(hits, key=lambda each: (-each.severity, each.rule, each.years, each.same)):
        subject = subject_of(hit, rows)
        groups[subject.key].append((hit, subject.told))
    related = _related({key: [hit for hit, _ in group] for key, group in groups.items()})
    told = [_story(key, group, related[key], rules) for key, group in groups.items()]
    return sorted(told, key=lambda story: (-story.severity, -(story.amount or ZERO), story.key))


def _story(key: str, group: list[tuple[Hit, str]], related: set[str], rules: Mapping[str, Rule]) -> Story:
    """``group``: hits with what they are about in words; the gravest names the story."""
    hits, about = tuple(hit for hit, _ in group), group[0][1]
    amount = _sum(hits)
    return Story(
        key=key,
        title=_title(about, hits, rules),
        text=_text(hits, amount, rules),
        hits=hits,
        amount=amount,
        related=tuple(sorted(related)),
    )


def _sum(hits: tuple[Hit, ...]) -> Decimal | None:
    """The largest sums first; one that rests on a row already counted adds nothing."""
    counted: set[str] = set()
    sums = []
    for hit in sorted(hits, key=lambda each: (-(each.amount or ZERO), each.same)):
        if hit.amount is not None and counted.isdisjoint(hit.rows):
            counted.update(hit.rows)
            sums.append(hit.amount)
    return sum(sums, ZERO) if sums else None


def _related(groups: Mapping[str, list[Hit]]) -> dict[str, set[str]]:
    by_row: dict[str, set[str]] = defaultdict(set)
    for key, hits in groups.items():
        for row in {row for hit in hits for row in hit.rows}:
            by_row[row].add(key)
    found: dict[str, set[str]] = {key: set() for key in groups}
    for keys in by_row.values():
        for key in keys:
            found[key] |= keys - {key}
    return found


def _title(about: str, hits: tuple[Hit, ...], rules: Mapping[str, Rule]) -> str:
    names = "、".join(dict.fromkeys(rules[hit.rule].name for hit in hits))
    years = years_in_words(year for hit in hits for year in hit.years)
    title = f"{about}：{names}" if about else f"{names}（{years}）"
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"


def _text(hits: tuple[Hit, ...], amount: Decimal | None, rules: Mapping[str, Rule]) -> str:
    years = years_in_words(year for hit in hits for year in hit.years)
    lines = [f"涉及{years}" + (f"，金额{money(amount)}元。" if amount is not None else "。")]
    lines += [
        f"{number}. {rules[hit.rule].name}（{hit.rule}）：{hit.reason}"
        for number, hit in enumerate(hits[:_TOLD], 1)
    ]
    if len(hits) > _TOLD:
        lines.append(f"另有{len(hits) - _TOLD}条，见账册比对。")
    return "\n".join([*lines, _CAUTION])
