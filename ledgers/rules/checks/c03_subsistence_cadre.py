"""C03 低保与村干部及亲属: subsistence or help for the poor paid to cadres in office and their near kin."""

from collections.abc import Iterator
from dataclasses import replace

from core.display import money
from core.text import says
from ledgers.rules.matching import Overlap, Paid, benefits, borne_twice, last_day, programmes, span
from ledgers.rules.persons import Match, Persons
from ledgers.rules.rows import Books
from ledgers.rules.rule import Hit, Limits, Rule
from ledgers.rules.totals import total

_POOR = ("贫困", "扶贫", "脱贫", "建档立卡")


def check(books: Books, limits: Limits) -> Iterator[Hit]:
    """One hit a person: the payments for months in which the cadre concerned was in office."""
    persons, twice = Persons(books), borne_twice(books)
    found: dict[str, tuple[Overlap, dict[str, Match]]] = {}
    for paid in sorted(_to_the_poor(books), key=lambda one: (one.month, one.key)):
        match = persons.who(paid.name, paid.mark, last_day(paid.month))
        if match and (match.sure or paid.name not in twice):
            overlap, matches = found.setdefault(paid.person, (Overlap(paid.name, not match.sure), {}))
            overlap.add(paid, ())
            matches[match.key] = match
    for overlap, matches in found.values():
        hit = overlap.hit("C03", _reason(overlap, next(iter(matches.values()))))
        yield replace(hit, rows=(*hit.rows, *matches))


def _to_the_poor(books: Books) -> list[Paid]:
    named = [paid for paid in benefits(books, "relief", "other") if says(paid.what, _POOR)]
    return benefits(books, "subsistence") + named


def _reason(found: Overlap, match: Match) -> str:
    paid = found.payments
    return (
        f"{found.name}：{match.told}，{span(paid)}有{programmes(paid)}{len(paid)}笔，共{money(total(paid))}元；"
        "符合条件的可以享受，请核对是否如实申报、按规定备案。"
    )


RULE = Rule(
    code="C03",
    name="低保对象为村干部或近亲属",
    looks_for="低保、扶贫名单与村干部及近亲属名单比对：村干部任职期间，本人或近亲属在名单上。",
    basis="低保审核确认办法：经办人员和村干部近亲属享受低保应单独登记、备案",
    check=check,
)
