"""Putting papers of one village together as one problem through the years, and taking them apart again."""

from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from core import audit, records
from core.access import demand
from core.errors import ServiceError, StaleRecord
from core.text import clean
from core.verbs import name_verbs
from findings import rules
from findings.models import Finding, ProblemThread, ThreadPaper, ThreadRefusal
from findings.rules.likeness import likeness
from findings.selectors.threads import reachable, traits_of
from findings.services.thread_figures import first_name, hold_village, recount_thread
from villages.models import InspectionRecord, spine

Row = TypeVar("Row", bound=InspectionRecord)

name_verbs(
    {
        "findings.thread.begin": "建立历年问题",
        "findings.thread.put": "归入历年问题",
        "findings.thread.recount": "更新贯通年份",
        "findings.thread.follow": "随合并底稿转移",
        "findings.thread.rename": "修改历年问题名称",
        "findings.thread.join": "合并历年问题",
        "findings.thread.take_out": "移出历年问题",
        "findings.thread.dissolve": "撤销历年问题",
        "findings.thread.refuse": "判断不是同一问题",
        "findings.thread.recall": "撤回判断",
    }
)


@transaction.atomic
def put_together(*, actor: Any, finding: Finding, other: Finding, note: str = "") -> ProblemThread:
    """Say that the two papers are one problem; their threads, if they have any, become one.

    What was not proposed needs ``note``: why it is the same problem all the same. An earlier judgement that the two
    are not one problem falls.
    """
    demand(rules.can_thread_paper(actor, finding))
    hold_village(finding)
    other = _other(actor, finding, other)
    like = likeness(traits_of(finding), traits_of(other))
    text = _text(note)
    if not like.enough and not text:
        raise ServiceError("系统没有提示这份底稿，请写明为什么是同一个问题。", "note")
    mine, theirs = _place(actor, finding), _place(actor, other)
    if mine and theirs and mine.thread_id == theirs.thread_id:
        raise ServiceError("两份底稿已经归在同一条历年问题里。")
    _drop_refusals(actor, finding, other)
    if mine and theirs:
        why = text or "两条历年问题里的底稿是同一问题"
        return _join(actor, *_newer_first(mine.thread, theirs.thread), why)
    thread = mine.thread if mine else theirs.thread if theirs else _begin(actor, finding, other)
    added = [paper for paper, place in ((other, theirs), (finding, mine)) if place is None]
    for paper in added:
        _put(actor, thread, paper, like.reasons, text)
    return recount_thread(actor=actor, thread=thread)


def _other(actor: Any, finding: Finding, other: Finding) -> Finding:
    found = reachable(actor, finding).filter(pk=other.pk).first()
    if found is None:
        raise ServiceError("只能归入同一村（社区）、没有撤销或合并的底稿。")
    return found


def _text(words: str) -> str:
    return clean(words).strip()[:200]


def _place(actor: Any, finding: Finding) -> ThreadPaper | None:
    place = (
        ThreadPaper.objects.filter(finding=finding).select_related("thread__round", "thread__team").first()
    )
    if place and not ThreadPaper.objects.visible_to(actor).filter(pk=place.pk).exists():
        raise ServiceError("这份底稿已归入后续轮次的历年问题，由现在的巡察组或巡察办办理。")
    return place


def _begin(actor: Any, finding: Finding, other: Finding) -> ProblemThread:
    """A thread of the newer paper's round."""
    papers = sorted((finding, other), key=lambda paper: (paper.round.starts_on, paper.pk))
    thread = ProblemThread(**spine(papers[-1].inspection), title=first_name(papers))
    return records.create(thread, actor=actor, verb="findings.thread.begin")


def _put(actor: Any, thread: ProblemThread, paper: Finding, reasons: Any, note: str) -> ThreadPaper:
    place = ThreadPaper(
        **spine(paper.inspection), thread=thread, finding=paper, reasons=list(reasons), note=note
    )
    return records.create(place, actor=actor, verb="findings.thread.put")


def _newer_first(one: ProblemThread, two: ProblemThread) -> tuple[ProblemThread, ProblemThread]:
    return (two, one) if two.round.starts_on > one.round.starts_on else (one, two)


# --- threads ----------------------------------------------------------------------------------------------


@transaction.atomic
def rename_thread(*, actor: Any, thread: ProblemThread, revision: int, title: str) -> ProblemThread:
    """Say in other words what the problem is."""
    demand(rules.can_thread(actor, thread))
    text = " ".join(clean(title).split())[:120]
    if not text:
        raise ServiceError("请填写问题名称。", "title")
    return records.update(
        thread, actor=actor, verb="findings.thread.rename", revision=revision, changes={"title": text}
    )


