"""Decisions about books: whoever sees the village in a round reads them, its team and the office keep them."""

from ledgers.rules.rows import Entry as LedgerEntry
from tests.access.entry import Entry
from tests.access.roles import INSPECTING, OFFICE, TEAM
from tests.ledgers.stored import make_sheet, take

READ = {"may": OFFICE | TEAM, "may_foreign": OFFICE | {"outsider"}}
NOBODY_NEW = {"revision": "999", "reason": "核对"}


def _place(cast, whose):
    return cast.village_place if whose == "own" else cast.other_village_place


def a_village(cast, whose):
    return {"pk": _place(cast, whose).pk}


def _sheet(cast, whose, status):
    owner = cast.leader if whose == "own" else cast.outsider
    rows = [LedgerEntry("", 2023, summary="买锹")]
    return make_sheet(_place(cast, whose), owner, "entries", rows, status)


def a_sheet(cast, whose):
    return {"pk": _sheet(cast, whose, "preview")[0].pk}


def a_confirmed_sheet(cast, whose):
    return {"pk": _sheet(cast, whose, "confirmed")[0].pk}


def a_source(cast, whose):
    return {"pk": _sheet(cast, whose, "preview")[0].source_id}


def _kept(cast, whose):
    owner = cast.leader if whose == "own" else cast.outsider
    return take(owner, _place(cast, whose), [["日期", "摘要", "支出"], ["2023.5.6", "买锹", 35]])


def a_kept_file(cast, whose):
    return {"pk": _kept(cast, whose).pk}


def a_kept_sheet(cast, whose):
    return {"pk": _kept(cast, whose).sheets.get().pk}


def a_row(cast, whose):
    return {"pk": _sheet(cast, whose, "confirmed")[1][0].pk}


def get(name, objects):
    return Entry(f"ledgers:{name}", objects=objects, **READ)


def post(name, objects):
    return Entry(f"ledgers:{name}", objects=objects, method="post", post=NOBODY_NEW, **READ)


ENTRIES = [
    Entry("ledgers:index", INSPECTING),
    Entry("ledgers:picture_round", INSPECTING),
    get("books", a_village),
    get("upload", a_village),
    get("rows", a_village),
    get("accounts", a_village),
    get("source", a_source),
    get("source_file", a_kept_file),
    get("sheet", a_sheet),
    get("sheet_confirm", a_sheet),
    get("sheet_columns", a_kept_sheet),
    get("sheet_withdraw", a_confirmed_sheet),
    get("row", a_row),
    get("pictures", a_village),
    get("picture_rows", a_village),
    post("picture_workbook", a_village),
    post("source_confirm", a_source),
    post("sheet_discard", a_sheet),
]
