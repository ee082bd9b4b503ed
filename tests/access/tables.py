"""Decisions about survey tables: the own team counts and signs, the office reads, nobody else sees them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from findings import services
from tests.access.entry import Entry
from tests.access.findings import OWNER, READ, WRITE, get, one_of, post, step
from tests.access.roles import INSPECTING
from tests.factories import make_member
from tests.findings import tables
from tests.findings.test_table_files import book
from villages.models import TeamRole


def _sheet(cast, whose, make=tables.table):
    if whose == "own":
        return make(cast)
    colleague = make_member(cast.other_team, TeamRole.MEMBER)
    return make(cast, inspection=cast.other_inspection, recorder=cast.outsider, checker=colleague)


def a_table(cast, whose):
    return {"pk": _sheet(cast, whose).pk}


def a_deleted_table(cast, whose):
    made = _sheet(cast, whose)
    services.delete_minutes(actor=made.recorder, paper=made, revision=made.revision, reason="重复")
    return {"pk": made.pk}


def a_table_as_word(cast, whose):
    return a_table(cast, whose) | {"form": "word"}


def a_village(cast, whose):
    return {"pk": (cast.inspection if whose == "own" else cast.other_inspection).pk}


def a_village_and_a_kind(cast, whose):
    return a_village(cast, whose) | {"kind": "funds"}


def a_staged_book(cast, whose):
    owner, inspection = (
        (cast.member, cast.inspection) if whose == "own" else (cast.outsider, cast.other_inspection)
    )
    checker = cast.deputy if whose == "own" else make_member(cast.other_team, TeamRole.MEMBER)
    content = book(("A 资金", [["资金类别", "账面数", "实存数"], ["其他", "1", "1"]]))
    staged = services.stage_tables(
        actor=owner,
        inspection=inspection,
        upload=SimpleUploadedFile("表.xlsx", content),
        values={"checker": checker, "happened_at": _sheet(cast, whose).happened_at, "place": "村部"},
    )
    return {"pk": staged.pk}


ENTRIES = [
    Entry("findings:tables", INSPECTING),
    get("village_tables", a_village, READ),
    post("village_tables_excel", a_village, READ),
    get("tables_import", a_village, WRITE),
    get("table_new", a_village_and_a_kind, WRITE),
    post("table_check", a_village_and_a_kind, WRITE),
    get("table", a_table, READ),
    get("table_edit", a_table, WRITE),
    post("table_action", step(a_table, "submit"), one_of({"member"})),
    post("table_delete", a_table, one_of({"member", "deputy"})),
    post("table_restore", a_deleted_table, WRITE),
    post("table_file", a_table_as_word, READ),
    post("table_lead", a_table, READ),
    post("table_cite", a_table, WRITE),
    get("tables_preview", a_staged_book, OWNER),
    post("tables_commit", a_staged_book, OWNER),
    post("tables_discard", a_staged_book, OWNER),
]
