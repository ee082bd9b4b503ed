"""Building and checking packages in the background."""

import tempfile
from pathlib import Path
from uuid import UUID

from archives import services
from archives.models import ArchivePackage
from archives.selectors.checking import check_package
from archives.selectors.packing import package_name, write_package
from core import clock
from core.errors import ServiceError
from core.files import open_stored
from core.jobs import JobContext, job
from villages.models import User

_RELATED = ("round__district", "inspection__village", "inspection__team", "file")


def _asked(ctx: JobContext, pk: str) -> tuple[User, ArchivePackage]:
    """The person and the package, by the rights of this moment."""
    user = User.objects.filter(pk=UUID(ctx.actor_id)).first() if ctx.actor_id else None
    package = ArchivePackage.objects.visible_to(user).select_related(*_RELATED).filter(pk=pk).first()
    if user is None or package is None:
        raise ServiceError("您已不能查看这个归档包，未办理。")
    return user, package


def _may_have(user: User, package: str) -> bool:
    return ArchivePackage.objects.visible_to(user).filter(pk=package).exists()


@job("archives.package", title="生成归档包", time_limit=6 * 3600, allowed=_may_have)
def package(ctx: JobContext, package: str) -> None:
    """Gather, write, keep, seal. Begun anew after a crash: nothing of it counts before the seal."""
    user, row = _asked(ctx, package)
    with ctx.fenced():
        services.gather_entries(actor=user, round=row.round, inspection=row.inspection)
    with tempfile.TemporaryDirectory(prefix="archive-") as folder:
        path = Path(folder) / "package.zip"
        with path.open("wb") as stream:
            packed = write_package(stream, row, user, clock.today(), ctx.progress)
        stored = ctx.store(f"{package_name(row)}.zip", path)
    with ctx.finishing(manifest=packed.manifest_sha256, entries=packed.entries):
        services.seal_package(actor=user, package=row, file=stored, packed=packed)


@job("archives.check", title="校验归档包", time_limit=6 * 3600)
def check(ctx: JobContext, package: str) -> None:
    """Read a package back and keep what was found."""
    user, row = _asked(ctx, package)
    if row.file is None:
        raise ServiceError("归档包还没有生成，不能校验。")
    ctx.progress(0, 1, "逐个文件核对摘要")
    with open_stored(row.file) as stream:
        faults = check_package(stream, row.manifest_sha256)
    with ctx.finishing(faults=faults[:50]):
        services.record_check(actor=user, package=row, faults=faults)
