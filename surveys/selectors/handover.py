"""Hand-overs of ratings: what goes into one, the list, and the paper."""

import datetime as dt
from typing import Any

from django.db.models import Count, QuerySet

from core.display import cn_date
from core.office.official import OfficialText
from core.text import clean
from surveys.models import LEVELS, Rating, RatingHandover
from surveys.selectors.rating_results import LockedRating, LockedScore, locked_rating, rating_results
from villages.access import is_office
from villages.models import Office, Role, Round

_HEADS = [
    "对象",
    "职务",
    *[level.label for level in LEVELS],
    "弃权",
    "无效",
    "有效票",
    "得分",
    "好评率",
    "名次",
]
_WIDTHS = [22, 26, *[9] * 4, 8, 8, 12, 17, 17, 10]


def handovers(viewer: Any, round_: Round | None, *, status: str = "") -> QuerySet[RatingHandover]:
    """Hand-overs the viewer may see: those of the round, or for the receiving department all that reached it."""
    rows = RatingHandover.objects.visible_to(viewer)
    if viewer.role != Role.ORGANISATION:
        rows = rows.filter(round=round_)
    if status in RatingHandover.Status.values:
        rows = rows.filter(status=status)
    return rows.select_related("village", "town", "round", "to_office")


def status_options(viewer: Any, round_: Round | None) -> list[dict[str, Any]]:
    """The states that occur, with how many there are of each."""
    rows = handovers(viewer, round_).order_by()
    numbers = dict(rows.values_list("status").annotate(Count("pk")))
    options = [
        {"value": s.value, "label": s.label, "count": numbers[s]}
        for s in RatingHandover.Status
        if s in numbers
    ]
    return [{"value": "", "label": "全部", "count": sum(numbers.values())}, *options]


def ratings_without(viewer: Any, round_: Round | None) -> QuerySet[Rating]:
    """For the office: locked ratings of the round that are not on their way."""
    if not is_office(viewer):
        return Rating.objects.none()
    rows = Rating.objects.visible_to(viewer).filter(round=round_, status=Rating.Status.LOCKED)
    sent = RatingHandover.objects.filter(round=round_, status__in=RatingHandover.LIVE).values("rating")
    return rows.exclude(pk__in=sent).select_related("village").order_by("village__code")


def receivers() -> QuerySet[Office]:
    """Units a rating may be handed over to."""
    return Office.objects.filter(kind=Office.Kind.ORGANISATION).order_by("name")


def waiting_for(viewer: Any) -> QuerySet[RatingHandover]:
    """What the receiving department has still to sign for."""
    rows = RatingHandover.objects.visible_to(viewer).filter(status=RatingHandover.Status.HANDED)
    return rows.select_related("village", "town").order_by("handed_on", "id")


# --- contents ---------------------------------------------------------------------------------------------


def contents_of(viewer: Any, rating: Rating) -> dict[str, Any] | None:
    """Subjects, counts and scores of a locked rating; ``None`` where there are too few ballots to hand on."""
    found = locked_rating(viewer, rating.inspection)
    return None if found is None else _stored(found)


def _stored(found: LockedRating) -> dict[str, Any]:
    return {
        "village": found.village, "town": found.town, "round": found.round,
        "locked_on": found.locked_on.isoformat(), "ballots": found.ballots, "method": found.method,
        "digest": found.digest, "scores": [_score(row) for row in found.scores],
    }  # fmt: skip


def _score(row: LockedScore) -> dict[str, Any]:
    return {
        "is_committee": row.is_committee, "name": row.name, "post": row.post, "levels": dict(row.levels),
        "abstain": row.abstain, "void": row.void, "valid": row.valid, "rank": row.rank,
        "score": "" if row.score is None else str(row.score),
        "good_rate": "" if row.good_rate is None else str(row.good_rate),
    }  # fmt: skip


def is_intact(viewer: Any, rating: Rating) -> bool:
    """Are the counts still those that were locked?"""
    found = rating_results(viewer, rating)
    return found is not None and found.intact


def score_table(handover: RatingHandover) -> dict[str, Any]:
    """What was handed over as a table, the committee first."""
    rows = [
        [
            row["name"], row["post"] or "—", *(row["levels"].get(level.label, 0) for level in LEVELS),
            row["abstain"], row["void"], row["valid"], row["score"] or "—", row["good_rate"] or "—",
            row["rank"] or "—",
        ]
        for row in handover.contents.get("scores", [])
    ]  # fmt: skip
    return {"title": "民主测评结果", "headers": _HEADS, "rows": rows, "widths": _WIDTHS}


def score_lines(handover: RatingHandover) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    """The same for reading: name, post, and every figure with its heading."""
    rows = score_table(handover)["rows"]
    return [(name, post, list(zip(_HEADS[2:], cells, strict=True))) for name, post, *cells in rows]


# --- the paper --------------------------------------------------------------------------------------------


def handover_text(row: RatingHandover, today: dt.date) -> OfficialText:
    """The paper that goes with it: what is handed over, the table, the slip that is signed."""
    office = f"中共{row.round.district.name}委巡察工作领导小组办公室"
    held = row.contents
    locked = cn_date(dt.date.fromisoformat(held["locked_on"]))
    body = [
        f"在{held['round']}中，对{held['town']}{held['village']}两委班子及成员进行了民主测评，结果于{locked}锁定，"
        f"共有效票{held['ballots']}张。现将结果移交你单位，供了解村（社区）班子、研究干部时参考。",
        "一、移交内容",
        f"两委班子和成员{len(held['scores']) - 1}人的得票、得分，见附件1。{held['method']}",
        "二、使用要求",
        "测评不记名。结果只供研究工作使用，不得公开，不得告知被测评人，不得推算、打听是谁投的票。",
        *([f"三、移交说明\n{clean(row.note)}"] if row.note else []),
        "移交内容的摘要见附件2，与系统内的一致的，内容没有改动。",
    ]
    slip = [
        ["移交单位", office], ["移交人、日期", _who(row.handed_by_name, row.handed_on)],
        ["接收单位", row.to_office.name], ["接收人、日期", _who(row.receiver_name, row.received_on)],
        ["签收说明", row.receipt_note], ["内容摘要（SHA-256）", row.content_hash],
    ]  # fmt: skip
    return OfficialText(
        title=f"关于移交{row.village.name}民主测评结果的函", masthead=office, issuer=office, number=row.doc_no,
        day=row.handed_on, created=today, addressee=row.to_office.name, copy_to="", body="\n".join(body),
        annexes=(
            score_table(row),
            {"title": "移交签收单", "headers": ["事项", "内容"], "rows": slip, "widths": [36, 120]},
        ),
        draft=row.status in (RatingHandover.Status.DRAFT, RatingHandover.Status.VOID),
    )  # fmt: skip


def _who(name: str, day: dt.date | None) -> str:
    return f"{name}　{cn_date(day)}" if name else ""