@transaction.atomic
def join_threads(*, actor: Any, thread: ProblemThread, other: ProblemThread, reason: str) -> ProblemThread:
    """Two threads are one problem: papers of both stand in the one of the newer round, the other one ends."""
    demand(rules.can_thread(actor, thread))
    hold_village(thread)
    thread = _still_there(thread)
    near = ProblemThread.objects.visible_to(actor).filter(village=thread.village_id).exclude(pk=thread.pk)
    found = near.select_related("round", "team").filter(pk=other.pk).first()
    if found is None:
        raise ServiceError("只能与同一村（社区）的另一条历年问题合并。", "other")
    if not (text := _text(reason)):
        raise ServiceError("请写明为什么是同一个问题。", "reason")
    kept, gone = _newer_first(thread, found)
    demand(rules.can_thread(actor, kept))
    return _join(actor, kept, gone, text)


def _still_there(thread: ProblemThread) -> ProblemThread:
    found = ProblemThread.objects.select_related("round", "team").filter(pk=thread.pk).first()
    if found is None:
        raise ServiceError("这条历年问题刚被合并或撤销，请回到列表查看。")
    return found


def _join(actor: Any, kept: ProblemThread, gone: ProblemThread, reason: str) -> ProblemThread:
    for place in gone.papers.all():
        records.update(
            place, actor=actor, verb="findings.thread.put", revision=None, changes={"thread": kept}
        )
    audit.record(
        actor=actor,
        verb="findings.thread.join",
        target=kept,
        before={"并入的历年问题": gone.title},
        reason=reason,
    )
    gone.delete()
    return recount_thread(actor=actor, thread=kept)


@transaction.atomic
def take_out(*, actor: Any, place: ThreadPaper, revision: int, reason: str) -> Finding:
    """The paper is another problem after all: it leaves the thread and is not proposed to its papers again.

    A thread of one paper is none: it is dissolved.
    """
    demand(rules.can_thread(actor, place.thread))
    if not (text := _text(reason)):
        raise ServiceError("请填写移出的理由。", "reason")
    hold_village(place)
    place = _as_it_stands(ThreadPaper.objects.select_related("thread", "finding__round"), place, revision)
    thread, finding = place.thread, place.finding
    place.delete()
    left = list(thread.papers.select_related("finding__round", "finding__inspection"))
    for row in left:
        _refuse(actor, finding, row.finding, text)
    audit.record(
        actor=actor,
        verb="findings.thread.take_out",
        target=finding,
        before={"历年问题": thread.title},
        reason=text,
    )
    if len(left) > 1:
        recount_thread(actor=actor, thread=thread)
    else:
        audit.record(actor=actor, verb="findings.thread.dissolve", target=thread, reason="只剩一份底稿")
        thread.delete()
    return finding


def _as_it_stands(rows: QuerySet[Row], seen: Row, revision: int) -> Row:
    """The row read again, as it was when the person looked at it."""
    current = rows.filter(pk=seen.pk).first()
    if current is None or current.revision != revision:
        raise StaleRecord(current)
    return current


# --- judgements -------------------------------------------------------------------------------------------


@transaction.atomic
def refuse_proposal(*, actor: Any, finding: Finding, other: Finding, reason: str) -> ThreadRefusal:
    """Say that the two papers are not one problem, and why; they are not proposed to each other again."""
    demand(rules.can_thread_paper(actor, finding))
    hold_village(finding)
    other = _other(actor, finding, other)
    if not (text := _text(reason)):
        raise ServiceError("请填写不是同一问题的理由。", "reason")
    mine, theirs = _place(actor, finding), _place(actor, other)
    if mine and theirs and mine.thread_id == theirs.thread_id:
        raise ServiceError("两份底稿已经归在同一条历年问题里，先移出再判断。")
    return _refuse(actor, finding, other, text)


def _refuse(actor: Any, finding: Finding, other: Finding, reason: str) -> ThreadRefusal:
    first, second = sorted((finding, other), key=lambda paper: paper.pk)
    if known := ThreadRefusal.objects.filter(first=first, second=second).first():
        return records.update(
            known, actor=actor, verb="findings.thread.refuse", revision=None, changes={"reason": reason}
        )
    newer = max(finding, other, key=lambda paper: paper.round.starts_on)
    row = ThreadRefusal(**spine(newer.inspection), first=first, second=second, reason=reason)
    return records.create(row, actor=actor, verb="findings.thread.refuse")


@transaction.atomic
def recall_refusal(*, actor: Any, refusal: ThreadRefusal, revision: int) -> Finding:
    """Take the judgement back: the two papers are proposed to each other again if enough speaks for it."""
    demand(rules.can_thread(actor, refusal))
    hold_village(refusal)
    refusal = _as_it_stands(
        ThreadRefusal.objects.select_related("first__round", "second__round"), refusal, revision
    )
    finding = max(refusal.first, refusal.second, key=lambda paper: paper.round.starts_on)
    _recall(actor, refusal)
    return finding


def _recall(actor: Any, refusal: ThreadRefusal) -> None:
    audit.record(
        actor=actor, verb="findings.thread.recall", target=refusal.first,
        before={"另一份底稿": str(refusal.second), "理由": refusal.reason},
    )  # fmt: skip
    refusal.delete()


def _drop_refusals(actor: Any, finding: Finding, other: Finding) -> None:
    pair = Q(first=finding, second=other) | Q(first=other, second=finding)
    for row in ThreadRefusal.objects.filter(pair).select_related("first", "second"):
        _recall(actor, row)
