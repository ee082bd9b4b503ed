"""Portraits: taken in as they come, mended where they could not be read, and taken over into the profile by choice."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import audit, records
from core.access import demand
from core.errors import ServiceError
from core.files import SPREADSHEET, store_upload
from core.jobs import enqueue
from core.models import StoredFile
from core.models.jobs import Job
from core.text import clean
from prep import rules
from prep.models import Portrait, PortraitKind, PortraitStatus, Trait, VillageProfile, YearFigure
from prep.selectors.portraits import (
    MEMBERS,
    PROJECTS,
    YEARS,
    PortraitCell,
    ask_of,
    cells_of,
    check_cells,
    gaps,
    label_of,
    named_row,
    newest_portraits,
    portrait_rows,
    present_rows,
    read_cell,
    read_portrait,
    understood,
)
from prep.selectors.profile import village_knowledge
from prep.services.profile import save_profile
from prep.workflow.portrait import PORTRAIT
from villages.models import VillageInspection, spine

PORTRAIT_FORM, DOSSIER = "prep.portrait_form", "prep.dossier"


@transaction.atomic
def request_portrait_form(*, actor: Any, inspection: VillageInspection, kind: str) -> Job:
    """Have the form made that the village (``self``) or its town (``town``) fills in."""
    demand(rules.can_receive_portrait(actor, inspection))
    title = f"{inspection.village.name}{PortraitKind(kind).label}表"
    return _ask(PORTRAIT_FORM, actor, inspection, title, kind=kind)


@transaction.atomic
def request_dossier(*, actor: Any, inspection: VillageInspection) -> Job:
    """Have the profile made as a Word paper."""
    demand(rules.can_browse(actor))
    if not VillageProfile.objects.filter(inspection=inspection).exists():
        raise ServiceError("村情档案还没有填写，先填档案再生成文书。")
    return _ask(DOSSIER, actor, inspection, f"{inspection.village.name}村情档案")


def _ask(work: str, actor: Any, inspection: VillageInspection, title: str, **more: str) -> Job:
    # A second press of the button while the file is being made gives the same job.
    dedupe = ":".join([work, str(inspection.pk), str(actor.pk), *more.values()])
    named = {"inspection": str(inspection.pk)} | more
    return enqueue(work, args=named, actor=actor, title=title, dedupe=dedupe, subject=inspection)


@transaction.atomic
def stage_portrait(*, actor: Any, inspection: VillageInspection, upload: UploadedFile) -> Portrait:
    """Read a filled form and keep it with the untouched file; nothing of the profile changes.

    An earlier one of the same kind that waits is put aside. Raises ``ImportRefused`` when it is another form,
    another village's, or cannot be read at all.
    """
    demand(rules.can_receive_portrait(actor, inspection))
    content = upload.read(SPREADSHEET.max_bytes + 1)
    upload.seek(0)
    place = inspection.village
    reading = read_portrait(content, upload.name or "", place.code, place.name, _codes())
    cells = check_cells(reading.cells, _known(inspection))
    about = {key: cells.pop(key, PortraitCell()) for key in ("filled_by", "filled_on")}
    portrait = Portrait(
        **spine(inspection), kind=reading.kind, edition=reading.edition,
        file=store_upload(actor=actor, upload=upload, policy=SPREADSHEET),
        filled_by=str(about["filled_by"].value or "")[:60], filled_on=about["filled_on"].value,
        cells=_stored(cells), remarks=[*reading.remarks, *gaps(cells)], strays=reading.strays,
    )  # fmt: skip
    for earlier in Portrait.objects.filter(
        inspection=inspection, kind=reading.kind, status=PortraitStatus.STAGED
    ):
        PORTRAIT.apply(earlier, "discard", actor=actor, reason="收到新的一份，旧的不再用。")
    portrait.save(force_insert=True)
    audit.record(actor=actor, verb="prep.stage_portrait", target=portrait, after=_figures(portrait, cells))
    return portrait


def _codes() -> dict[str, str]:
    return {label: code for code, label in Trait.objects.values_list("code", "label")}


def _known(inspection: VillageInspection) -> dict[int, dict[str, Any]]:
    rows = YearFigure.objects.filter(village=inspection.village_id).values(
        "year", "income", "expense", "debt"
    )
    return {row["year"]: {name: row[name] for name in ("income", "expense", "debt")} for row in rows}


def _stored(cells: Mapping[str, PortraitCell]) -> dict[str, Any]:
    return {key: cell.to_json() for key, cell in cells.items()}


def _figures(portrait: Portrait, cells: Mapping[str, PortraitCell]) -> dict[str, Any]:
    return {
        "种类": portrait.get_kind_display(),
        "文件": portrait.file.name,
        "读懂的栏目": sum(bool(cell.text) and not cell.fault for cell in cells.values()),
        "没有读懂的栏目": sum(bool(cell.fault) for cell in cells.values()),
    }


@transaction.atomic
def mend_portrait(*, actor: Any, portrait: Portrait, revision: int, texts: Mapping[str, str]) -> Portrait:
    """Read the faulty cells again from what was typed for them, by key; the file stays as it came.

    A cell left empty counts as blank; a row whose name was emptied is dropped. What is still wrong stays faulty.
    """
    demand(rules.can_receive_portrait(actor, portrait))
    if portrait.status != PortraitStatus.STAGED:
        raise ServiceError(f"这份画像{portrait.get_status_display()}，不能再改。")
    before = cells_of(portrait)
    cells, traits = dict(before), _codes()
    for key, cell in before.items():
        if not cell.fault:
            continue
        text = clean(texts.get(key, cell.text)).strip()
        if text != cell.text:
            cells[key] = read_cell(ask_of(key), text, cell.place, traits=traits)
        elif cell.value is not None:
            # Understood, but doubted beside other cells: these may have changed, so the doubt is looked at anew.
            cells[key] = replace(cell, fault="")
    gone = {
        row for key, cell in before.items() if cell.text and not cells[key].text and (row := named_row(key))
    }
    cells = {key: cell for key, cell in cells.items() if key.rpartition("/")[0] not in gone}
    cells = check_cells(cells, _known(portrait.inspection))
    remarks = [line for line in portrait.remarks if line not in gaps(before)] + gaps(cells)
    mended = [
        f"{label_of(key, before)}改为“{cells[key].text if key in cells else ''}”"
        for key in texts
        if key in before and before[key] != cells.get(key)
    ]
    return records.write_revision(
        portrait,
        revision,
        {"cells": _stored(cells), "remarks": remarks},
        attempted={},
        actor=actor,
        verb="prep.mend_portrait",
        before=records.field_values(portrait, ["cells", "remarks"]),
        reason="；".join(mended)[:500],
    )


@transaction.atomic
def discard_portrait(*, actor: Any, portrait: Portrait, reason: str, revision: int | None = None) -> Portrait:
    """Put a portrait aside; file and values are kept."""
    return PORTRAIT.apply(portrait, "discard", actor=actor, revision=revision, reason=reason)


@transaction.atomic
def note_portrait_download(*, actor: Any, portrait: Portrait) -> StoredFile:
    """Leave in the trail who took the original out."""
    audit.record(actor=actor, verb="prep.download", target=portrait, after={"文件": portrait.file.name})
    return portrait.file


@transaction.atomic
def take_from_portraits(
    *, actor: Any, inspection: VillageInspection, choices: Mapping[str, str], revision: int
) -> VillageProfile:
    """Take the chosen values into the profile: ``choices`` is the kind of portrait by key, as the comparison names it.

    One save of the profile, with the source in the trail; the portraits that gave something are adopted. Raises
    ``StaleRecord`` when the profile has moved on from ``revision`` (0: there was none).
    """
    demand(rules.can_edit(actor, inspection))
    portraits = newest_portraits(actor, inspection)
    chosen = {key: kind for key, kind in choices.items() if kind in portraits}
    if not chosen:
        raise ServiceError("还没有选要采用的内容。")
    taking = _Taking(actor, inspection, {kind: cells_of(row) for kind, row in portraits.items()})
    for key, kind in chosen.items():
        taking.take(key, kind)
    used = {kind: [key for key, source in chosen.items() if source == kind] for kind in portraits}
    source = "、".join(f"{portraits[k].get_kind_display()}{len(keys)}项" for k, keys in used.items() if keys)
    profile = save_profile(
        actor=actor, inspection=inspection, revision=revision, reason=f"采用{source}", **taking.parts()
    )
    for kind, keys in used.items():
        if keys:
            taken = [*portraits[kind].taken, *(key for key in keys if key not in portraits[kind].taken)]
            PORTRAIT.apply(portraits[kind], "adopt", actor=actor, changes={"taken": taken})
    return profile


class _Taking:
    """The profile as it will be: whole lists with the chosen rows changed, and the chosen values."""

    def __init__(self, actor: Any, inspection: VillageInspection, cells: Mapping[str, Any]) -> None:
        self._cells = cells
        known = village_knowledge(actor, inspection.village)
        self._values: dict[str, Any] = {}
        self._present = {table.key: present_rows(known, table) for table in (YEARS, MEMBERS, PROJECTS)}
        stored: dict[str, list[Any]] = {
            YEARS.key: known.years,
            MEMBERS.key: known.members,
            PROJECTS.key: known.projects,
        }
        self._lists: dict[str, list[dict[str, Any]]] = {
            key: [{name: getattr(row, name) for name in row.SHOWN} for row in rows]
            for key, rows in stored.items()
        }
        self._touched: set[str] = set()
        self._added: dict[tuple[str, str], dict[str, Any]] = {}

    def take(self, key: str, kind: str) -> None:
        """Take one thing; raises ``ServiceError`` for what that portrait does not offer."""
        table_key, _, rest = key.partition("/")
        table = next((table for table in (YEARS, MEMBERS, PROJECTS) if table.key == table_key and rest), None)
        if table is None:
            self._values[key] = self._offered(self._cells[kind].get(key), key)
            return
        name, column = rest.rsplit("/", 1) if table is YEARS else (rest, "")
        row = portrait_rows(self._cells[kind], table).get(name)
        if row is None:
            raise ServiceError(f"{PortraitKind(kind).label}里没有“{name.replace('|', ' ')}”，请刷新后再选。")
        values = understood(row)
        if column:
            values = {"year": values["year"], column: self._offered(row.get(column), column)}
        self._touched.add(table.key)
        self._merge(table.key, name, values)

    def _offered(self, cell: PortraitCell | None, key: str) -> Any:
        if cell is None or cell.fault or cell.value in (None, ""):
            raise ServiceError("选中的内容已经变了，请刷新后再选。")
        return cell.value

    def _merge(self, table: str, name: str, values: dict[str, Any]) -> None:
        """Change the row of that identity, or add one; blanks of the portrait change nothing."""
        rows, present = self._lists[table], self._present[table].get(name)
        if present is not None:
            parts = {part: getattr(present, part) for part in _IDENTITY[table]}
            row = next(row for row in rows if all(row[part] == value for part, value in parts.items()))
        elif (table, name) in self._added:
            row = self._added[table, name]
        else:
            row = self._added[table, name] = {}
            rows.append(row)
        row |= values

    def parts(self) -> dict[str, Any]:
        """Arguments of the profile's service; lists nobody touched stay as they are."""
        names = {YEARS.key: "years", MEMBERS.key: "members", PROJECTS.key: "projects"}
        lists = {names[key]: self._lists[key] for key in self._touched}
        return {"values": self._values} | lists


_IDENTITY = {"year": ("year",), "member": ("name", "post", "from_on"), "project": ("year", "name")}
