"""Asking for papers as Word or PDF: made in the background, found under the person's jobs."""

import datetime as dt
from typing import Any

from django.db import transaction

from core.access import demand
from core.errors import ServiceError
from core.jobs import enqueue
from core.models import Job
from findings import rules
from findings.models import FieldPaper, Finding, Talk
from findings.selectors.loan_print import printable_loans
from findings.selectors.village_set import village_set
from villages.models import VillageInspection


@transaction.atomic
def request_paper(*, actor: Any, finding: Finding, pdf: bool = False) -> Job:
    """Ask for one workpaper."""
    title = f"问题底稿 {finding.told_no}"
    return _ask(actor, "findings.paper", {"finding": finding.pk}, title, finding, pdf)


@transaction.atomic
def request_talk(*, actor: Any, talk: Talk, pdf: bool = False) -> Job:
    """Ask for one talk record. Its title names nobody: jobs stand in the top bar."""
    return _ask(actor, "findings.talk", {"talk": talk.pk}, f"谈话记录 {talk.no or '未编号'}", talk, pdf)


@transaction.atomic
def request_field_paper(*, actor: Any, paper: FieldPaper, pdf: bool = False) -> Job:
    """Ask for one visit, check or meeting."""
    title = f"{paper.get_kind_display()} {paper.no or '未编号'}"
    return _ask(actor, "findings.field", {"paper": paper.pk}, title, paper, pdf)


@transaction.atomic
def request_loan_list(
    *, actor: Any, inspection: VillageInspection, day: dt.date | None = None, pdf: bool = False
) -> Job:
    """Ask for a village's list of documents: what was asked for on ``day``, or all of it."""
    demand(rules.can_print(actor))
    loans = printable_loans(actor, inspection)
    if not (loans.filter(created_at__date=day) if day else loans).exists():
        raise ServiceError("这个村（社区）那一天没有登记调阅资料，没有可打印的清单。")
    args = {"inspection": inspection.pk, "day": day.isoformat() if day else ""}
    title = f"{inspection.village.name}调阅资料清单"
    return _ask(actor, "findings.loans", args, title, inspection, pdf)


@transaction.atomic
def request_village_set(*, actor: Any, inspection: VillageInspection, pdf: bool = False) -> Job:
    """Ask for all signed papers of a village as one print."""
    demand(rules.can_print(actor))
    if not village_set(actor, inspection).count:
        raise ServiceError("这个村（社区）还没有签好名的底稿和记录，没有可打印的。")
    title = f"{inspection.village.name}工作底稿汇编"
    return _ask(actor, "findings.village_set", {"inspection": inspection.pk}, title, inspection, pdf)


def _ask(actor: Any, kind: str, args: dict[str, Any], title: str, subject: Any, pdf: bool) -> Job:
    args = args | {"pdf": pdf}
    key = ":".join(str(value) for value in args.values())
    return enqueue(
        kind,
        args=args,
        actor=actor,
        title=f"{title}（PDF）" if pdf else title,
        dedupe=f"{kind}:{key}",
        subject=subject,
    )
