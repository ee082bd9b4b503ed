"""The register of official papers: search, filters, the next free number, what is due when."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from prep.models import OfficialPaper, PaperKind, PaperStatus, TeamContact
from prep.selectors.official_texts import last_working_day, stays
from villages.access import is_office
from villages.models import Round, Team, Town
from villages.selectors.parameters import parameter

# What follows the district's sign in the number of each kind.
SIGNS = {PaperKind.AUTHORISATION: "巡领", PaperKind.NOTICE: "巡通", PaperKind.ANNOUNCEMENT: "巡告"}


def papers(
    viewer: Any, round_: Round, *, text: str = "", kind: str = "", status: str = ""
) -> QuerySet[OfficialPaper]:
    """Papers of a round the viewer may see; ``text`` looks in title, number and addressee."""
    rows = OfficialPaper.objects.visible_to(viewer).filter(round=round_).select_related("team", "town")
    if text:
        rows = rows.filter(Q(title__contains=text) | Q(doc_no__contains=text) | Q(addressee__contains=text))
    if kind in PaperKind.values:
        rows = rows.filter(kind=kind)
    return rows.filter(status=status) if status in PaperStatus.values else rows


def kind_options(viewer: Any, round_: Round) -> list[dict[str, Any]]:
    """Kinds with how many papers there are of each."""
    rows = OfficialPaper.objects.visible_to(viewer).filter(round=round_).order_by()
    numbers = dict(rows.values_list("kind").annotate(Count("pk")))
    options = [
        {"value": k, "label": label, "count": numbers[k]} for k, label in PaperKind.choices if k in numbers
    ]
    return [{"value": "", "label": "全部", "count": sum(numbers.values())}, *options]


def next_number(sign: str, year: int, taken: Iterable[str]) -> str:
    """The number after the last one of this sign and year among ``taken``."""
    prefix = f"{sign}〔{year}〕"
    used = (number for number in taken if number.startswith(prefix))
    last = max((int(found[1]) for no in used if (found := re.search(r"〕(\d+)号$", no))), default=0)
    return f"{prefix}{last + 1}号"


def suggested_number(paper: OfficialPaper, year: int) -> str:
    """The next free number for a paper of this kind."""
    sign = f"{paper.round.district.short}{SIGNS[PaperKind(paper.kind)]}"
    taken = OfficialPaper.objects.filter(doc_no__startswith=sign).exclude(pk=paper.pk)
    return next_number(sign, year, taken.values_list("doc_no", flat=True))


def send_by(paper: OfficialPaper) -> dt.date | None:
    """The last working day on which a notice is in time: so many days before the first village is entered."""
    if paper.kind != PaperKind.NOTICE:
        return None
    first = min(
        (row.entry_on for row in stays(paper.round, paper.team, paper.town) if row.entry_on), default=None
    )
    if first is None:
        return None
    return last_working_day(first - dt.timedelta(days=parameter(paper.round, "notice_lead_days")))


def contact_of(team: Team) -> TeamContact:
    """How a team is reached; a new row, not stored, when nothing has been filled in."""
    return TeamContact.objects.filter(team=team).first() or TeamContact(team=team)


def contacts(viewer: Any, round_: Round) -> list[tuple[Team, TeamContact | None]]:
    """Teams of a round with how they are reached: all for the office, the own one for an inspector. Two queries."""
    teams = Team.objects.visible_to(viewer).filter(round=round_).select_related("round")
    if not is_office(viewer):
        teams = teams.filter(memberships__user=viewer.pk)
    known = {row.team_id: row for row in TeamContact.objects.filter(team__in=teams)}
    return [(team, known.get(team.pk)) for team in teams]


def wanted(round_: Round) -> list[tuple[str, Team | None, Town | None]]:
    """The papers a round needs: one authorisation, a notice for each team and town, an announcement for each team."""
    found: list[tuple[str, Team | None, Town | None]] = [(PaperKind.AUTHORISATION, None, None)]
    pairs = dict.fromkeys((row.team, row.town) for row in stays(round_))
    found += [(PaperKind.NOTICE, team, town) for team, town in pairs]
    return found + [(PaperKind.ANNOUNCEMENT, team, None) for team in dict.fromkeys(team for team, _ in pairs)]


def lacking(round_: Round) -> list[tuple[str, Team | None, Town | None]]:
    """Those of the papers a round needs that nobody has drafted yet."""
    rows = OfficialPaper.objects.filter(round=round_).exclude(status=PaperStatus.VOID)
    have = set(rows.values_list("kind", "team", "town"))
    return [one for one in wanted(round_) if (one[0], one[1] and one[1].pk, one[2] and one[2].pk) not in have]
