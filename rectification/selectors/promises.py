"""What was promised and done about a problem of an earlier round, and whether it came back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.display import cn_date
from findings.models import Finding, ProblemThread, ThreadPaper
from findings.rules import stands
from rectification.models import RectifyItem
from reports.models import FeedbackItem


@dataclass(frozen=True)
class Promise:
    """One rectification item and what later rounds say of it. ``readable``: may the viewer open the item?

    ``returned``: it was reported done, and a later round found it again after that day (反弹).
    """

    item: RectifyItem
    done_on: dt.date | None
    done_word: str
    verdict: str
    tone: str
    returned: bool
    readable: bool


def promises_of(viewer: Any, thread: ProblemThread) -> list[Promise]:
    """Items the papers of the thread led to, oldest round first; four queries.

    The thread has been fetched as visible: whoever works in the village now must know what was promised to an earlier
    team, as with the problems of earlier rounds. The item itself opens only for those who may see it.
    """
    return promises_by_thread(viewer, [thread.pk])[thread.pk]


def promises_by_thread(viewer: Any, threads: Sequence[Any]) -> dict[Any, list[Promise]]:
    """The same for many threads by their keys, as far as the viewer sees them; four queries."""
    places = ThreadPaper.objects.visible_to(viewer).filter(thread__in=threads)
    papers: dict[Any, list[Finding]] = defaultdict(list)
    for place in places.select_related("finding__round", "finding__team"):
        papers[place.thread_id].append(place.finding)
    told = _told([paper.pk for found in papers.values() for paper in found])
    rows = RectifyItem.objects.filter(feedback_item__in=told).select_related("round")
    items = list(rows.order_by("round__starts_on", "seq"))
    seen = RectifyItem.objects.visible_to(viewer).filter(pk__in=[item.pk for item in items])
    readable = set(seen.values_list("pk", flat=True))
    result: dict[Any, list[Promise]] = {key: [] for key in threads}
    for key, found in papers.items():
        own = {paper.pk for paper in found}
        led = [item for item in items if own & told[item.feedback_item_id]]
        result[key] = [_promise(item, found, item.pk in readable) for item in led]
    return result


def _told(papers: Sequence[Any]) -> dict[Any, set[Any]]:
    """Feedback items by their keys, each with the papers among ``papers`` it was written from."""
    links: dict[Any, set[Any]] = defaultdict(set)
    through = FeedbackItem.findings.through.objects.filter(finding__in=papers)
    for told, paper in through.values_list("feedbackitem_id", "finding_id"):
        links[told].add(paper)
    return links


@dataclass(frozen=True)
class PromiseRow:
    """An item on the drawing of years: one text for each column, empty where nothing happened."""

    title: str
    detail: str
    cells: list[str]


def promise_rows(promises: Sequence[Promise], columns: Sequence[int]) -> list[PromiseRow]:
    """Feedback and the last word on each item, in the years in which they were."""
    return [_row(promise, columns) for promise in promises]


def _row(promise: Promise, columns: Sequence[int]) -> PromiseRow:
    words: dict[int, list[str]] = defaultdict(list)
    words[promise.item.feedback_on.year].append("反馈")
    if promise.done_on:
        words[promise.done_on.year].append(promise.done_word)
    detail = f"{promise.item.round.name} {promise.item.get_status_display()}"
    return PromiseRow("整改", detail, ["、".join(words[year]) for year in columns])


def _promise(item: RectifyItem, papers: Sequence[Finding], readable: bool) -> Promise:
    done_on, word = _done(item)
    later = [p for p in papers if stands(p) and p.round.starts_on > item.round.starts_on]
    verdict, tone, returned = _verdict(item, done_on, word, later)
    return Promise(item, done_on, word, verdict, tone, returned, readable)


def _done(item: RectifyItem) -> tuple[dt.date | None, str]:
    """The day on which the item was said to be done, by the last word there is."""
    if item.status not in (
        RectifyItem.Status.REPORTED,
        RectifyItem.Status.VERIFIED,
        RectifyItem.Status.CLOSED,
    ):
        return None, ""
    steps = ((item.closed_on, "销号"), (item.verified_on, "核验"), (item.reported_on, "报完成"))
    return next(((day, word) for day, word in steps if day), (None, ""))


def _verdict(
    item: RectifyItem, done_on: dt.date | None, word: str, later: Sequence[Finding]
) -> tuple[str, str, bool]:
    """In words, with the tone, and whether the problem came back after it was said to be done."""
    if not later:
        text = "以后的轮次没有再发现。" if done_on else "整改还没有报完成。"
        return text, "ok" if done_on else "warn", False
    names = "、".join(f"{paper.round.name}底稿{paper.short_no}" for paper in later)
    if done_on is None:
        return f"上轮问题整改还没有报完成，本轮仍有发现：{names}。", "warn", False
    after = [paper for paper in later if _lasts_beyond(paper, done_on)]
    if after:
        names = "、".join(f"{paper.round.name}底稿{paper.short_no}" for paper in after)
        day = f"{cn_date(done_on)}{word}"
        return f"上轮已报整改，本轮再次发现：{item.round.name}{day}，{names}所述时间在此之后。", "bad", True
    if any(not paper.period_from and not paper.years for paper in later):
        return f"上轮已报整改；{names}没有填写发生时间，无法判断是否在整改之后。", "warn", False
    if any(_same_year(paper, done_on) for paper in later):
        return f"上轮已报整改；{names}只写了年度，与整改完成同年，是否在整改之后需核对。", "warn", False
    return f"上轮已报整改；{names}所述时间在整改完成之前，不算反弹。", "neutral", False


def _lasts_beyond(paper: Finding, day: dt.date) -> bool:
    """Is it certain that the problem was there after ``day``?"""
    if paper.period_from:
        return (paper.period_to or paper.period_from) > day
    return bool(paper.years) and max(paper.years) > day.year


def _same_year(paper: Finding, day: dt.date) -> bool:
    return not paper.period_from and bool(paper.years) and max(paper.years) == day.year
