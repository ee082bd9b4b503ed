"""首位数字: found beside usual."""

from dataclasses import dataclass
from typing import Any

from core.display import percent
from ledgers.rules.pictures.digits import Digit, digits
from ledgers.rules.rows import Books
from ledgers.selectors.pictures.shared import Figure, Links, chart, choices


@dataclass(frozen=True)
class DigitRow:
    """One digit: how many amounts and their share beside the usual; ``odd`` says 偏多 or 偏少, or nothing."""

    digit: int
    number: Figure
    share: str
    usual: str
    expected: str
    odd: str


@dataclass(frozen=True)
class DigitsPage:
    """The whole picture of all years or of one."""

    headline: str
    options: list[dict[str, str]]
    number: int
    left_out: int
    enough: bool
    rows: list[DigitRow]
    chart: dict[str, Any]


def digits_page(books: Books, links: Links, year: str = "") -> DigitsPage:
    """The picture; ``year`` narrows it to one."""
    years = sorted({entry.year for entry in books.entries})
    chosen = int(year) if year in map(str, years) else None
    seen = digits(books, chosen)
    odd = {each.digit: each.word for each in seen.odd}
    return DigitsPage(
        headline=seen.headline,
        options=choices([("", "各年合计"), *((each, f"{each}年") for each in years)]),
        number=seen.number,
        left_out=seen.left_out,
        enough=seen.enough,
        rows=[_row(each, links, chosen, odd.get(each.digit, "")) for each in seen.digits],
        chart=_chart(seen.digits, links, chosen),
    )


def _row(each: Digit, links: Links, year: int | None, odd: str) -> DigitRow:
    url = links.rows(digit=each.digit, year=year) if each.number else ""
    number = Figure(str(each.number), url)
    return DigitRow(each.digit, number, percent(each.share), percent(each.usual), f"{each.expected:.1f}", odd)


def _chart(found: tuple[Digit, ...], links: Links, year: int | None) -> dict[str, Any]:
    shares: list[dict[str, Any]] = [
        {"value": round(each.share * 100, 1)}
        | ({"url": links.rows(digit=each.digit, year=year)} if each.number else {})
        for each in found
    ]
    series: list[dict[str, Any]] = [
        {"name": "本村", "type": "bar", "data": shares},
        {"name": "通常", "type": "line", "data": [round(each.usual * 100, 1) for each in found]},
    ]
    axis = {"type": "value", "axisLabel": {"formatter": "{value}%"}}
    return chart([str(each.digit) for each in found], "%", series, yAxis=axis)
