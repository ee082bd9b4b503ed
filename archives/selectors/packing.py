"""Writing a package: originals and rendered papers streamed in the order of the catalogue, nothing kept in memory."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from archives.documents import BagWriter, CatalogueRow, Written, catalogue_xlsx
from archives.models import ArchiveEntry, ArchivePackage
from archives.selectors.gathering import gathered
from archives.selectors.trail import chain_head, extract
from core.errors import ServiceError
from core.files import open_stored
from core.files.names import clean_name, extension_of
from core.filing import FiledPaper
from core.models import StoredFile
from villages.models import Stage

_BLOCK = 1024 * 1024
_FOLDERS = {stage: f"{number}-{stage.label.replace('·', '')}" for number, stage in enumerate(Stage, 1)}
_LONGEST = 60

Report = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Packed:
    """What was written: counts, the digest of the manifest, and the end of the audit chain at that moment."""

    entries: int
    files: int
    size: int
    manifest_sha256: str
    audit_seq: int
    audit_digest: str


def package_name(package: ArchivePackage) -> str:
    """Name of the package's folder and file."""
    place = package.inspection.village.name if package.inspection else "全轮"
    return clean_name(f"{package.round.name}{place}归档包")


def write_package(
    stream: IO[bytes], package: ArchivePackage, viewer: Any, day: dt.date, report: Report
) -> Packed:
    """Write the bag of ``package`` into ``stream``: every catalogued paper with a row, every row with its file."""
    papers = {paper.source: paper for paper in gathered(viewer, package.round, package.inspection)}
    entries = list(catalogued(package, set(papers)))
    office = f"{package.round.district.name}委巡察办"
    seq, digest = chain_head()
    info = {
        "Source-Organization": office,
        "External-Description": package_name(package),
        "Bagging-Date": day.isoformat(),
        "Audit-Chain-Head": f"{seq} {digest}",
    }
    with BagWriter(stream, package_name(package)) as bag:
        rows = []
        for number, entry in enumerate(entries):
            report(number, len(entries) + 1, entry.title[:60])
            rows.append(_add(bag, entry, papers[entry.source]))
        bag.add("目录.xlsx", [catalogue_xlsx(package_name(package), office, day, rows)])
        keys = {key for paper in papers.values() for key in paper.about}
        bag.add("留痕摘录.jsonl", extract(keys, seq))
        manifest = bag.finish(info)
    report(len(entries) + 1, len(entries) + 1, "封装完成")
    size = sum(file.size for file in bag.payload)
    return Packed(len(entries), len(bag.payload), size, manifest, seq, digest)


def catalogued(package: ArchivePackage, sources: set[str]) -> Iterator[ArchiveEntry]:
    """Catalogue rows of the package whose paper is at hand, in order."""
    rows = ArchiveEntry.objects.filter(round=package.round_id).select_related("village", "file")
    if package.inspection is not None:
        rows = rows.filter(village=package.inspection.village_id, team=package.inspection.team_id)
    return (row for row in rows.order_by("seq") if row.source in sources)


def _add(bag: BagWriter, entry: ArchiveEntry, paper: FiledPaper) -> CatalogueRow:
    village = entry.village.name if entry.village else ""
    path = _path(entry, paper, village)
    if paper.file is not None:
        written = bag.add(path, _blocks(paper.file), size=paper.file.size)
        if written.sha256 != paper.file.sha256:
            raise ServiceError(
                f"“{paper.file.name}”与入库时的摘要不一致，已停止归档，请联系系统管理员核对备份。"
            )
    else:
        written = bag.add(path, [paper.content()])
    return _row(entry, village, written)


def _path(entry: ArchiveEntry, paper: FiledPaper, village: str) -> str:
    folder = _FOLDERS[Stage(entry.stage)]
    title = clean_name(entry.title)[:_LONGEST].rstrip(" .")
    place = f"{clean_name(village)}/" if village else ""
    return f"{folder}/{place}{entry.seq:05d}-{title}.{extension_of(paper.name)}"


def _blocks(stored: StoredFile) -> Iterator[bytes]:
    with open_stored(stored) as stream:
        while block := stream.read(_BLOCK):
            yield block


def _row(entry: ArchiveEntry, village: str, written: Written) -> CatalogueRow:
    return CatalogueRow(
        seq=entry.seq,
        stage=entry.get_stage_display(),
        village=village,
        doc_no=entry.doc_no,
        responsible=entry.responsible,
        title=entry.title,
        dated_on=entry.dated_on,
        pages=entry.pages,
        retention=entry.get_retention_display(),
        path=written.path,
        size=written.size,
        sha256=written.sha256,
    )
