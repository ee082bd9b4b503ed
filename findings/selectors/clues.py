"""Clues for those who may know of them: the list, one clue in clear, and who else may be named."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from core.listing import Page, keyset
from findings import rules
from findings.models import (
    Clue,
    ClueDisposal,
    ClueFile,
    ClueReader,
    ClueStatus,
    Discipline,
    Finding,
)
from findings.models.ciphertext import NotReadable
from findings.selectors.merged import keys_within
from findings.selectors.paper import persons_of
from findings.workflow.clue import CLUE_FLOW
from villages.access import is_recused
from villages.models import Membership, Role, TeamRole, User, VillageInspection
from villages.models.spine import people_aside

_RELATED = ("round__district", "team__round", "village", "town", "receiver__office", "opened_by")
_SIGNERS = ("signed_by", "approved_by", "handed_by", "received_by")


@dataclass(frozen=True)
class ClueLine:
    """One clue in the list; its name in clear for who knows it anyway, ``None`` where it cannot be opened now."""

    clue: Clue
    title: str | None
    number: str


def clue_list(viewer: Any, *, status: str = "", cursor: str = "") -> tuple[Page, list[dict[str, Any]]]:
    """The clues one knows of, the latest first, and how many there are in each state."""
    rows = Clue.objects.visible_to(viewer)
    found = list(rows.order_by().values_list("status", flat=True))
    states = [
        {"value": s.value, "label": s.label, "count": found.count(s)} for s in ClueStatus if found.count(s)
    ]
    if status in ClueStatus.values:
        rows = rows.filter(status=status)
    page = keyset(rows.select_related(*_RELATED), order=["-id"], cursor=cursor, size=30)
    heading = _teams_headed(viewer)
    lines = [
        ClueLine(row, _title(row), number_of(row) if _counts(viewer, row, heading) else "")
        for row in page.rows
    ]
    return Page(lines, page.next, page.previous), states


def _title(clue: Clue) -> str | None:
    try:
        return str(clue.read("title"))
    except NotReadable:
        return None


def _teams_headed(viewer: Any) -> set[Any]:
    posts = Membership.objects.filter(user=viewer.pk, role=TeamRole.LEADER)
    return set(posts.values_list("team", flat=True))


def _counts(viewer: Any, clue: Clue, heading: set[Any]) -> bool:
    """As ``rules.sees_number`` says, asked once for the whole list."""
    return viewer.role in (Role.OFFICE_HEAD, Role.DISCIPLINE) or clue.team_id in heading


def leads_a_team(viewer: Any) -> bool:
    """Is there a team in which this person may write clues? Enough for a button."""
    posts = Membership.objects.filter(user=viewer.pk).sworn()
    return posts.filter(role__in=[TeamRole.LEADER, TeamRole.DEPUTY]).exists()


def number_of(clue: Clue) -> str:
    """The form number (XS), empty until it was handed over."""
    if clue.serial is None:
        return ""
    round_ = clue.round
    head = (
        f"{round_.district.short}巡{round_.year}-{round_.number}-{clue.team.number}-{clue.village.code[-3:]}"
    )
    return f"{head}-XS-{clue.serial:04d}"


def with_clue_relations(rows: Any) -> QuerySet[Clue]:
    """Clues with all that their page names."""
    return rows.select_related(*_RELATED, *_SIGNERS)


def clue_words(clue: Clue) -> dict[str, Any]:
    """What the clue says, in clear and in words; for the page, the sheet and nothing else."""
    words = {name: clue.read(name) for name in (*Clue.CONTENT, *Clue.OUTCOME)}
    disposal = words["disposal"]
    return words | {
        "disciplines": [Discipline(value).label for value in words["disciplines"] or []],
        "category": (words["category"] or {}).get("name", ""),
        "subcategory": (words["subcategory"] or {}).get("name", ""),
        "disposal": ClueDisposal(disposal).label if disposal else "",
    }


def clue_page(viewer: Any, clue: Clue) -> dict[str, Any]:
    """What stands on the page of a clue."""
    readers = ClueReader.objects.filter(clue=clue, removed_on__isnull=True).select_related(
        "user__office", "added_by"
    )
    can_name = rules.can_name_readers(viewer, clue)
    return {
        "words": clue_words(clue),
        "number": number_of(clue) if rules.sees_number(viewer, clue) else "",
        "steps": list(clue.steps.select_related("person").order_by("-id")),
        "files": files_of(clue),
        "by_post": known_by_post(clue),
        "readers": [
            {"row": row, "can_remove": can_name and rules.names_side_of(viewer, row.user)} for row in readers
        ],
        "can_name": can_name,
        "can_edit": rules.can_edit_clue(viewer, clue),
        "can_see_sheet": rules.can_see_sheet(viewer, clue),
        "offers": CLUE_FLOW.available(viewer, clue),
        "missing": rules.missing_of_clue(clue) if clue.status in Clue.OPEN else [],
    }


def files_of(clue: Clue) -> list[ClueFile]:
    """Its material by name; the contents stay where they are."""
    rows = ClueFile.objects.filter(clue=clue, removed_on__isnull=True).select_related("added_by")
    return list(rows.defer("sealed_copy", "sealed_original").order_by("id"))


def known_by_post(clue: Clue) -> list[tuple[str, User]]:
    """Who knows of it without being named: leader, head of the office once it was shown, the receiver."""
    posts = Membership.objects.filter(team=clue.team_id, role=TeamRole.LEADER).select_related("user__office")
    found = [("组长", post.user) for post in posts.order_by("id") if not is_recused(post.user, clue)]
    if clue.shown_on:
        heads = User.objects.filter(role=Role.OFFICE_HEAD, is_active=True).select_related("office")
        found += [("巡察办主任", head) for head in heads.order_by("id")]
    if clue.receiver and clue.status in Clue.WITH_COMMISSION and not is_recused(clue.receiver, clue):
        found.append(("接收人", clue.receiver))
    return found


def nameable(viewer: Any, clue: Clue) -> QuerySet[User]:
    """Whom ``viewer`` may still name: the leader members of the team, the head people of office and commission."""
    if viewer.role == Role.OFFICE_HEAD:
        sides = Q(role=Role.OFFICE_CLERK)
        if clue.status in Clue.WITH_COMMISSION and clue.receiver and clue.receiver.office_id:
            sides |= Q(role=Role.DISCIPLINE, office=clue.receiver.office_id) & ~Q(pk=clue.receiver_id)
        people = User.objects.filter(sides)
    else:
        posts = Membership.objects.filter(team=clue.team_id).sworn().exclude(role=TeamRole.LEADER)
        people = User.objects.filter(pk__in=posts.values("user"), role=Role.INSPECTOR)
    known = ClueReader.objects.filter(clue=clue, removed_on__isnull=True).values("user")
    wanted = people.filter(is_active=True).exclude(pk__in=known).exclude(people_aside(clue))
    return wanted.order_by("display_name")


def receivers(clue: Clue) -> QuerySet[User]:
    """Accounts of the discipline commission that may take ``clue`` in: in use, and not aside from its village."""
    people = User.objects.filter(role=Role.DISCIPLINE, is_active=True)
    return people.exclude(people_aside(clue)).select_related("office").order_by("display_name")


def undecided_clues(viewer: Any, inspection: VillageInspection) -> int:
    """Clues of the village that ``viewer`` knows of and that still lie with the team."""
    rows = Clue.objects.visible_to(viewer).filter(round=inspection.round_id, village=inspection.village_id)
    return rows.filter(status__in=Clue.OPEN).count()


def clues_of_finding(viewer: Any, finding: Finding) -> tuple[list[Clue], int]:
    """Clues ``viewer`` knows of that were written from this paper, or from one that stands in it now; and how many
    of the village cannot be opened, so that nobody can say whether they belong here.
    """
    rows = Clue.objects.visible_to(viewer).filter(round=finding.round_id, village=finding.village_id)
    known = list(rows.order_by("id"))
    wanted = {str(key) for key in keys_within(viewer, finding)} if known else set()
    found, sealed = [], 0
    for row in known:
        try:
            if row.read("finding") in wanted:
                found.append(row)
        except NotReadable:
            sealed += 1
    return found, sealed


def first_words_of_finding(viewer: Any, finding: Finding) -> dict[str, Any]:
    """A paper's words as the beginning of a clue."""
    persons = persons_of(viewer, finding) or ()
    facts = "\n".join(text for text in (finding.summary, finding.facts) if text)
    return {
        "title": finding.title,
        "persons": [{"name": p.name, "post": p.post, "unit": finding.village.name} for p in persons],
        "facts": facts,
        "disciplines": list(finding.disciplines),
        "category": str(finding.category_id),
        "subcategory": str(finding.subcategory_id or ""),
        "sources": f"问题底稿{finding.told_no}（{'、'.join(finding.origin_labels)}）",
        "finding": str(finding.pk),
    }
