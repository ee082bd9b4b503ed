"""Decisions about the rule book: everybody inside reads it, the office keeps it, the inspected know nothing of it."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from core.files import SPREADSHEET, store_upload
from prep.models import Regulation, RegulationEdition, RuleBookImport
from tests.access.entry import Entry
from tests.access.roles import INSPECTING, OFFICE

STALE = {"revision": "999"}
READ = {"may": INSPECTING, "may_foreign": INSPECTING}
KEEP = {
    "may": OFFICE,
    "sees": INSPECTING - OFFICE,
    "may_foreign": OFFICE,
    "sees_foreign": INSPECTING - OFFICE,
}
OWNER = {"may": {"office_clerk"}, "may_foreign": {"office_head"}}


def a_regulation(cast, whose):
    row, _ = Regulation.objects.get_or_create(
        key="村级财务办法", defaults={"title": "村级财务办法", "level": "district"}
    )
    return {"pk": row.pk}


def an_edition(cast, whose):
    row, _ = RegulationEdition.objects.get_or_create(
        regulation_id=a_regulation(cast, whose)["pk"], from_day=dt.date(2022, 1, 1)
    )
    return {"pk": row.pk}


def a_staged_book(cast, whose):
    owner = cast.office_clerk if whose == "own" else cast.office_head
    upload = SimpleUploadedFile("法规.csv", "名称,施行日期\n某办法,2022-01-01\n".encode())
    file = store_upload(actor=owner, upload=upload, policy=SPREADSHEET)
    payload = {"lines": [], "errors": []}
    staged = RuleBookImport.objects.create(owner=owner, file=file, filename="法规.csv", payload=payload)
    return {"pk": staged.pk}


ENTRIES = [
    Entry("prep:regulations", INSPECTING),
    Entry("prep:regulation", objects=a_regulation, **READ),
    Entry("prep:citation_pick", INSPECTING),
    Entry("prep:citation_check", INSPECTING, method="post"),
    Entry("prep:regulation_add", OFFICE),
    Entry("prep:regulation_edit", objects=a_regulation, **KEEP),
    Entry("prep:edition_add", objects=a_regulation, **KEEP),
    Entry("prep:edition_edit", objects=an_edition, **KEEP),
    Entry("prep:edition_end", objects=an_edition, method="post", **KEEP),
    Entry("prep:rule_sheet", OFFICE, method="post"),
    Entry("prep:book_import", OFFICE),
    Entry("prep:book_preview", objects=a_staged_book, **OWNER),
    Entry("prep:book_commit", objects=a_staged_book, method="post", post=STALE, **OWNER),
    Entry("prep:book_discard", objects=a_staged_book, method="post", post=STALE, **OWNER),
    Entry("findings:of_regulation", objects=a_regulation, **READ),
]
