"""Does every sentence stand on something? Missing papers, wrong sums and moved facts, sentence by sentence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet

from core.display import money, wan
from findings.models import Finding
from reports.models import Report, Section, Statement, StatementSource

# An amount is checked where the text says that it is the amount concerned: 金额38,000元, 金额共8.64万元.
_AMOUNT = re.compile(r"金额(?:共计|合计|总计|共|约|为|达)?\s*([0-9][0-9,，]*(?:\.[0-9]+)?)\s*(万元|元)")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Gap:
    """One thing that keeps a report from being issued; ``tone`` bad: unsupported, warn: to be looked at."""

    statement_id: Any
    words: str
    tone: str = "bad"
    # The very words in the text that are wrong, and what they should be.
    mark: str = ""
    fix: str = ""


@dataclass(frozen=True)
class Support:
    """What one statement stands on: its living findings, those that fell away, and what is wrong."""

    living: tuple[Finding, ...]
    fallen: tuple[Finding, ...]
    gaps: tuple[Gap, ...]

    @property
    def tone(self) -> str:
        """Colour of the bar beside the sentence."""
        tones = {gap.tone for gap in self.gaps}
        return "bad" if "bad" in tones else "warn" if tones else "ok"


def stated_amounts(text: str) -> list[tuple[Decimal, str]]:
    """Amounts the text claims, as (number as written, unit)."""
    found = _AMOUNT.findall(text)
    return [(Decimal(number.replace(",", "").replace("，", "")), unit) for number, unit in found]


def amount_matches(number: Decimal, unit: str, total: Decimal) -> bool:
    """Is ``number`` the sum, written in ``unit`` to as many decimals as the text gives (万元: at least two)?"""
    if unit == "元":
        return number == total.quantize(_CENT) or (
            number == number.to_integral() and number == total.to_integral(ROUND_HALF_UP)
        )
    exponent = min(-2, int(number.as_tuple().exponent))
    return number == (total / 10_000).quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP)


def support_of(statement: Statement, sources: Iterable[Finding]) -> Support:
    """Judge one statement by the findings it names."""
    living, fallen = [], []
    for finding in sources:
        (living if finding.status in Finding.CONFIRMED and not finding.deleted_at else fallen).append(finding)
    gaps = tuple(_gaps(statement, living, fallen)) if statement.section != Section.PENDING else ()
    return Support(tuple(living), tuple(fallen), gaps)


def _gaps(statement: Statement, living: list[Finding], fallen: list[Finding]) -> Iterable[Gap]:
    if statement.kind == Statement.Kind.FACT and not living:
        yield Gap(statement.pk, "没有审签的底稿支撑")
    if fallen:
        names = "、".join(finding.short_no for finding in fallen)
        yield Gap(statement.pk, f"所依底稿{names}已退回或撤销")
    if statement.stale:
        yield Gap(statement.pk, "事实已变，文字待核对", "warn")
    if living and statement.kind == Statement.Kind.FACT:
        yield from _amount_gaps(statement, living)


def _amount_gaps(statement: Statement, living: list[Finding]) -> Iterable[Gap]:
    total = sum((finding.amount or Decimal(0) for finding in living), Decimal(0))
    stated = stated_amounts(statement.text)
    # Once the whole sum is named, smaller amounts beside it are its parts (金额8万元，其中白条金额3万元).
    whole = any(amount_matches(number, unit, total) for number, unit in stated)
    for number, unit in stated:
        part = whole and number * (10_000 if unit == "万元" else 1) < total
        if not part and not amount_matches(number, unit, total):
            said = wan(total) if unit == "万元" else f"{money(total)}元"
            mark = _as_written(statement.text, number, unit)
            yield Gap(statement.pk, f"文中金额{number}{unit}，底稿合计{said}", mark=mark, fix=said)


def _as_written(text: str, number: Decimal, unit: str) -> str:
    """The amount as the text spells it, thousands separators and spaces included."""
    for match in _AMOUNT.finditer(text):
        if Decimal(match[1].replace(",", "").replace("，", "")) == number and match[2] == unit:
            return text[match.start(1) : match.end(2)]
    return ""


def _with_findings(sources: QuerySet[StatementSource]) -> QuerySet[StatementSource]:
    rows = sources.select_related("finding__village", "finding__team", "finding__category")
    return rows.order_by("finding__village__code", "finding__no")


def support_for(statement: Statement) -> Support:
    """The support of one statement, in one query."""
    return support_of(statement, [source.finding for source in _with_findings(statement.sources.all())])


def supports(report: Report) -> dict[Any, Support]:
    """The support of every statement of ``report``, in two queries."""
    sources = _with_findings(StatementSource.objects.filter(statement__report=report))
    named: dict[Any, list[Finding]] = {}
    for source in sources:
        named.setdefault(source.statement_id, []).append(source.finding)
    return {row.pk: support_of(row, named.get(row.pk, ())) for row in report.statements.all()}


def gaps(report: Report) -> list[Gap]:
    """Everything that keeps ``report`` from being issued."""
    return [gap for support in supports(report).values() for gap in support.gaps]
