"""Figures of a thread follow its papers; a paper that goes into another takes its place along."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from core import audit, records
from findings import rules
from findings.models import Finding, ProblemThread, ThreadPaper
from prep.models import CheckPoint
from villages.models import Category, InspectionRecord, Village


def first_name(papers: Sequence[Finding]) -> str:
    """How a confirmed one of ``papers`` called the problem first; until then what was checked, or the category.

    Later teams read the name of a thread, but nobody else reads what a team has not confirmed.
    """
    confirmed = (paper.title for paper in papers if paper.status in Finding.CONFIRMED)
    points = (point.title for paper in papers if (point := _point(paper)))
    return next(confirmed, None) or next(points, None) or _category(papers[0])


def _point(paper: Finding) -> CheckPoint | None:
    return paper.watch_item.check_point if paper.watch_item else None


def _category(paper: Finding) -> str:
    return (paper.subcategory or paper.category).name


def _name(thread: ProblemThread, papers: Sequence[Finding]) -> str:
    """The name as it is, unless it stood in for that of a paper that was not confirmed by then."""
    return first_name(papers) if papers and _stands_in(thread.title) else thread.title


def _stands_in(title: str) -> bool:
    """Is it the name of a check point or a category? Of any: the paper's own may have been corrected since."""
    points, categories = CheckPoint.objects.filter(title=title), Category.objects.filter(name=title)
    return points.exists() or categories.exists()


def hold_village(row: InspectionRecord) -> None:
    """One judgement in a village at a time: two people who confirm at once make one thread, not two.

    What was read before is read again under it.
    """
    Village.objects.select_for_update().get(pk=row.village_id)


@transaction.atomic
def recount_thread(*, actor: Any, thread: ProblemThread) -> ProblemThread:
    """Count the standing papers and their years anew, and move the thread to the newest round among its papers.

    No paper is named with the new figures: a later team reads them, and may not know of an earlier one's drafts.
    """
    rows = list(
        thread.papers.select_related(
            "finding__watch_item__check_point", "finding__category", "finding__subcategory",
            "inspection", "round", "team",
        ).order_by("round__starts_on", "id")
    )  # fmt: skip
    standing = [row.finding for row in rows if rules.stands(row.finding)]
    years = sorted({year for paper in standing for year in paper.years})
    newest = rows[-1]
    changes = {
        "title": _name(thread, standing),
        "years": years,
        "first_year": years[0] if years else 0,
        "last_year": years[-1] if years else 0,
        "year_count": len(years),
        "paper_count": len(standing),
        "round_count": len({paper.round_id for paper in standing}),
        "inspection": newest.inspection,
        "round": newest.round,
        "team": newest.team,
    }
    return records.update(thread, actor=actor, verb="findings.thread.recount", revision=None, changes=changes)


@transaction.atomic
def follow_paper(*, actor: Any, finding: Finding) -> None:
    """Something about a paper has changed that its thread goes by: years, whether it stands or is confirmed."""
    hold_village(finding)
    place = ThreadPaper.objects.filter(finding=finding).select_related("thread").first()
    if place is not None:
        recount_thread(actor=actor, thread=place.thread)


@transaction.atomic
def follow_merge(*, actor: Any, finding: Finding, into: Finding) -> None:
    """``finding`` went into ``into``: its place goes to the kept paper, unless that one has a place already.

    In the same thread the place is given up. In two threads it stays, and the thread's page says where the paper
    went: whether two threads are one is for people to say.
    """
    hold_village(finding)
    place = ThreadPaper.objects.filter(finding=finding).select_related("thread").first()
    if place is None:
        return
    kept = ThreadPaper.objects.filter(finding=into).first()
    if kept is None:
        records.update(
            place, actor=actor, verb="findings.thread.follow", revision=None, changes={"finding": into}
        )
    elif kept.thread_id == place.thread_id:
        audit.record(
            actor=actor,
            verb="findings.thread.follow",
            target=place.thread,
            reason="底稿已并入这条历年问题的另一份底稿",
        )
        place.delete()
    recount_thread(actor=actor, thread=place.thread)
