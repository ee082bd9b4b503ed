"""Tables made together are the tables Django makes one after the other, and go again."""

import pytest
from django.db import connection, models
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.state import ProjectState

from core.migrating import CreateTables

pytestmark = pytest.mark.django_db(transaction=True)


def _operations():
    """Two tables that name each other, a pair many to many, and what is added afterwards."""
    key = ("id", models.AutoField(primary_key=True))
    return [
        CreateModel("House", [key, ("street", models.CharField(max_length=20))]),
        CreateModel(
            "Tenant", [key, ("house", models.ForeignKey("core.House", models.PROTECT)), ("year", models.IntegerField())]
        ),
        AddField("House", "owner", models.ForeignKey("core.Tenant", models.SET_NULL, null=True, related_name="+")),
        AddField("House", "shared", models.ManyToManyField("core.Tenant", related_name="+")),
        AddIndex("Tenant", models.Index(fields=["year"], name="tenant_by_year")),
        AddConstraint("House", models.UniqueConstraint(fields=["street"], name="house_street_once")),
    ]  # fmt: skip


def _schema():
    """Columns, keys, indexes and constraints of the tables that are there."""
    found = {}
    with connection.cursor() as cursor:
        for table in ("core_house", "core_tenant", "core_house_shared"):
            if table not in connection.introspection.table_names(cursor):
                continue
            columns = {row.name for row in connection.introspection.get_table_description(cursor, table)}
            rules = connection.introspection.get_constraints(cursor, table).values()
            found[table] = columns, sorted(
                (tuple(rule["columns"]), rule["unique"], rule["index"], rule["foreign_key"] or ()) for rule in rules
            )  # fmt: skip
    return found


def _run(operations, backwards=False):
    """The schema after ``operations``, and their states from the first to the last."""
    states = [ProjectState()]
    for operation in operations:
        after = states[-1].clone()
        operation.state_forwards("core", after)
        states.append(after)
    steps = list(zip(operations, states[:-1], states[1:], strict=True))
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        for operation, before, after in reversed(steps) if backwards else steps:
            if backwards:
                operation.database_backwards("core", editor, after, before)
            else:
                operation.database_forwards("core", editor, before, after)
    return states[-1]


def test_the_tables_are_those_of_one_after_the_other_and_go_again():
    plain = _run(_operations())
    expected = _schema()
    _run(_operations(), backwards=True)
    assert expected and not _schema()
    together = [CreateTables(_operations())]
    state = _run(together)
    assert _schema() == expected
    assert state == plain
    _run(together, backwards=True)
    assert not _schema()
