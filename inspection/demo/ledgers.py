"""Books of the demo villages: taken in file by file; one list with a wrong total waits for an answer."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.audit import SYSTEM
from findings.rules.ledger import can_lead_story
from findings.selectors.ledger import with_story_relations
from findings.services import lead_from_story
from inspection.demo import cast
from inspection.demo.foundation import EXAMPLES
from ledgers import services
from ledgers.models import LedgerSource, LedgerStory
from ledgers.rules import handling
from ledgers.rules.keeping import can_keep_books
from ledgers.selectors.runs import due_villages
from villages.models import Round, User, VillageInspection

_EXPLAINED = "村报账员拿出原始凭证和会议记录，事由、金额、收款人都对得上，已拍照留存。"


def take_in_books(number: int) -> Round:
    """Every file of books in the examples, in the village whose name it begins with, on the day of entry."""
    for inspection in cast.inspections(number):
        name = inspection.village.name
        files = [*EXAMPLES.glob(f"{name}明细账*.xlsx"), *EXAMPLES.glob(f"{name}历年账册.xlsx")]
        with clock.held(min(inspection.entry_on, clock.today())):
            for path in files:
                _confirm(_take(inspection, path))
            for path in EXAMPLES.glob(f"{name}*支出.xlsx"):
                _take(inspection, path)
    return cast.the_round(number)


def check_books(number: int) -> Round:
    """The checks run over them; of what they find one matter a village is made a lead, and one has its explanation."""
    round_ = cast.the_round(number)
    for due in due_villages(None, round_, clock.today()):
        inspection = due.inspection
        with clock.held(min(inspection.entry_on, clock.today())):
            services.check_village(actor=SYSTEM, inspection=inspection)
            keeper = _keeper(inspection)
            rows = with_story_relations(
                LedgerStory.objects.filter(inspection=inspection).order_by("-severity", "id")
            )
            worst, *rest = rows[:9]
            if can_lead_story(keeper, worst):
                lead_from_story(actor=keeper, story=worst)
            if rest and handling.can_settle(keeper, rest[-1]):
                services.dismiss_story(actor=keeper, story=rest[-1], step="explain", reason=_EXPLAINED)
    return round_


def _take(inspection: VillageInspection, path: Path) -> LedgerSource:
    return services.take_in(
        actor=_keeper(inspection),
        village=inspection.village,
        upload=SimpleUploadedFile(path.name, path.read_bytes()),
        at_once=True,
    )


def _confirm(source: LedgerSource) -> None:
    for sheet in source.sheets.exclude(kind="").select_related("source__file").order_by("position"):
        services.confirm_sheet(actor=source.owner, sheet=sheet)


def _keeper(inspection: VillageInspection) -> User:
    """The first of the team's members who need not stand aside."""
    plan = cast.plan_of(inspection.team)
    people = map(cast.person, (*plan.members, plan.archivist, plan.deputy, plan.leader))
    return next(person for person in people if can_keep_books(person, inspection.village))
