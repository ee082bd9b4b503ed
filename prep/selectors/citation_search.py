"""Finding a rule while the basis is being written: by title, short name or article; each edition ready to be cited."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.text import clean
from prep.models import Regulation, RegulationEdition
from prep.rules.articles import Article, read_articles
from prep.rules.citation import articles_in, fold
from prep.rules.in_force import Fit, Span, fit
from prep.selectors.rule_words import about

_MOST_RULES, _MOST_ARTICLES, _MOST_WORDS = 8, 6, 5
_NOISE = re.compile(
    r"第[^条\s]{1,6}条(?:之[一二三四五六七八九十])?|第[零一二三四五六七八九十百\d]*$|[(（][^()（）]*[)）]?"
)
_SIGNS = re.compile(r"[《》<>、,，;；。\s]+")


@dataclass(frozen=True)
class Choice:
    """An article to be cited, with the line that cites it."""

    article: Article
    line: str


@dataclass(frozen=True)
class EditionChoice:
    """An edition with the line that cites it. ``suits``: in force at the time of the act? ``None``: not known."""

    edition: RegulationEdition
    line: str
    standing: tuple[str, str]
    suits: bool | None
    articles: list[Choice]


@dataclass(frozen=True)
class RuleChoice:
    """A rule with its editions, the one that suits first, then the newest."""

    regulation: Regulation
    editions: list[EditionChoice]


def search_citations(viewer: Any, text: str, *, act: Sequence[Span] = (), today: dt.date) -> list[RuleChoice]:
    """The first few rules that fit what was typed; two queries."""
    wanted = articles_in(text) or _bare_number(text)
    words = [
        word for word in _SIGNS.split(_NOISE.sub(" ", fold(clean(text)))) if word and not word.isdecimal()
    ]
    if not words:
        return []
    rows = Regulation.objects.visible_to(viewer).filter(active=True)
    for word in words[:_MOST_WORDS]:
        rows = rows.filter(about(word))
    found = rows.order_by("title", "id").prefetch_related("editions")[:_MOST_RULES]
    return [_choice(row, wanted, words, act, today) for row in found]


def _bare_number(text: str) -> tuple[str, ...]:
    """``处分条例 98``: a number by itself is an article."""
    last = fold(text).split()[-1:]
    return articles_in(f"第{last[0]}条") if last and last[0].isdecimal() and len(last[0]) < 4 else ()


def _choice(
    regulation: Regulation, wanted: tuple[str, ...], words: list[str], act: Sequence[Span], today: dt.date
) -> RuleChoice:
    choices = []
    for edition in regulation.editions.all():
        edition.regulation = regulation
        choices.append(
            EditionChoice(
                edition=edition,
                line=edition.citation + "、".join(wanted),
                standing=edition.standing(today),
                suits=fit(edition, act) is Fit.WITHIN if act else None,
                articles=_articles(edition, wanted, words),
            )
        )
    choices.sort(key=lambda choice: choice.edition.from_day, reverse=True)
    choices.sort(key=lambda choice: not choice.suits)
    return RuleChoice(regulation, choices)


def _articles(edition: RegulationEdition, wanted: tuple[str, ...], words: list[str]) -> list[Choice]:
    """The articles asked for, else those the words are about, else the ones kept with the edition."""
    known = read_articles(edition.articles)
    asked = [article for article in known if article.label in wanted]
    about = [article for article in known if any(word in article.text for word in words)]
    chosen = asked if wanted else about or known
    return [Choice(article, edition.citation + article.label) for article in chosen[:_MOST_ARTICLES]]
