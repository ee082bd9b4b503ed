"""Count sheets: one person counts, another counts again, and only what both found stands."""

from typing import Any

from django.db import transaction

from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError
from surveys.models import BallotCount, Mark, Rating, group_names
from surveys.rules import PAPER
from surveys.rules import rating as rules
from surveys.workflow.rating import COUNT
from villages.models import User

_SHOWN = 6


@transaction.atomic
def add_count(
    *, actor: Any, rating: Rating, channel: str, group: str, way: str, figures: dict[str, int],
    marks: dict[str, list[int]] | None = None,
) -> BallotCount:  # fmt: skip
    """Write down a first count of one occasion and group.

    ``figures``: ``issued``, ``returned``, ``missing``, ``valid``, ``void``. ``marks``: by subject number the six
    counts in the order of ``Mark``; only for ``way`` ``counted``.
    """
    demand(rules.can_collect(actor, rating))
    if channel not in PAPER:
        raise ServiceError("手机票由系统统计，不用填计票单。", "channel")
    if group and group not in group_names():
        raise ServiceError("人员类别不在可选范围内。", "group")
    if BallotCount.objects.filter(rating=rating, channel=channel, group=group).exists():
        raise ServiceError("这个场合、这类人员已经有一张计票单，请在那一张上更正。", "group")
    sheet = BallotCount(
        rating=rating, channel=channel, group=group, way=way, counter=_person(actor),
        marks=_marks(rating, way, marks), **_figures(figures),
    )  # fmt: skip
    return records.create(sheet, actor=actor, verb="surveys.rating_count")


@transaction.atomic
def correct_count(
    *, actor: Any, sheet: BallotCount, figures: dict[str, int], marks: dict[str, list[int]] | None = None,
    revision: int | None = None,
) -> BallotCount:  # fmt: skip
    """Replace the figures of a sheet nobody else has signed; whoever does becomes its first counter."""
    demand(rules.can_edit_count(actor, sheet))
    changes = _figures(figures) | {"marks": _marks(sheet.rating, sheet.way, marks), "counter": _person(actor)}
    return records.update(
        sheet, actor=actor, verb="surveys.rating_recount", revision=revision, changes=changes
    )


@transaction.atomic
def sign_count(
    *, actor: Any, sheet: BallotCount, figures: dict[str, int], marks: dict[str, list[int]] | None = None,
    revision: int | None = None,
) -> BallotCount:  # fmt: skip
    """Hand in the second count, made without seeing the first.

    The sheet is signed when both agree. Where they differ ``ServiceError`` names each figure with both numbers, and
    nothing changes: the two count again and whoever was wrong corrects.
    """
    demand(COUNT.check(actor, sheet, "sign"))
    mine = _figures(figures) | {"marks": _marks(sheet.rating, sheet.way, marks)}
    found = differences(sheet, mine)
    if found:
        more = f"等{len(found)}处" if len(found) > _SHOWN else ""
        raise ServiceError(f"两人计数不一致：{'；'.join(found[:_SHOWN])}{more}。请一起重新清点后更正。")
    changes = {"second": _person(actor), "signed_on": clock.today()}
    return COUNT.apply(sheet, "sign", actor=actor, revision=revision, changes=changes)


@transaction.atomic
def reopen_count(*, actor: Any, sheet: BallotCount, reason: str, revision: int | None = None) -> BallotCount:
    """Take a signed sheet back, with a reason; both signatures are void."""
    changes = {"second": None, "signed_on": None}
    return COUNT.apply(sheet, "reopen", actor=actor, revision=revision, reason=reason, changes=changes)


@transaction.atomic
def remove_count(*, actor: Any, sheet: BallotCount, reason: str) -> Rating:
    """Remove a sheet made by mistake; its figures stay in the trail."""
    demand(rules.can_edit_count(actor, sheet))
    if not reason.strip():
        raise ServiceError("请填写删除的理由。", "reason")
    rating = sheet.rating
    before = {"计票单": str(sheet), "有效票": sheet.valid}
    audit.record(actor=actor, verb="surveys.rating_uncount", target=rating, before=before, reason=reason)
    sheet.delete()
    return rating


def differences(sheet: BallotCount, mine: dict[str, Any]) -> list[str]:
    """Where a second count differs from the first, each place with both figures."""
    names = dict(zip(BallotCount.FIGURES, BallotCount.FIGURE_LABELS, strict=True))
    found = [
        f"{label}第一人{getattr(sheet, name)}、您{mine[name]}"
        for name, label in names.items()
        if getattr(sheet, name) != mine[name]
    ]
    for subject in sheet.rating.subjects.all() if sheet.way == BallotCount.Way.COUNTED else ():
        key = str(subject.number)
        first, second = sheet.marks.get(key, [0] * len(Mark.values)), mine["marks"][key]
        found += [
            f"{subject.name}“{label}”第一人{one}、您{other}"
            for label, one, other in zip(Mark.labels, first, second, strict=True)
            if one != other
        ]
    return found


def _person(actor: Any) -> User | None:
    return actor if isinstance(actor, User) else None


def _figures(values: dict[str, int]) -> dict[str, int]:
    return {name: values.get(name) or 0 for name in BallotCount.FIGURES}


def _marks(rating: Rating, way: str, marks: dict[str, list[int]] | None) -> dict[str, list[int]]:
    """Six figures for every subject; an empty row is six zeros."""
    if way == BallotCount.Way.SINGLE:
        return {}
    given = marks or {}
    numbers = [str(number) for number in rating.subjects.values_list("number", flat=True)]
    return {number: list(given.get(number) or [0] * len(Mark.values)) for number in numbers}
