"""Who may do what with a rating, and whether its ballots agree. Each answer carries the sentence shown."""

from collections import Counter
from typing import Any

from django.db.models import Count

from core.staging import owns
from core.verdict import ALLOW, Verdict, deny
from surveys.models import (
    Ballot,
    BallotCount,
    BallotImport,
    Channel,
    Mark,
    Rating,
    RatingSubject,
    Survey,
    group_names,
)
from surveys.rules import can_create as may_plan
from surveys.rules import can_lead, can_work
from surveys.rules.weights import strays
from villages.models import Stage, VillageInspection
from villages.rules import is_system

_OPEN = Rating.Status.OPEN


def can_create(user: Any, inspection: VillageInspection) -> Verdict:
    """Plan the rating of a village that has not got past this stage: who plans its survey."""
    return may_plan(user, inspection)


def can_edit_subjects(user: Any, rating: Rating) -> Verdict:
    """Change who is rated: the team, until the rating is opened."""
    allowed = can_work(user, rating)
    if allowed and rating.status != Rating.Status.DRAFT:
        return deny("测评开始后名单定稿，不能再改。")
    return allowed


def can_open(user: Any, rating: Rating) -> Verdict:
    """Open a rating with somebody to rate, once the village has reached this stage."""
    allowed = can_lead(user, rating)
    if not allowed:
        return allowed
    if rating.inspection.status != Stage.SURVEY:
        return deny("该村（社区）还没有转入调查测评阶段，或已经离开这一阶段。")
    if not rating.subjects.filter(kind=RatingSubject.Kind.MEMBER).exists():
        return deny("测评名单上还没有成员，请先填写名单。")
    lost = strays(rating.round)
    return deny(f"{lost}请巡察办先在本轮参数里改正。") if lost else ALLOW


def can_collect(user: Any, rating: Rating) -> Verdict:
    """Count, type in and import ballots: the team, while the rating is open."""
    allowed = can_work(user, rating)
    if allowed and rating.status != _OPEN:
        return deny(f"民主测评{rating.get_status_display()}，不能再计票。")
    return allowed


def can_edit_count(user: Any, sheet: BallotCount) -> Verdict:
    """Correct or remove a count sheet; once two people have signed it stands, until one of them reopens it."""
    allowed = can_collect(user, sheet.rating)
    if allowed and sheet.status == BallotCount.Status.SIGNED:
        return deny("两人已核的计票单不能直接改，请先退回重计。")
    return allowed


def can_sign_count(user: Any, sheet: BallotCount) -> Verdict:
    """Count a second time: somebody other than the first counter."""
    allowed = can_collect(user, sheet.rating)
    if allowed and not is_system(user) and sheet.counter_id == user.pk:
        return deny("计票和监票须是两个人，请另一名组员复核。")
    return allowed


def can_reopen_count(user: Any, sheet: BallotCount) -> Verdict:
    """Take a signed sheet back to be counted anew: the team, with a reason."""
    return can_collect(user, sheet.rating)


def can_close(user: Any, rating: Rating) -> Verdict:
    """Close when every ballot is accounted for."""
    allowed = _may_end(user, rating)
    if not allowed:
        return allowed
    problems = unreconciled(rating)
    return deny(f"票数还对不上：{problems[0]}。") if problems else ALLOW


def can_close_anyway(user: Any, rating: Rating) -> Verdict:
    """Close although figures do not agree, with the reason why; never without the second counter."""
    allowed = _may_end(user, rating)
    if not allowed:
        return allowed
    if not unreconciled(rating):
        return deny("票数已核对一致，直接结束即可。", visible=False)
    if unsigned(rating):
        return deny("还有计票单没有第二人复核，不能结束。")
    if not has_ballots(rating):
        return deny("还没有一张测评票，不能结束。")
    return ALLOW


