"""Decisions about the library, its category schemes, and what is done on the watch list itself."""

from django.core.files.uploadedfile import SimpleUploadedFile

from core.files import SPREADSHEET, store_upload
from prep.models import CheckPoint, CheckPointLibrary, LibraryImport
from tests.access.entry import Entry
from tests.access.prep import READ, WRITE, an_inspection, an_item
from tests.access.roles import INSPECTING, OFFICE
from villages.models import CategoryScheme

STALE = {"revision": "999", "reason": "内容已并入下一版"}
EVERYBODY_INSIDE = {"may": INSPECTING, "may_foreign": INSPECTING}
KEEP = {
    "may": OFFICE,
    "sees": INSPECTING - OFFICE,
    "may_foreign": OFFICE,
    "sees_foreign": INSPECTING - OFFICE,
}
OWNER = {"may": {"office_clerk"}, "may_foreign": {"office_head"}}


def _draft():
    row, _ = CheckPointLibrary.objects.get_or_create(version=7, defaults={"name": "要点库草稿"})
    return row


def a_draft(cast, whose):
    return {"pk": _draft().pk}


def a_draft_to_drop(cast, whose):
    return {"pk": _draft().pk, "action": "drop"}


def a_point(cast, whose):
    values = {
        "category": "E1",
        "title": "白条入账",
        "basis": "财务制度",
        "method": "查账",
        "evidence_hint": "凭证",
    }
    point, _ = CheckPoint.objects.get_or_create(library=_draft(), code="E1-01", defaults=values)
    return {"pk": point.pk}


def a_point_to_drop(cast, whose):
    return a_point(cast, whose) | {"action": "off"}


def a_staged_sheet(cast, whose):
    owner = cast.office_clerk if whose == "own" else cast.office_head
    upload = SimpleUploadedFile("要点.csv", "编号,要点\nE1-01,白条\n".encode())
    file = store_upload(actor=owner, upload=upload, policy=SPREADSHEET)
    staged = LibraryImport.objects.create(
        library=_draft(),
        owner=owner,
        file=file,
        filename="要点.csv",
        payload={"lines": [], "errors": [], "untouched": 0},
    )
    return {"pk": staged.pk}


def a_scheme(cast, whose):
    """One that no round has chosen."""
    row, _ = CategoryScheme.objects.get_or_create(code="focus", version=9, defaults={"name": "三个聚焦"})
    return {"pk": row.pk}


def a_line(cast, whose):
    return an_item(cast, whose) | {"step": "clear"}


ENTRIES = [
    Entry("prep:library_draft", INSPECTING),
    Entry("prep:library_version", objects=a_draft, **EVERYBODY_INSIDE),
    Entry("prep:library_compare", objects=a_draft, **EVERYBODY_INSIDE),
    Entry("prep:library_copy", objects=a_draft, method="post", **KEEP),
    Entry("prep:library_edit", objects=a_draft, **KEEP),
    Entry("prep:point_add", objects=a_draft, **KEEP),
    Entry("prep:library_import", objects=a_draft, **KEEP),
    Entry("prep:library_sheet", objects=a_draft, method="post", **KEEP),
    Entry("prep:checkpointlibrary_action", objects=a_draft_to_drop, method="post", post=STALE, **KEEP),
    Entry("prep:point_edit", objects=a_point, **KEEP),
    Entry("prep:point_action", objects=a_point_to_drop, method="post", post=STALE, **KEEP),
    Entry("prep:library_preview", objects=a_staged_sheet, **OWNER),
    Entry("prep:library_commit", objects=a_staged_sheet, method="post", post=STALE, **OWNER),
    Entry("prep:library_discard", objects=a_staged_sheet, method="post", post=STALE, **OWNER),
    Entry("prep:watchitem_row", objects=an_item, **READ),
    Entry("prep:watchitem_conclude", objects=a_line, **WRITE),
    Entry("prep:watch_clear", objects=an_inspection, method="post", **WRITE),
    Entry("prep:watch_word", objects=an_inspection, method="post", **READ),
    Entry("findings:of_watch_item", objects=an_item, **READ),
    Entry("findings:earlier", objects=an_inspection, **WRITE),
    Entry("findings:earlier_card", objects=an_inspection, **READ),
    Entry("villages:scheme_list", INSPECTING),
    Entry("villages:scheme", objects=a_scheme, **EVERYBODY_INSIDE),
    Entry("villages:scheme_edit", objects=a_scheme, **KEEP),
    Entry("villages:scheme_copy", objects=a_scheme, method="post", **KEEP),
]
