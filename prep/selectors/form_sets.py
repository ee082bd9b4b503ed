"""The blank forms as one round uses them: in their order, with their copies, for a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.blanks import BlankForm, Place, blank_forms
from prep.models import FormSet, PaperKeeper
from villages.models import Membership, Round, RoundParameter, Stage, Team, TeamRole, User, VillageInspection
from villages.models.reference_data import FORM_COPIES
from villages.selectors.parameters import parameter
from villages.services.numbering import number_head

COPIES = "form_copies"
_NOBODY = "（未指定）"
_SHOWN = 20


@dataclass(frozen=True)
class Keepers:
    """Who keeps a team's papers: ``row`` when the leader named them, otherwise archivist and leader."""

    keeper: User | None
    sealed: User | None
    row: PaperKeeper | None = None

    @property
    def keeper_name(self) -> str:
        """As printed on the papers."""
        return self.keeper.display_name if self.keeper else _NOBODY

    @property
    def sealed_name(self) -> str:
        """As printed on the papers kept apart."""
        return self.sealed.display_name if self.sealed else _NOBODY


@dataclass(frozen=True)
class FormLine:
    """One form as a list shows it."""

    form: BlankForm
    copies: int
    keeper: str


@dataclass(frozen=True)
class FormGroup:
    """The forms of one stage."""

    stage: str
    lines: list[FormLine]


def ordered_forms() -> list[BlankForm]:
    """Every form by stage and, inside, in the order in which it is used."""
    places = {designation: place for place, designation in enumerate(FORM_COPIES)}
    stages = list(Stage.values)
    return sorted(
        blank_forms(),
        key=lambda form: (
            stages.index(form.stage),
            places.get(form.designation, len(places)),
            form.designation,
        ),
    )


def copies_in(round_: Round) -> dict[str, int]:
    """How many copies of each form, by its designation; a form the round's parameter does not name gets one."""
    given = parameter(round_, COPIES)
    return {form.designation: given.get(form.designation, 1) for form in blank_forms()}


def copies_row(round_: Round) -> RoundParameter | None:
    """The round's own parameter, when it has one."""
    return RoundParameter.objects.filter(round=round_, key=COPIES).first()


def keepers_of(teams: Iterable[Team]) -> dict[Any, Keepers]:
    """By team: two queries however many teams."""
    keys = [team.pk for team in teams]
    rows = PaperKeeper.objects.filter(team__in=keys).select_related("keeper", "sealed_keeper")
    named = {row.team_id: row for row in rows}
    posts: dict[tuple[Any, str], User] = {}
    usual = (TeamRole.ARCHIVIST, TeamRole.LEADER)
    for post in (
        Membership.objects.filter(team__in=keys, role__in=usual).select_related("user").order_by("id")
    ):
        posts.setdefault((post.team_id, post.role), post.user)
    return {key: _keepers(key, named.get(key), posts) for key in keys}


def _keepers(team: Any, row: PaperKeeper | None, posts: dict[tuple[Any, str], User]) -> Keepers:
    if row is not None:
        return Keepers(row.keeper, row.sealed_keeper, row)
    leader = posts.get((team, TeamRole.LEADER))
    return Keepers(posts.get((team, TeamRole.ARCHIVIST), leader), leader)


def place_of(inspection: VillageInspection, keepers: Keepers) -> Place:
    """What is printed on the papers of one village."""
    round_ = inspection.round
    return Place(
        district=round_.district.name,
        office=f"{round_.district.name}委巡察办",
        round=round_.name,
        team=inspection.team.name,
        town=inspection.town.name,
        village=inspection.village.name,
        number_head=number_head(inspection.team, inspection),
        keeper=keepers.keeper_name,
        sealed_keeper=keepers.sealed_name,
    )


def form_groups(copies: dict[str, int], keepers: Keepers | None) -> list[FormGroup]:
    """The forms under their stages; without a team nobody keeps them yet."""
    groups: dict[str, FormGroup] = {}
    for form in ordered_forms():
        keeper = (keepers.sealed_name if form.sealed else keepers.keeper_name) if keepers else ""
        group = groups.setdefault(form.stage, FormGroup(Stage(form.stage).label, []))
        group.lines.append(FormLine(form, copies[form.designation], keeper))
    return list(groups.values())


def sets_of(viewer: Any, round_: Round | None, inspection: VillageInspection | None = None) -> list[FormSet]:
    """The newest sets: of one village, or those of the round's teams and of the round itself."""
    rows = FormSet.objects.visible_to(viewer).filter(round=round_, inspection=inspection)
    related = ("round", "team", "inspection__village", "made_by", "keeper", "file")
    return list(rows.select_related(*related).order_by("-id")[:_SHOWN])