def _may_end(user: Any, rating: Rating) -> Verdict:
    allowed = can_lead(user, rating)
    if allowed and waits_for_phones(rating):
        return deny("手机票与问卷同票，还在收，请先结束本村（社区）的问卷调查。")
    return allowed


def can_confirm_import(user: Any, staged: BallotImport) -> Verdict:
    """Confirm a preview: who uploaded it, while the rating is open."""
    verdict = ALLOW if is_system(user) else owns(user, staged)
    return verdict and can_collect(user, staged.rating)


# --- the ballots ------------------------------------------------------------------------------------------


def waits_for_phones(rating: Rating) -> bool:
    """May phones still bring ballots, or do some still wait to be mixed? They come with the village's survey."""
    running = Survey.objects.filter(inspection=rating.inspection_id, status=Survey.Status.OPEN)
    return running.filter(slips__isnull=False).exists() or running.filter(waiting__isnull=False).exists()


def has_ballots(rating: Rating) -> bool:
    """Is there at least one valid ballot, counted or typed in?"""
    return rating.ballots.exists() or rating.counts.filter(way="counted", valid__gt=0).exists()


def unsigned(rating: Rating) -> list[BallotCount]:
    """Count sheets that only one person has counted."""
    return [row for row in rating.counts.all() if row.status != BallotCount.Status.SIGNED]


def typed_in(rating: Rating) -> Counter[tuple[str, str]]:
    """Single ballots in the system, by occasion and group."""
    rows = Ballot.objects.filter(rating=rating).values_list("channel", "group").annotate(Count("pk"))
    return Counter({(channel, group): count for channel, group, count in rows})


def unreconciled(rating: Rating) -> list[str]:
    """Where ballots do not agree, as sentences without a full stop; empty when all do.

    Handed out = returned + not returned; returned = valid + void; valid = marks of every subject, or ballots typed
    in; every paper ballot typed in stands on a count sheet; every sheet was counted by two people.
    """
    sheets, typed, names = list(rating.counts.all()), typed_in(rating), group_names()
    subjects = list(rating.subjects.all())
    found = [problem for sheet in sheets for problem in within(sheet, subjects, names)]
    single = {(s.channel, s.group): s.valid for s in sheets if s.way == BallotCount.Way.SINGLE}
    places = {key for key in typed if key[0] != Channel.PHONE} | set(single)
    for channel, group in sorted(places):
        counted, entered = single.get((channel, group), 0), typed[channel, group]
        if counted != entered:
            found.append(f"{place(channel, group, names)}有效票{counted}张，已逐票录入{entered}张")
    found += [
        f"{place(sheet.channel, sheet.group, names)}的计票单还没有第二人复核"
        for sheet in sheets
        if sheet.status != BallotCount.Status.SIGNED
    ]
    if not has_ballots(rating):
        found.append("还没有一张测评票")
    return found


def within(sheet: BallotCount, subjects: list[RatingSubject], names: dict[str, str]) -> list[str]:
    """Where one count sheet does not agree with itself; ``names`` of the groups by code."""
    found, label = [], place(sheet.channel, sheet.group, names)
    if sheet.issued != sheet.returned + sheet.missing:
        found.append(f"{label}发出{sheet.issued}张，不等于收回{sheet.returned}张加未收回{sheet.missing}张")
    if sheet.returned != sheet.valid + sheet.void:
        found.append(f"{label}收回{sheet.returned}张，不等于有效票{sheet.valid}张加废票{sheet.void}张")
    if sheet.way == BallotCount.Way.COUNTED:
        for subject in subjects:
            marks = sum(sheet.marks.get(str(subject.number), [0] * len(Mark.values)))
            if marks != sheet.valid:
                found.append(f"{label}“{subject.name}”各栏合计{marks}票，不等于有效票{sheet.valid}张")
    return found


def place(channel: str, group: str, names: dict[str, str]) -> str:
    """Occasion and group in words."""
    return f"{Channel(channel).label}{names.get(group, group)}"
