"""The papers of a round: every blank form for every village, in one package with its catalogues."""

import datetime as dt
import hashlib
import io
import zipfile
from pathlib import Path

import docx
import openpyxl
from django.core.management import call_command

from core.audit import SYSTEM
from core.files.bundle import BundleWriter
from prep.selectors.form_package import Scope, write_package
from villages.models import Role, Round, User, VillageInspection
from villages.models.places import Town, Village
from villages.selectors.parameters import default_scheme
from villages.services import create_round, create_team, seed_reference, set_district

TITLE = "Forms of a round, per village 28 and a catalogue"
SIZE = 30
REACH = 8
PEER = "python-docx and openpyxl, each template opened, filled, saved"

DAY = dt.date(2026, 3, 1)
NAME = "样村"


def prepare(size: int, folder: Path) -> None:
    """A round of ``size`` villages, and one village's files for limit and peer."""
    call_command("migrate", verbosity=0)
    seed_reference(actor=SYSTEM)
    district = set_district(actor=SYSTEM, code="990101", name="青岚区", short="青")
    round_ = create_round(
        actor=SYSTEM, district=district, term=5, year=2026, number=1, name="第一轮", mode=Round.Mode.DIRECT,
        starts_on=DAY, ends_on=DAY + dt.timedelta(days=90), scheme=default_scheme(),
    )  # fmt: skip
    team = create_team(actor=SYSTEM, round_=round_, number=1)
    town = Town.objects.create(district=district, code="990101100000", name="东风镇")
    for number in range(size):
        village = Village.objects.create(
            town=town, code=f"990101100{200 + number:03d}", name=f"{NAME}{number}"
        )
        VillageInspection.objects.create(round=round_, team=team, village=village, town=town)
    User.objects.create(username="bench", display_name="职员", role=Role.OFFICE_CLERK, password="!")
    first = VillageInspection.objects.select_related("village", "team", "round__district").earliest("id")
    with (folder / "one.zip").open("wb") as stream:
        write_package(stream, Scope(first.round, first.team, first), _clerk(), DAY, _silent)


def _clerk() -> User:
    return User.objects.get(username="bench")


def _silent(done: int, total: int, note: str) -> None:
    """Nobody watches."""


def _files(folder: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(folder / "one.zip") as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def limit(size: int, folder: Path) -> None:
    """The same parts deflated into files, hashed, and put into the package: nothing is made up any more."""
    parts = []
    for name, content in _files(folder):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts.append((name, {part: archive.read(part) for part in archive.namelist()}))
    with zipfile.ZipFile(folder / "limit.zip", "w") as package:
        for number in range(size):
            for name, content in parts:
                stream = io.BytesIO()
                with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
                    for part, text in content.items():
                        file.writestr(part, text)
                hashlib.sha256(stream.getvalue()).hexdigest()
                package.writestr(f"{number}/{name}", stream.getvalue())


def ours(size: int, folder: Path) -> None:
    """What the job of the product writes."""
    with (folder / "ours.zip").open("wb") as stream:
        packed = write_package(stream, Scope(Round.objects.get()), _clerk(), DAY, _silent)
    assert packed.villages == size


def peer(size: int, folder: Path) -> None:
    """Every file opened as a template, the village's name replaced, saved again."""
    templates = _files(folder)
    with (folder / "peer.zip").open("wb") as stream, BundleWriter(stream, "peer") as bundle:
        for number in range(size):
            for name, content in templates:
                fill = _fill_word if name.endswith(".docx") else _fill_excel
                bundle.write(f"{number}/{name}", [fill(content, f"{NAME}{number}")])


def _fill_word(content: bytes, name: str) -> bytes:
    document = docx.Document(io.BytesIO(content))
    for table in document.tables:
        for cell in table._cells:
            if NAME in cell.text:
                cell.text = cell.text.replace(f"{NAME}0", name)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _fill_excel(content: bytes, name: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and NAME in cell.value:
                    cell.value = cell.value.replace(f"{NAME}0", name)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
