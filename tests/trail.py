"""Lifting the append-only guard for a moment, as only somebody with the database's own rights could."""

import contextlib
import importlib

from django.db import connection

_guard = importlib.import_module("core.migrations.0002_audit_append_only")


def _run(sqlite, postgresql):
    with connection.cursor() as cursor:
        for statement in sqlite if connection.vendor == "sqlite" else postgresql:
            cursor.execute(statement)


@contextlib.contextmanager
def guard_lifted():
    """The triggers are away inside the block and back behind it."""
    _run(_guard.SQLITE_REVERSE, _guard.POSTGRESQL_REVERSE)
    try:
        yield
    finally:
        _run(_guard.SQLITE, _guard.POSTGRESQL)
