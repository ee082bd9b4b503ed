"""Visits, spot checks and group meetings as Word forms, in the order of the blank papers."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from core.office.docx import PaperForm
from core.office.pictures import Picture
from findings.documents.paper import Head, SignatureLine
from findings.models.field_kinds import FieldSpec, Part

_LIST_MM = 156


@dataclass(frozen=True)
class FieldPicture:
    """One file that lies with the paper; ``shown`` is the copy to be printed, if it is a picture and wanted."""

    seq: int
    caption: str
    kind: str
    shown: Picture | None = None


@dataclass(frozen=True)
class FieldData:
    """Everything the printed paper shows, in words; ``place``, ``subject`` and ``content`` with their labels."""

    kind: str
    number: str
    office: str
    round: str
    team: str
    village: str
    created: dt.date
    when: str
    place: tuple[str, str]
    subject: tuple[str, str]
    people: str
    content: tuple[str, str]
    spec: FieldSpec
    details: dict[str, Any]
    pictures: tuple[FieldPicture, ...]
    status: str
    signatures: tuple[SignatureLine, ...]


def field_docx(data: FieldData) -> bytes:
    """Render the paper; the same data give the same bytes."""
    form = PaperForm(title=data.kind, created=data.created, author=data.office, **field_head(data))
    field_body(form, data)
    return form.to_bytes()


def field_head(data: FieldData) -> Head:
    """What stands above the ruled part."""
    return {"heading": f"{data.round}　{data.team}", "number": f"编号：{data.number}"}


def field_body(form: PaperForm, data: FieldData) -> None:
    """The whole filled form, with the pictures that are to be shown and the note at its foot."""
    form.pairs([("村（社区）", data.village), ("时间", data.when)])
    form.pairs([data.subject], columns=1)
    form.pairs([data.place, ("二人", data.people)])
    _short(form, data)
    for part in data.spec.flow():
        if part is None:
            form.block(*data.content, min_height_mm=36)
        elif part.kind == "text":
            form.block(part.label, data.details.get(part.name, ""), min_height_mm=14)
        elif part.kind == "rows":
            _rows(form, part, data.details.get(part.name, []))
    if data.pictures:
        form.grid(
            ["序号", "照片、附件", "类型"],
            [[row.seq, row.caption, row.kind] for row in data.pictures],
            [14, 108, 34],
            label="照片和附件",
        )
        shown = [(row.shown, f"{row.seq}. {row.caption}") for row in data.pictures if row.shown]
        form.pictures(shown, label="照片")
    form.signatures((line.label, line.name, line.on) for line in data.signatures)
    form.note(f"状态：{data.status}　二人进行，记录人先签，同行人复核后签。")


def _short(form: PaperForm, data: FieldData) -> None:
    pairs = []
    for part in data.spec.parts:
        value = data.details.get(part.name, part.empty())
        if part.kind in ("line", "choice", "number"):
            pairs.append((part.label, "" if value is None else value))
        elif part.kind == "yes":
            pairs.append((part.label, "是" if value else "否"))
    form.pairs(pairs)


def _rows(form: PaperForm, part: Part, rows: list[dict[str, str]]) -> None:
    widths = [12.0, *(column.width_mm for column in part.columns)]
    scale = _LIST_MM / sum(widths)
    lines = [[n, *(row.get(column.name, "") for column in part.columns)] for n, row in enumerate(rows, 1)]
    form.grid(
        ["序号", *(column.label for column in part.columns)],
        lines or [["", *("" for _ in part.columns)]],
        [width * scale for width in widths],
        label=part.label,
        align="c",
    )
