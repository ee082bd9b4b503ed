"""Taking sheets into a village's books and out of them."""

import hashlib
from typing import Any

from django.db import transaction
from django.db.models import F

from core import audit
from core.access import demand
from core.audit import SYSTEM
from core.errors import ServiceError
from ledgers.models import LearnedMapping, LedgerRow, LedgerSheet, LedgerSource, LedgerStamp, SheetStatus
from ledgers.rules.keeping import can_keep_books
from ledgers.rules.reading.heads import Mapping
from ledgers.selectors.shelf import twin_of
from ledgers.services.figures import request_figures
from ledgers.services.runs import recheck_village
from ledgers.workflow import SHEET_FLOW
from villages.models import Village


@transaction.atomic
def confirm_sheet(
    *,
    actor: Any,
    sheet: LedgerSheet,
    reason: str = "",
    replaces: LedgerSheet | None = None,
    beside: bool = False,
    revision: int | None = None,
) -> LedgerSheet:
    """Make the rows of a preview count.

    What does not agree in it, or is missing, is taken only with a ``reason``. The same sheet of an earlier file is
    either the one it ``replaces``, which is withdrawn, or stays ``beside`` it because somebody says so.
    """
    _refuse_unread(sheet)
    reason = reason.strip()
    if sheet.doubtful and not reason:
        raise ServiceError(f"{doubts_in_words(sheet)}要照原样采用，请写明理由。", "reason")
    twin = twin_of(sheet)
    if twin is not None and replaces is None and not beside:
        raise ServiceError(
            f"账册里已有同一张表（{twin}，{twin.source.file.name}）。请选择替换它，或者选择两张都留。",
            "replaces",
        )
    SHEET_FLOW.apply(
        sheet,
        "confirm",
        actor=actor,
        revision=revision,
        reason=reason,
        changes={"accepted": reason if sheet.doubtful else ""},
    )
    if replaces is not None:
        _replace(actor, replaces, sheet)
    if sheet.by_hand:
        _learn(actor, sheet)
    _books_changed(sheet.village)
    return sheet


@transaction.atomic
def confirm_undoubted(*, actor: Any, source: LedgerSource) -> LedgerSource:
    """Confirm every preview of a file that leaves no question; the others wait for somebody to decide."""
    demand(can_keep_books(actor, source.village_id))
    waiting = source.sheets.filter(status=SheetStatus.PREVIEW).exclude(kind="")
    rows = [row for row in waiting.select_related("source__file") if not row.doubtful and not twin_of(row)]
    if not rows:
        raise ServiceError(
            "没有可以一起确认的表：各张都有对不上的数、缺少的年度或者与已有的表相同，请逐张确认。"
        )
    for row in rows:
        confirm_sheet(actor=actor, sheet=row)
    return source


@transaction.atomic
def discard_sheet(*, actor: Any, sheet: LedgerSheet, revision: int | None = None) -> LedgerSheet:
    """Give a preview up; its rows go, the file stays."""
    SHEET_FLOW.apply(sheet, "discard", actor=actor, revision=revision)
    LedgerRow.objects.filter(sheet=sheet).delete()
    return sheet


@transaction.atomic
def withdraw_sheet(
    *, actor: Any, sheet: LedgerSheet, reason: str, revision: int | None = None
) -> LedgerSheet:
    """Take a sheet out of the books: its rows count no longer and stay to be read."""
    changes = {"withdrawn_reason": reason.strip()}
    SHEET_FLOW.apply(
        sheet, "withdraw", actor=actor, revision=revision, reason=reason.strip(), changes=changes
    )
    _books_changed(sheet.village)
    return sheet


def doubts_in_words(sheet: LedgerSheet) -> str:
    """What a person has to stand up for, as one sentence."""
    told = [f"有{sheet.differences_count}处数对不上"] if sheet.differences_count else []
    told += [f"有{sheet.unread_figures}个数没有读出"] if sheet.unread_figures else []
    told += [gap.rstrip("。") for gap in sheet.gaps]
    return f"这张表{'，'.join(told)}。"


def _refuse_unread(sheet: LedgerSheet) -> None:
    if not sheet.kind:
        raise ServiceError("这张表还没有读出，请先指定各列的含义。")


def _replace(actor: Any, old: LedgerSheet, new: LedgerSheet) -> None:
    if (old.village_id, old.kind) != (new.village_id, new.kind) or old.pk == new.pk:
        raise ServiceError("只能替换本村同一类的表。", "replaces")
    reason = f"由《{new.source.file.name}》的“{new}”替换"[:500]
    changes = {"replaced_by": new, "withdrawn_reason": reason}
    SHEET_FLOW.apply(old, "withdraw", actor=actor, reason=reason, changes=changes)


def _learn(actor: Any, sheet: LedgerSheet) -> None:
    """Keep what a person set right: the next sheet with these heads is read so by itself."""
    key = hashlib.sha256(Mapping.from_json(sheet.mapping).key.encode()).hexdigest()
    LearnedMapping.objects.update_or_create(
        heads_digest=key, defaults={"kind": sheet.kind, "mapping": sheet.mapping}
    )
    audit.record(actor=actor, verb="ledgers.mapping.learn", target=sheet)


def _books_changed(village: Village) -> None:
    """What counts has changed: the figures are counted anew, then the checks run, which look at medians of figures."""
    LedgerStamp.objects.get_or_create(village=village)
    LedgerStamp.objects.filter(village=village).update(changes=F("changes") + 1)
    request_figures(actor=SYSTEM, village=village)
    recheck_village(actor=SYSTEM, village=village)
