"""Taking in a file of a village's books: kept untouched, and read at once or by a job."""

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import records
from core.access import demand
from core.display import cn_date
from core.errors import ServiceError
from core.files import SPREADSHEET, store_upload
from core.files.names import clean_name
from core.jobs import enqueue
from ledgers.models import LedgerSource, SheetStatus
from ledgers.rules.keeping import can_keep_books
from ledgers.selectors.reading import READ_AT_ONCE, read_books
from ledgers.services.reading import store_reading
from villages.models import Village

_GONE = (SheetStatus.DISCARDED, SheetStatus.WITHDRAWN)


@transaction.atomic
def take_in(
    *, actor: Any, village: Village, upload: UploadedFile, year: int | None = None, at_once: bool = False
) -> LedgerSource:
    """Keep a file of the village and read its sheets into previews; nothing counts before it is confirmed.

    ``year`` is for sheets that name none. A large file is read by a job unless ``at_once`` says that somebody waits.
    Raises ``ServiceError`` for a file nobody can read, and for one that has been taken in before.
    """
    demand(can_keep_books(actor, village))
    if actor.pk:
        records.take_turns(actor)
    content = upload.read(SPREADSHEET.max_bytes + 1)
    upload.seek(0)
    _refuse_known(village, hashlib.sha256(content).hexdigest())
    soon = at_once or len(content) <= READ_AT_ONCE
    # Read before it is kept: what cannot be read leaves nothing behind.
    read = read_books(content, clean_name(upload.name or ""), year=year) if soon else None
    file = store_upload(actor=actor, upload=upload, policy=SPREADSHEET)
    source = LedgerSource(village=village, file=file, owner=actor if actor.pk else None, year=year)
    records.create(source, actor=actor, verb="ledgers.source.take")
    if read is not None:
        return store_reading(actor=actor, source=source, read=read)
    enqueue(
        "ledgers.read",
        args={"source": source.pk},
        actor=actor,
        title=f"读取账册 {file.name}",
        dedupe=f"ledgers.read:{source.pk}",
        subject=source,
    )
    return source


def _refuse_known(village: Village, sha256: str) -> None:
    """The same bytes again would only double everything; given up or withdrawn they may come back."""
    same = LedgerSource.objects.filter(village=village, file__sha256=sha256).select_related("file")
    for known in same:
        states = set(known.sheets.values_list("status", flat=True))
        if not states or states - set(_GONE):
            raise ServiceError(
                f"这份文件{cn_date(known.created_at)}已由{known.file.uploaded_by_name}上传过（{known.file.name}），"
                "没有重复导入。要重新导入，请先放弃或撤出原来的表。",
                "file",
            )
