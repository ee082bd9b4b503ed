"""Writing a set of papers: each form rendered for each village and streamed into the zip, one file at a time."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from core.blanks import BlankForm, FilledPaper, Place, filled_papers
from core.files.bundle import BundleWriter, Written
from core.files.names import clean_name, extension_of
from prep.documents.catalogue import CatalogueLine, VillageLine, catalogue_xlsx, overview_xlsx
from prep.selectors.form_sets import Keepers, copies_in, keepers_of, ordered_forms, place_of
from villages.models import Round, Stage, Team, VillageInspection

SEALED_FOLDER = "9-专人保管"
CATALOGUE, OVERVIEW = "目录.xlsx", "总目录.xlsx"
_FOLDERS = {stage.value: f"{number}-{stage.label.replace('·', '')}" for number, stage in enumerate(Stage, 1)}
_LONGEST = 60
_MEDIA = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF"}

Report = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Scope:
    """What a package is made of; ``team`` and ``inspection`` narrow the round."""

    round: Round
    team: Team | None = None
    inspection: VillageInspection | None = None

    @property
    def name(self) -> str:
        """Name of the package's folder and file."""
        if self.inspection is not None:
            return clean_name(f"{self.round.name}{self.inspection.village.name}成套表单")
        return clean_name(f"{self.round.name}{self.team.name if self.team else ''}成套表单")


@dataclass(frozen=True)
class Packed:
    """How much was written."""

    villages: int
    papers: int


def villages_in(viewer: Any, scope: Scope) -> list[VillageInspection]:
    """The villages of a package, as far as ``viewer`` may see them."""
    rows = VillageInspection.objects.visible_to(viewer).filter(round=scope.round)
    if scope.team is not None:
        rows = rows.filter(team=scope.team)
    if scope.inspection is not None:
        rows = rows.filter(pk=scope.inspection.pk)
    related = rows.select_related("round__district", "team__round__district", "town", "village")
    return list(related.order_by("team__number", "village__code"))


def write_package(stream: IO[bytes], scope: Scope, viewer: Any, day: dt.date, report: Report) -> Packed:
    """Write the package of ``scope`` into ``stream``: a village's set at the top, several in a folder each."""
    inspections = villages_in(viewer, scope)
    keepers = keepers_of({row.team_id: row.team for row in inspections}.values())
    copies = copies_in(scope.round)
    counter = _Counter(report, len(inspections) * (len(ordered_forms()) + len(filled_papers())))
    papers, lines = 0, []
    with BundleWriter(stream, scope.name) as bundle:
        for inspection in inspections:
            folder = "" if scope.inspection is not None else f"{_village_folder(inspection)}/"
            village = _VillageSet(bundle, folder, inspection, keepers[inspection.team_id], copies, counter)
            written = village.write(viewer, day)
            papers += village.papers
            lines.append(_village_line(inspection, keepers[inspection.team_id], village.papers, written))
        if scope.inspection is None:
            office = f"{scope.round.district.name}委巡察办"
            bundle.write(OVERVIEW, [overview_xlsx(scope.name.removesuffix("成套表单"), office, day, lines)])
    counter.finish()
    return Packed(len(inspections), papers)


class _Counter:
    """Tells how far the work is, with the name of what is being made."""

    def __init__(self, report: Report, total: int) -> None:
        self._report, self._total, self._done = report, total, 0

    def begin(self, name: str) -> None:
        self._report(self._done, self._total + 1, name)
        self._done += 1

    def finish(self) -> None:
        self._report(self._total + 1, self._total + 1, "封装完成")


class _VillageSet:
    """Writes one village's papers and its catalogue."""

    def __init__(
        self, bundle: BundleWriter, folder: str, inspection: VillageInspection, keepers: Keepers,
        copies: dict[str, int], counter: _Counter,
    ) -> None:  # fmt: skip
        self._bundle = bundle
        self._folder = folder
        self._inspection = inspection
        self._keepers = keepers
        self._place: Place = place_of(inspection, keepers)
        self._copies = copies
        self._counter = counter
        self._lines: list[CatalogueLine] = []

    @property
    def papers(self) -> int:
        """Files so far, without the catalogue."""
        return len(self._lines)

    def write(self, viewer: Any, day: dt.date) -> Written:
        """Write blanks, filled papers and the catalogue; return the catalogue."""
        for form in ordered_forms():
            self._begin(form.title)
            self._blank(form)
        for paper in filled_papers():
            self._begin(paper.title)
            self._filled(paper, viewer)
        content = catalogue_xlsx(self._place.village, self._place.office, day, self._lines)
        return self._bundle.write(f"{self._folder}{CATALOGUE}", [content])

    def _begin(self, title: str) -> None:
        self._counter.begin(f"{self._place.village} {title}" if self._folder else title)

    def _blank(self, form: BlankForm) -> None:
        context = form.context(self._place, self._copies[form.designation])
        folder = SEALED_FOLDER if form.sealed else _FOLDERS[form.stage]
        written = self._add(folder, form.file_name, form.render(self._place, context.copies))
        self._lines.append(
            CatalogueLine(
                stage=Stage(form.stage).label,
                designation=form.designation,
                number=f"{self._place.number_head}-{form.code}",
                title=form.title,
                medium=form.medium.label,
                version=form.version,
                copies=context.copies,
                keeper=context.keeper,
                sealed=form.sealed,
                path=written.path.removeprefix(self._folder),
                sha256=written.sha256,
            )
        )

    def _filled(self, paper: FilledPaper, viewer: Any) -> None:
        made = paper.make(viewer, self._inspection)
        if made is None:
            return
        name, content = made
        written = self._add(_FOLDERS[paper.stage], f"已填 {name}", content)
        self._lines.append(
            CatalogueLine(
                stage=Stage(paper.stage).label,
                designation="",
                number="",
                title=f"{paper.title}（已填）",
                medium=_MEDIA.get(extension_of(name), ""),
                version=None,
                copies=None,
                keeper=self._place.keeper,
                sealed=False,
                path=written.path.removeprefix(self._folder),
                sha256=written.sha256,
            )
        )

    def _add(self, folder: str, name: str, content: bytes) -> Written:
        numbered = clean_name(f"{len(self._lines) + 1:02d} {name}")
        return self._bundle.write(f"{self._folder}{folder}/{numbered}", _once(content))


def _once(content: bytes) -> Iterator[bytes]:
    yield content


def _village_folder(inspection: VillageInspection) -> str:
    """Readable and, by the end of the place's code, the only one of its name in the district."""
    name = clean_name(f"{inspection.town.name}{inspection.village.name}")[:_LONGEST].strip(" .")
    return f"{clean_name(inspection.team.name)}/{name}-{inspection.village.code[-6:]}"


def _village_line(
    inspection: VillageInspection, keepers: Keepers, papers: int, written: Written
) -> VillageLine:
    return VillageLine(
        team=inspection.team.name,
        town=inspection.town.name,
        village=inspection.village.name,
        papers=papers,
        keeper=keepers.keeper_name,
        path=written.path,
        sha256=written.sha256,
    )
