"""The transfer sheet's data, in words."""

from typing import Any

from core import clock
from findings import rules
from findings.documents.clue import ClueSheet
from findings.documents.paper import SignatureLine
from findings.models import Clue
from findings.selectors.clues import clue_words, files_of, number_of
from villages.models import Office, Role, User


def sheet_of(viewer: Any, clue: Clue, *, mark: str) -> ClueSheet:
    """What stands on the sheet of ``clue`` as ``viewer`` prints it; ``mark`` goes across every page."""
    words = clue_words(clue)
    office = Office.objects.filter(kind=Office.Kind.INSPECTION).order_by("id").first()
    units = [
        clue.receiver.office.name if clue.receiver and clue.receiver.office else "",
        words["second_unit"],
    ]
    return ClueSheet(
        number=number_of(clue) if rules.sees_number(viewer, clue) or viewer.role != Role.INSPECTOR else "",
        office=office.name if office else "",
        round=clue.round.name,
        team=clue.team.name,
        village=f"{clue.town.name}{clue.village.name}党组织",
        title=words["title"],
        mode=clue.get_mode_display(),
        units="、".join(unit for unit in units if unit),
        persons=tuple(_person(row) for row in words["persons"] or []),
        facts=words["facts"],
        disciplines="、".join(words["disciplines"]),
        category=" · ".join(filter(None, (words["category"], words["subcategory"]))),
        sources=words["sources"],
        note=words["note"],
        files=tuple(f"{n}. {file.name}" for n, file in enumerate(files_of(clue), 1)),
        handing=(
            _line("巡察组组长", clue.signed_by, clue.signed_on),
            _line("巡察办主任", clue.approved_by, clue.approved_on),
            _line("移交人", clue.handed_by, clue.handed_on),
        ),
        receiving=(_line("接收人", clue.received_by, clue.received_on), _line("接收单位（盖章）", None, None)),
        handed_on=clue.handed_on,
        due_on=clue.due_on,
        disposal=words["disposal"],
        handling=words["handling"],
        result=words["result"],
        made_on=clock.today(),
        mark=mark,
    )  # fmt: skip


def _person(row: dict[str, str]) -> tuple[str, str, str, str, str]:
    name, unit, post, rank, politics = (
        row.get(part, "") for part in ("name", "unit", "post", "rank", "politics")
    )
    return name, unit, post, rank, politics


def _line(label: str, user: User | None, day: Any) -> SignatureLine:
    return SignatureLine(label, user.display_name if user else "", day)
