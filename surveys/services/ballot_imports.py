"""Workbooks of ballots: previewed, confirmed once, never counted twice."""

from collections import defaultdict
from typing import Any

from django.db import transaction

from core import audit, records
from core.access import demand
from core.audit import SYSTEM
from core.errors import ServiceError
from core.office.columns import CellError
from surveys.models import BallotCount, BallotImport, BallotNumber, Channel, Rating, group_names
from surveys.rules import PAPER
from surveys.rules import rating as rules
from surveys.services.ballot_reading import BallotReading, read_ballots
from surveys.services.ballots import ballot_digest, store_ballots
from surveys.services.rating_counts import add_count
from surveys.workflow.rating import BALLOTS


@transaction.atomic
def preview_ballots(
    *, actor: Any, rating: Rating, channel: str, filename: str, content: bytes
) -> BallotImport:
    """Read a workbook and keep what it holds until its owner says yes; nothing is counted yet."""
    demand(rules.can_collect(actor, rating))
    reading = _read(rating, channel, filename, content)
    staged = BallotImport(
        rating=rating, owner=actor, channel=channel, way=reading.way, filename=filename[-200:],
        payload=reading.to_json(), **_figures(reading),
    )  # fmt: skip
    return records.create(staged, actor=actor, verb="surveys.rating_preview")


@transaction.atomic
def commit_ballots(*, actor: Any, staged: BallotImport, revision: int | None = None) -> BallotImport:
    """Store what was previewed; what came into the system meanwhile is left out and counted as repeated."""
    demand(BALLOTS.check(actor, staged, "commit"))
    _queue_up(staged.rating)
    reading = BallotReading(
        way=staged.way, ballots=staged.payload["ballots"], counts=staged.payload["counts"]
    )
    _set_repeated_apart(staged.rating, staged.channel, reading)
    _store(actor, staged.rating, staged.channel, reading)
    changes = {
        "payload": {},
        "accepted": reading.accepted,
        "repeated": staged.repeated + len(reading.repeated),
    }
    return BALLOTS.apply(staged, "commit", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def discard_ballots(*, actor: Any, staged: BallotImport, revision: int | None = None) -> BallotImport:
    """Give a preview up; its ballots are not kept."""
    return BALLOTS.apply(staged, "discard", actor=actor, revision=revision, changes={"payload": {}})


@transaction.atomic
def import_ratings(
    *, actor: Any = SYSTEM, rating: Rating, channel: str, filename: str, content: bytes, commit: bool
) -> BallotReading:
    """Read a workbook and with ``commit`` store its good rows at once: the way of the command line.

    Reading is possible in every state; storing only while the rating is open.
    """
    _queue_up(rating)
    if commit:
        demand(rules.can_collect(actor, rating))
    reading = _read(rating, channel, filename, content)
    if commit:
        _store(actor, rating, channel, reading)
        words = {"计入": reading.accepted, "有误": reading.refused, "重复": len(reading.repeated)}
        audit.record(actor=actor, verb="surveys.rating_import", target=rating, after=words)
    return reading


def _queue_up(rating: Rating) -> None:
    """Imports of one rating one after the other: each must know the numbers the other has taken."""
    Rating.objects.select_for_update().get(pk=rating.pk)


def _read(rating: Rating, channel: str, filename: str, content: bytes) -> BallotReading:
    if channel not in PAPER:
        raise ServiceError("请选择纸质票在哪个场合发放。", "channel")
    reading = read_ballots(content, filename, rating)
    _set_repeated_apart(rating, channel, reading)
    return reading


def _figures(reading: BallotReading) -> dict[str, int]:
    return {
        "accepted": reading.accepted,
        "refused": reading.refused,
        "repeated": len(reading.repeated),
        "defects": len(reading.defects),
    }


def _set_repeated_apart(rating: Rating, channel: str, reading: BallotReading) -> None:
    reading.ballots = _new_ballots(rating, channel, reading)
    sheets = BallotCount.objects.filter(rating=rating, channel=channel)
    taken = set(sheets.filter(way=BallotCount.Way.COUNTED).values_list("group", flat=True))
    names = group_names()
    for line in reading.counts:
        if line["group"] in taken:
            label = names.get(line["group"], "不分类别")
            message = f"{Channel(channel).label}{label}已有计票单，没有计入；要更正请在那张计票单上改。"
            reading.repeated.append(CellError(line["row"], "", message, line["sheet"]))
    reading.counts = [line for line in reading.counts if line["group"] not in taken]


def _new_ballots(rating: Rating, channel: str, reading: BallotReading) -> list[dict[str, Any]]:
    """Ballots whose number is there once: repeated ones are reported, and none of two that differ is taken."""
    known = BallotNumber.objects.filter(rating=rating, channel=channel)
    taken = dict(known.values_list("number", "digest"))
    by_number: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for ballot in reading.ballots:
        by_number[ballot["number"]].append(ballot)
    good = by_number.pop("", [])
    for number, ballots in by_number.items():
        digests = [ballot_digest(rating, channel, ballot) for ballot in ballots]
        if number in taken:
            for ballot, digest in zip(ballots, digests, strict=True):
                same = digest == taken[number]
                _report(
                    reading,
                    ballot,
                    "已在系统中，不再计入" if same else "已在系统中，但内容不同，请对照纸票核对",
                )
        elif len(set(digests)) > 1:
            rows = "、".join(str(ballot["row"]) for ballot in ballots)
            for ballot in ballots:
                _report(reading, ballot, f"在第{rows}行都有，内容不同，都没有计入，请对照纸票核对")
        else:
            good.append(ballots[0])
            for ballot in ballots[1:]:
                _report(reading, ballot, f"与第{ballots[0]['row']}行是同一张，只计一张")
    return sorted(good, key=lambda ballot: (ballot["sheet"], ballot["row"]))


def _report(reading: BallotReading, ballot: dict[str, Any], what: str) -> None:
    message = f"票号{ballot['number']}{what}。"
    reading.repeated.append(CellError(ballot["row"], "票号", message, ballot["sheet"]))


def _store(actor: Any, rating: Rating, channel: str, reading: BallotReading) -> None:
    """Ballots are put away; counted rows become count sheets whose head counts people still have to fill in."""
    store_ballots(actor, rating, channel, reading.ballots)
    by_group: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for line in reading.counts:
        by_group[line["group"]][str(line["subject"])] = line["figures"]
    for group, marks in by_group.items():
        add_count(
            actor=actor, rating=rating, channel=channel, group=group, way=BallotCount.Way.COUNTED, marks=marks,
            figures={"valid": max(sum(figures) for figures in marks.values())},
        )  # fmt: skip
