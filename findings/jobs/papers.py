"""Signed papers, singly and a village's whole set, as Word or PDF."""

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db.models import QuerySet

from core.errors import ServiceError
from core.files import path_of
from core.files.store import check_own
from core.files.thumbnails import draw
from core.jobs import JobContext, job
from core.models import StoredFile
from core.office import pdf as printer
from core.office.pictures import Picture
from findings import rules
from findings.documents import field_docx, lay_out_set, loans_docx, paper_docx, talk_docx
from findings.jobs.shared import GONE, asker, one
from findings.models import FieldFile, FieldPaper, Finding, Talk
from findings.selectors.field import field_data, with_field_relations
from findings.selectors.loan_print import loans_data, printable_loans
from findings.selectors.paper import paper_data, with_relations
from findings.selectors.talks import talk_data, with_people
from findings.selectors.village_set import set_data, set_papers, village_set
from villages.models import User, VillageInspection

# Two stand on a line of 156 mm: more pixels than these no printer shows.
PICTURE_EDGE = 1000
MOST_PICTURES = 600
SET_PDF_SECONDS = 300


def _may_have(user: User, finding: str, pdf: bool = False) -> bool:
    return Finding.objects.visible_to(user).filter(pk=finding).exists()


@job("findings.paper", title="生成问题底稿", allowed=_may_have)
def paper(ctx: JobContext, finding: str, pdf: bool = False) -> StoredFile:
    """One workpaper; what the asker may see decides again when the job runs."""
    _demand_printer(pdf)
    rows = with_relations(Finding.objects.visible_to(asker(ctx))).select_related("round__district")
    row = one(rows, finding, "这份底稿")
    ctx.progress(0, 1, row.title)
    name = f"问题底稿 {row.told_no} {row.village.name}"
    return _keep(ctx, name, paper_docx(paper_data(row)), pdf)


def _may_have_talk(user: User, talk: str, pdf: bool = False) -> bool:
    return Talk.objects.visible_to(user).filter(pk=talk).exists()


@job("findings.talk", title="生成谈话记录", allowed=_may_have_talk)
def talk(ctx: JobContext, talk: str, pdf: bool = False) -> StoredFile:
    """One talk record."""
    _demand_printer(pdf)
    rows = with_people(Talk.objects.visible_to(asker(ctx))).select_related("town", "round__district")
    row = one(rows, talk, "这份记录")
    ctx.progress(0, 1, "谈话记录")
    return _keep(ctx, f"谈话记录 {row.no or '未编号'} {row.village.name}", talk_docx(talk_data(row)), pdf)


def _may_have_field(user: User, paper: str, pdf: bool = False) -> bool:
    return FieldPaper.objects.visible_to(user).filter(pk=paper).exists()


@job("findings.field", title="生成现场记录", allowed=_may_have_field)
def field(ctx: JobContext, paper: str, pdf: bool = False) -> StoredFile:
    """One visit, check or meeting with its photographs."""
    _demand_printer(pdf)
    rows = with_field_relations(FieldPaper.objects.visible_to(asker(ctx)))
    row = one(rows.select_related("town", "round__district"), paper, "这份记录")
    ctx.progress(0, 1, row.get_kind_display())
    with TemporaryDirectory() as folder:
        content = field_docx(field_data(row, Copies(Path(folder))))
    return _keep(ctx, f"{row.get_kind_display()} {row.no or '未编号'} {row.village.name}", content, pdf)


def _may_have_village(user: User, inspection: str, pdf: bool = False, day: str = "") -> bool:
    return bool(rules.can_print(user)) and _village(user, inspection).exists()


def _village(user: User, key: str) -> QuerySet[VillageInspection]:
    rows = VillageInspection.objects.visible_to(user).filter(pk=key)
    return rows.select_related("round__district", "team", "village__town")


@job("findings.loans", title="生成调阅资料清单", allowed=_may_have_village)
def loans(ctx: JobContext, inspection: str, day: str = "", pdf: bool = False) -> StoredFile:
    """The documents asked for in a village, of one day or all."""
    _demand_printer(pdf)
    viewer = asker(ctx)
    place = one(_village(viewer, inspection), inspection, "这份清单")
    on = dt.date.fromisoformat(day) if day else None
    rows = printable_loans(viewer, place)
    found = list(rows.filter(created_at__date=on) if on else rows)
    if not found:
        raise ServiceError(GONE.format("这份清单"))
    ctx.progress(0, 1, place.village.name)
    name = f"调阅资料清单 {place.village.name}{f' {day}' if day else ''}"
    return _keep(ctx, name, loans_docx(loans_data(found, on)), pdf)


@job("findings.village_set", title="生成工作底稿汇编", allowed=_may_have_village)
def whole_set(ctx: JobContext, inspection: str, pdf: bool = False) -> StoredFile:
    """All signed papers of a village as one print: a paper at a time in memory, the pictures on disk."""
    _demand_printer(pdf)
    viewer = asker(ctx)
    place = one(_village(viewer, inspection), inspection, "这份汇编")
    papers = village_set(viewer, place)
    if not papers.count:
        raise ServiceError(GONE.format("这份汇编"))
    with TemporaryDirectory() as folder:
        copies = Copies(Path(folder))
        form = lay_out_set(set_data(papers), _told(ctx, papers.count, set_papers(papers, copies)))
        made = Path(folder) / "a.docx"
        with made.open("wb") as stream:
            form.write(stream)
        name = f"工作底稿汇编 {place.village.name}（{papers.count}份）"
        return _keep(ctx, name, made, pdf, seconds=SET_PDF_SECONDS)


def _told(ctx: JobContext, total: int, papers: Any) -> Any:
    """The same papers; the job's row says how far they are."""
    for done, content in enumerate(papers):
        ctx.progress(done, total, f"第{done + 1}份，共{total}份")
        yield content


class Copies:
    """Small copies of photographs for print, without what a camera writes into them, drawn into ``folder``.

    After ``MOST_PICTURES`` no more are drawn: the list of a paper's files still names them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def __call__(self, row: FieldFile) -> Picture | None:
        """The copy of a picture; ``None`` for other files, for lost or damaged ones and when enough were drawn."""
        source = path_of(row.file)
        if not row.file.is_image or self._count >= MOST_PICTURES or not source.exists():
            return None
        target = self._folder / f"{self._count}.jpeg"
        try:
            width, height = draw(source, target, PICTURE_EDGE)
        except ServiceError:
            return None
        self._count += 1
        return Picture(target, width, height, row.caption or row.file.name)


def _demand_printer(pdf: bool) -> None:
    """Say at once that no PDF can be made here, before anything is drawn."""
    if pdf and not printer.program():
        raise ServiceError(printer.MISSING)


def _keep(
    ctx: JobContext, name: str, content: bytes | Path, pdf: bool, *, seconds: float = printer.SECONDS
) -> StoredFile:
    """Keep the Word file, or the PDF that is made of it."""
    if not pdf:
        return ctx.store(f"{name}.docx", content)
    with TemporaryDirectory() as folder:
        source = Path(folder) / "b.docx"
        if isinstance(content, bytes):
            source.write_bytes(content)
        else:
            content.rename(source)
        check_own(source, source.name)
        ctx.progress(1, 2, "正在转成 PDF")
        return ctx.store(f"{name}.pdf", printer.to_pdf(source, Path(folder), seconds=seconds))
