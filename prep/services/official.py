"""Official papers: drafted from the round's data, edited, issued once and for all; and how a team is reached."""

from typing import Any

from django.db import transaction

from core import clock, records
from core.access import demand
from core.errors import ServiceError
from core.jobs import enqueue
from core.models import Job
from core.text import clean, clean_deep
from prep.models import OfficialPaper, PaperKind, PaperStatus, TeamContact
from prep.rules import official as rules
from prep.selectors.official import lacking, suggested_number
from prep.selectors.official_texts import compose
from prep.workflow.official import PAPER
from villages.models import Membership, Round, Team, Town
from villages.services import update_member

PAPER_FIELDS = ("title", "doc_no", "dated_on", "addressee", "copy_to", "body")


@transaction.atomic
def draft_paper(
    *, actor: Any, round: Round, kind: str, team: Team | None = None, town: Town | None = None
) -> OfficialPaper:
    """Draft a paper with what the round knows; one that is alive already is not drafted a second time."""
    demand(rules.can_draft(actor, round))
    if kind not in PaperKind.values or (kind != PaperKind.AUTHORISATION and team is None):
        raise ServiceError("请选择文种；通知和公告还要选择巡察组。", "kind")
    team, town = (None, None) if kind == PaperKind.AUTHORISATION else (team, town)
    town = town if kind == PaperKind.NOTICE else None
    alive = OfficialPaper.objects.filter(round=round, kind=kind, team=team, town=town)
    if alive.exclude(status=PaperStatus.VOID).exists():
        raise ServiceError("这份公文已经起草；要重新起草的，先把原来的作废。", "kind")
    made = OfficialPaper(
        round=round, kind=kind, team=team, town=town, **compose(kind, round, team, town).values()
    )
    made.doc_no = suggested_number(made, clock.today().year)
    return records.create(made, actor=actor, verb="prep.paper_draft")


@transaction.atomic
def draft_round_papers(*, actor: Any, round: Round) -> Round:
    """Draft everything a round needs and does not have yet."""
    demand(rules.can_draft(actor, round))
    missing = lacking(round)
    if not missing:
        raise ServiceError("本轮需要的公文都已起草。")
    for kind, team, town in missing:
        draft_paper(actor=actor, round=round, kind=kind, team=team, town=town)
    return round


@transaction.atomic
def edit_paper(*, actor: Any, paper: OfficialPaper, revision: int, values: dict[str, Any]) -> OfficialPaper:
    """Change the words of a draft; ``values``: any of ``PAPER_FIELDS``."""
    demand(rules.can_edit_paper(actor, paper))
    changes = {name: clean_deep(values[name]) for name in PAPER_FIELDS if name in values}
    _check_number(paper, changes.get("doc_no", ""))
    for name, words in (("title", "标题"), ("body", "正文")):
        if name in changes and not changes[name].strip():
            raise ServiceError(f"请填写{words}。", name)
    return records.update(paper, actor=actor, verb="prep.paper_edit", revision=revision, changes=changes)


def _check_number(paper: OfficialPaper, number: str) -> None:
    if not number:
        return
    if not rules.NUMBER.fullmatch(number):
        raise ServiceError("发文字号应写成“青巡办〔2026〕5号”的样子。", "doc_no")
    other = OfficialPaper.objects.filter(doc_no=number).exclude(pk=paper.pk).first()
    if other is not None:
        raise ServiceError(f"{number}已用于《{other.title}》，作废的文号也不再使用。", "doc_no")


@transaction.atomic
def recompose_paper(*, actor: Any, paper: OfficialPaper, revision: int | None = None) -> OfficialPaper:
    """Write a draft anew from the data as they are now; number and date stay."""
    demand(rules.can_edit_paper(actor, paper))
    fresh = compose(paper.kind, paper.round, paper.team, paper.town).values()
    return records.update(paper, actor=actor, verb="prep.paper_recompose", revision=revision, changes=fresh)


@transaction.atomic
def issue_paper(*, actor: Any, paper: OfficialPaper, revision: int | None = None) -> OfficialPaper:
    """Issue a paper: from now on its words stand. An authorisation gives its number to members who have none."""
    PAPER.apply(paper, "issue", actor=actor, revision=revision)
    if paper.kind == PaperKind.AUTHORISATION:
        _authorise(actor, paper)
    return paper


def _authorise(actor: Any, paper: OfficialPaper) -> None:
    for member in Membership.objects.filter(round=paper.round, authorisation_no=""):
        changes = {"authorisation_no": paper.doc_no, "authorised_on": paper.dated_on}
        update_member(actor=actor, member=member, revision=member.revision, changes=changes)


@transaction.atomic
def void_paper(
    *, actor: Any, paper: OfficialPaper, reason: str, revision: int | None = None
) -> OfficialPaper:
    """Void a paper with a reason; its number is never used again."""
    return PAPER.apply(paper, "void", actor=actor, revision=revision, reason=clean(reason))


@transaction.atomic
def save_contact(*, actor: Any, team: Team, revision: int, values: dict[str, Any]) -> TeamContact:
    """Say how a team is reached; ``revision`` 0 for the first time."""
    demand(rules.can_keep_contact(actor, team))
    changes = clean_deep(values)
    known = TeamContact.objects.filter(team=team).first()
    if known is None:
        return records.create(TeamContact(team=team, **changes), actor=actor, verb="prep.contact_save")
    return records.update(known, actor=actor, verb="prep.contact_save", revision=revision, changes=changes)


@transaction.atomic
def request_official_paper(*, actor: Any, paper: OfficialPaper) -> Job:
    """Ask for the paper as Word."""
    demand(rules.can_read_papers(actor))
    return enqueue(
        "prep.official_paper",
        args={"paper": str(paper.pk)},
        actor=actor,
        title=paper.title,
        dedupe=f"prep.official_paper:{actor.pk}:{paper.pk}",
        subject=paper,
    )
