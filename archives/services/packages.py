"""Packages: asked for, sealed with the digest of their manifest, checked again."""

from typing import Any

from django.db import transaction

from archives import rules
from archives.models import ArchiveEntry, ArchivePackage
from archives.selectors.packing import Packed, package_name
from archives.selectors.pages import villages_to_file
from archives.workflow import PACKAGE
from core import audit, clock, records
from core.access import demand
from core.errors import ServiceError
from core.jobs import enqueue
from core.models import StoredFile
from core.models.jobs import Job
from villages.models import Round, Stage, VillageInspection
from villages.rules import is_system
from villages.services import advance_stage

BUILD, CHECK = "archives.package", "archives.check"


@transaction.atomic
def open_package(*, actor: Any, round: Round, inspection: VillageInspection | None = None) -> ArchivePackage:
    """Begin a package; it is empty until it is sealed."""
    demand(rules.can_pack(actor, round, inspection))
    made_by = None if is_system(actor) else actor
    package = ArchivePackage(round=round, inspection=inspection, made_by=made_by)
    return records.create(package, actor=actor, verb="archives.open_package")


@transaction.atomic
def request_package(
    *, actor: Any, round: Round, inspection: VillageInspection | None = None
) -> ArchivePackage:
    """Begin a package and have it built in the background."""
    package = open_package(actor=actor, round=round, inspection=inspection)
    enqueue(
        BUILD,
        args={"package": str(package.pk)},
        actor=actor,
        title=package_name(package),
        dedupe=f"{BUILD}:{package.pk}",
        subject=package,
    )
    return package


@transaction.atomic
def seal_package(*, actor: Any, package: ArchivePackage, file: StoredFile, packed: Packed) -> ArchivePackage:
    """Close the package: from here on the trail vouches for its manifest."""
    changes = {
        "file": file,
        "manifest_sha256": packed.manifest_sha256,
        "entry_count": packed.entries,
        "file_count": packed.files,
        "byte_count": packed.size,
        "audit_seq": packed.audit_seq,
        "audit_digest": packed.audit_digest,
        "sealed_at": clock.now(),
    }
    return PACKAGE.apply(package, "seal", actor=actor, changes=changes)


@transaction.atomic
def request_check(*, actor: Any, package: ArchivePackage) -> Job:
    """Have a sealed package read back in the background."""
    demand(rules.can_check(actor, package))
    if package.file is None:
        raise ServiceError("归档包还没有生成，不能校验。")
    return enqueue(
        CHECK,
        args={"package": str(package.pk)},
        actor=actor,
        title=f"校验{package_name(package)}",
        dedupe=f"{CHECK}:{package.pk}",
        subject=package,
    )


@transaction.atomic
def record_check(*, actor: Any, package: ArchivePackage, faults: list[str]) -> ArchivePackage:
    """Keep what a check found; a package with a fault is marked broken for good."""
    demand(rules.can_check(actor, package))
    note = "校验通过：每个文件的摘要与清单一致，清单与封存时登记的一致。"
    changes = {"checked_at": clock.now(), "check_note": "\n".join(faults[:50]) or note}
    if faults and package.status == ArchivePackage.Status.SEALED:
        return PACKAGE.apply(package, "condemn", actor=actor, changes=changes)
    return records.update(package, actor=actor, verb="archives.check", revision=None, changes=changes)


@transaction.atomic
def file_villages(*, actor: Any, package: ArchivePackage) -> ArchivePackage:
    """Close the work on every village of a sealed package whose matters are all put right."""
    demand(rules.can_check(actor, package))
    if package.status != ArchivePackage.Status.SEALED:
        raise ServiceError("归档包封存后才能办理归档。")
    ready, waiting = villages_to_file(package)
    if not ready:
        names = "、".join(row.village.name for row in waiting[:5])
        why = f"{names}还有未销号的整改事项或没有办结的交办单" if waiting else "没有处于整改阶段的村（社区）"
        raise ServiceError(f"现在不能办理归档：{why}。")
    for inspection in ready:
        advance_stage(actor=actor, inspection=inspection, to=Stage.FILED)
    return package


@transaction.atomic
def note_download(*, actor: Any, package: ArchivePackage, file: StoredFile) -> StoredFile:
    """Leave in the trail who took a package out."""
    audit.record(actor=actor, verb="archives.download", target=package, after={"文件": file.name})
    return file


@transaction.atomic
def note_original(*, actor: Any, entry: ArchiveEntry, file: StoredFile) -> StoredFile:
    """Leave in the trail who took the original of a filed paper out."""
    audit.record(actor=actor, verb="archives.download", target=entry, after={"文件": file.name})
    return file
