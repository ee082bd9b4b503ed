"""The few articles of an edition papers keep citing: one on each line, its number first, then what it is about."""

import re
from dataclasses import dataclass

from prep.rules.citation import articles_in, fold

_LINE = re.compile(r"^\s*(第[^条]{1,9}条(?:之[一二三四五六七八九十])?)[\s:：，,、]*(.*)$")
# Characters of one line: what an article is about, not what it says.
LONGEST = 120


@dataclass(frozen=True)
class Article:
    """``label`` is ``第九十八条``; ``text`` is in words of the office's own."""

    label: str
    text: str


class BadArticle(ValueError):
    """A line that is not an article; the message is shown to who wrote it."""


def read_articles(text: str) -> list[Article]:
    """The articles kept with an edition, in their order."""
    return [_article(line) for line in text.split("\n") if line.strip()]


def checked_articles(text: str) -> str:
    """``text`` as it is kept: ``第九十八条 …`` on each line. Raises ``BadArticle`` naming the line."""
    found = read_articles(text)
    labels = [article.label for article in found]
    for label in labels:
        if labels.count(label) > 1:
            raise BadArticle(f"{label}写了两遍，请合成一行。")
    return "\n".join(f"{article.label} {article.text}".strip() for article in found)


def _article(line: str) -> Article:
    match = _LINE.match(line)
    label = articles_in(match.group(1)) if match else ()
    if not match or not label:
        raise BadArticle(f"“{fold(line).strip()[:20]}”看不出是第几条，请写成“第九十八条 说明”。")
    if len(match.group(2)) > LONGEST:
        raise BadArticle(f"{label[0]}的说明超过{LONGEST}字。只写这一条管什么，不抄原文。")
    return Article(label[0], match.group(2).strip())
