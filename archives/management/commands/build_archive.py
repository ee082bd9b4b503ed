"""Build the archive package of a round, or of one village in it, into a folder."""

import json
import shutil
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archives import services
from archives.models import ArchivePackage
from archives.selectors.packing import Packed, package_name, write_package
from core import clock
from core.audit import SYSTEM
from core.errors import ServiceError
from core.files import store_path
from villages.models import Round, VillageInspection


class Command(BaseCommand):
    """The same package as in the browser; the file lies in the folder and in the store, its digest in the trail."""

    help = "生成并封存一轮（或一个村）的归档包"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--round", required=True, help="轮次标识（UUID）")
        parser.add_argument("--village", default="", help="只归档这个村（社区）的12位代码")
        parser.add_argument("--out", required=True, help="存放归档包的文件夹")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather, write, seal, say."""
        round_ = self._round(options["round"])
        inspection = self._inspection(round_, options["village"]) if options["village"] else None
        folder = Path(options["out"])
        folder.mkdir(parents=True, exist_ok=True)
        try:
            package, packed, path = self._build(round_, inspection, folder)
        except ServiceError as error:
            raise CommandError(error.message) from error
        answer = {
            "package": str(package.pk),
            "file": str(path),
            "manifest_sha256": packed.manifest_sha256,
            "entries": packed.entries,
            "files": packed.files,
            "bytes": packed.size,
            "audit_seq": packed.audit_seq,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else self._words(answer))

    def _build(
        self, round_: Round, inspection: VillageInspection | None, folder: Path
    ) -> tuple[ArchivePackage, Packed, Path]:
        services.gather_entries(actor=SYSTEM, round=round_, inspection=inspection)
        package = services.open_package(actor=SYSTEM, round=round_, inspection=inspection)
        path = folder / f"{package_name(package)}.zip"
        partial = path.with_suffix(".partial")
        with partial.open("wb") as stream:
            packed = write_package(stream, package, SYSTEM, clock.today(), self._progress)
        shutil.move(partial, path)
        stored = store_path(actor=SYSTEM, name=path.name, path=path)
        services.seal_package(actor=SYSTEM, package=package, file=stored, packed=packed)
        return package, packed, path

    def _progress(self, done: int, total: int, note: str) -> None:
        self.stderr.write(f"\r{done}/{total} {note[:30]:<40}", ending="")

    def _round(self, text: str) -> Round:
        try:
            return Round.objects.select_related("district").get(pk=UUID(text))
        except (ValueError, Round.DoesNotExist):
            raise CommandError(f"没有标识为 {text} 的轮次。") from None

    def _inspection(self, round_: Round, code: str) -> VillageInspection:
        rows = VillageInspection.objects.select_related("village", "team")
        found = rows.filter(round=round_, village__code=code).first()
        if found is None:
            raise CommandError(f"本轮没有代码为 {code} 的村（社区）。")
        return found

    def _words(self, answer: dict[str, Any]) -> str:
        return (
            f"归档包：{answer['file']}\n目录 {answer['entries']} 条，文件 {answer['files']} 个，"
            f"{answer['bytes']} 字节\n清单摘要：{answer['manifest_sha256']}"
        )
