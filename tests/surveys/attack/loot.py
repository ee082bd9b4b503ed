"""What an insider carries off: the database as it lies, read again and again, and everything written beside it."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connection, transaction

Row = dict[str, Any]


@dataclass
class Snapshot:
    """All rows of some tables at one moment; ``answered``: how many people had sent their answer by then."""

    answered: int
    tables: dict[str, list[Row]]

    def by(self, table: str, column: str = "id") -> dict[Any, Row]:
        """Rows of a table by one of their columns."""
        return {row[column]: row for row in self.tables[table]}


@dataclass(eq=False)
class Loot:
    """One occasion as the attacker has it. He also knows who answered when, and the key of the digests.

    ``people``: in the order of answering, what identifies each one's slip: digests of token, code and submission.
    ``written``: lines of logs and contents of files. ``log_order``: place of each stored sheet in the database's own
    log, by ``#ctid``; empty where it cannot be read.
    """

    people: list[dict[str, str]] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    log_order: dict[str, int] = field(default_factory=dict)


def all_tables() -> list[str]:
    """Every table of the database, also those no model knows of."""
    return sorted(connection.introspection.table_names())


def read(tables: Iterable[str], answered: int, survey: Any = None) -> Snapshot:
    """The rows with what the database keeps about them: place on disk, writing transaction and command.

    Of all surveys, or of one: copying everybody's rows again and again would take most of the time there is.
    """
    hidden, place = (
        ('ctid::text AS "#ctid", xmin::text AS "#xmin", xmax::text AS "#xmax", cmin::text AS "#cmin"', "ctid")
        if connection.vendor == "postgresql"
        else ('rowid AS "#ctid"', "rowid")
    )
    one, values = ("WHERE survey_id = %s", [survey]) if survey else ("", [])
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT {hidden}, t.* FROM {name} t {one} ORDER BY t.{place}", values)
            names = [column[0] for column in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return Snapshot(answered, found)


def changed(before: Snapshot, after: Snapshot) -> set[str]:
    """Tables whose rows differ in anything, transaction numbers included.

    But for the number of whoever locked a row: a foreign key locks the row it points at, here the survey's and the
    village's. It names the last answer's transaction, which the receipt names as well.
    """
    return {name for name, rows in after.tables.items() if _bag(rows) != _bag(before.tables[name])}


def _bag(rows: list[Row]) -> list[str]:
    return sorted(repr(sorted(item for item in row.items() if item[0] != "#xmax")) for row in rows)


def place(row: Row) -> tuple[int, ...]:
    """Where the row lies on disk, as numbers."""
    return tuple(int(part) for part in re.findall(r"\d+", str(row["#ctid"])))


def born(row: Row) -> tuple[int, ...]:
    """Which transaction wrote it, then where it lies; by its place alone where no transaction is kept."""
    return (int(row.get("#xmin", 0)), *place(row))


def files_below(folder: os.PathLike[str]) -> list[str]:
    """Name, change time and content of every file but databases."""
    found = []
    for here, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(here, name)
            if ".sqlite3" not in name and not name.endswith(".key"):
                with open(path, "rb") as file:
                    found.append(f"{name} {os.stat(path).st_mtime} {file.read().decode(errors='replace')}")
    return found


# --- the database's own log ----------------------------------------------------------------------------------


def log_position() -> str:
    """Where PostgreSQL's log stands now; empty where it cannot be read."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_walinspect")
            cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
            return str(cursor.fetchone()[0])
    except DatabaseError:
        return ""


def log_order(since: str, table: str) -> dict[str, int]:
    """In which order rows of ``table`` were written down in the log since then, by their place on disk."""
    if not since:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filenode(%s)", (table,))
        number = cursor.fetchone()[0]
        # What has not reached the disk yet is in no log anybody could read.
        cursor.execute("SELECT %s::pg_lsn < pg_current_wal_flush_lsn()", (since,))
        if not cursor.fetchone()[0]:
            return {}
        cursor.execute(
            "SELECT description, block_ref FROM pg_get_wal_records_info(%s, pg_current_wal_flush_lsn()) "
            "WHERE resource_manager = 'Heap' AND record_type LIKE 'INSERT%%' AND block_ref LIKE %s ORDER BY start_lsn",
            (since, f"%/{number} %"),
        )
        rows = cursor.fetchall()
    found: dict[str, int] = {}
    for description, block in rows:
        offset, page = re.search(r"off:? (\d+)", description), re.search(r"blk (\d+)", block)
        if offset and page:
            found[f"({page[1]},{offset[1]})"] = len(found)
    return found
