"""What is said of a cited edition in view of when the act happened. It warns; it never decides."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.display import cn_date
from prep.models import RegulationEdition
from prep.rules.in_force import Fit, Span, during, filled, fit, in_words


class Mark(models.TextChoices):
    """What the comparison came to, in the words of its mark."""

    FITS = "fits", "行为时施行"
    NOT_YET = "not_yet", "行为时尚未施行"
    ENDED = "ended", "行为时已停止施行"
    OTHER = "other", "行为时是另一版"
    SPANS = "spans", "行为跨越版本"
    UNTIMED = "untimed", "未填发生时间"
    NO_EDITION = "no_edition", "库中没有这一版"
    UNKNOWN = "unknown", "库中没有"


FLAGS = frozenset({Mark.NOT_YET, Mark.ENDED, Mark.OTHER, Mark.SPANS})
_TONES = {
    Mark.FITS: "ok",
    Mark.NOT_YET: "bad",
    Mark.ENDED: "bad",
    Mark.OTHER: "warn",
    Mark.SPANS: "warn",
}


@dataclass(frozen=True)
class Judgement:
    """A mark, the sentence behind it, and the editions that may be meant instead."""

    mark: Mark
    sentence: str = ""
    offers: tuple[RegulationEdition, ...] = ()

    @property
    def tone(self) -> str:
        """The colour of the mark, which always carries its words too."""
        return _TONES.get(self.mark, "neutral")

    @property
    def flagged(self) -> bool:
        """Is it something to look at before signing?"""
        return self.mark in FLAGS


UNKNOWN = Judgement(Mark.UNKNOWN, "法规制度库中没有这一件，没有核对施行日期。")
UNREAD = Judgement(Mark.UNKNOWN, "没有认出法规名称，写成《全称》即可核对施行日期。")


def no_edition(editions: Sequence[RegulationEdition]) -> Judgement:
    """The line names an edition the book does not hold."""
    known = "、".join(f"{cn_date(edition.from_day)}起施行" for edition in editions) or "无"
    return Judgement(
        Mark.NO_EDITION, f"库中没有写明的这一版，没有核对施行日期。库中各版：{known}。", tuple(editions)
    )


def judge(
    edition: RegulationEdition,
    *,
    named: bool,
    lineage: Sequence[RegulationEdition],
    act: Sequence[Span],
    cited: Collection[Any] = (),
) -> Judgement:
    """Compare ``edition`` with the time of the act.

    ``named``: the line says itself which edition it means. ``lineage``: all editions of the rule and of those it
    replaced or gave way to. ``cited``: keys of every edition the paper cites: where these together cover an act that
    spans editions, nothing is left to say.
    """
    if not act:
        return Judgement(Mark.UNTIMED, "没有填写发生时间，没有核对施行日期。")
    how = fit(edition, act)
    if how is Fit.WITHIN:
        return Judgement(Mark.FITS)
    there = [row for row in during(lineage, act) if row.pk != edition.pk]
    if how is Fit.PARTLY:
        together = [edition, *(row for row in there if row.pk in cited)]
        return Judgement(Mark.FITS) if filled(together, act) else _spanning(edition, there, act)
    if how is Fit.BEFORE:
        other = not named and any(row.regulation_id == edition.regulation_id for row in there)
        return _other(edition, there, act) if other else _outside(Mark.NOT_YET, edition, there, act)
    return _outside(Mark.ENDED, edition, there, act)


def _outside(
    mark: Mark, edition: RegulationEdition, there: list[RegulationEdition], act: Sequence[Span]
) -> Judgement:
    if mark == Mark.NOT_YET:
        first = f"{edition.citation}在行为发生时（{in_words(act)}）尚未施行。"
    else:
        last = edition.until_day or dt.date.max
        first = f"{edition.citation}施行到{cn_date(last)}为止，行为发生时（{in_words(act)}）已不再施行。"
    return Judgement(mark, first + _then(there), tuple(there))


def _other(edition: RegulationEdition, there: list[RegulationEdition], act: Sequence[Span]) -> Judgement:
    first = f"没有写明版本，现行的是{cn_date(edition.from_day)}起施行的一版；行为发生时（{in_words(act)}）它尚未施行。"
    return Judgement(Mark.OTHER, first + _then(there), tuple(there))


def _then(there: list[RegulationEdition]) -> str:
    """Which edition was in force then, and what follows from it."""
    if not there:
        return "库中没有当时施行的版本，请另找当时的依据，或说明理由。"
    named = "、".join(row.citation for row in there)
    return f"当时施行的是{named}，条款序号请按该版核对。"


def _spanning(edition: RegulationEdition, there: list[RegulationEdition], act: Sequence[Span]) -> Judgement:
    if not there:
        return Judgement(
            Mark.SPANS,
            f"行为（{in_words(act)}）有一段不在{edition.citation}的施行期（{edition.term}）内，库中没有那一段施行的版本。"
            "请核对那一段的依据，适用哪一件由组长把关。",
        )
    parts = "；".join(f"{row.citation}：{row.term}" for row in during([edition, *there], act))
    return Judgement(
        Mark.SPANS,
        f"行为（{in_words(act)}）先后有不同的版本施行：{parts}。请按行为发生、终了的时间分别核对，"
        "需要时各版都引，适用哪一版由组长把关。",
        tuple(there),
    )
