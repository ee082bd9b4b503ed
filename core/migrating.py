"""Operations of migrations that Django does not have."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation

Making = CreateModel | AddField | AddConstraint | AddIndex


class CreateTables(Operation):
    """The tables of one app in one step: models are made of their final state, what is added to them with it.

    Django draws every related model anew after each ``CreateModel``, which takes most of the time of a first
    migration: some two hundred tables cost two hundred times all of them. Here they are drawn once.
    """

    def __init__(self, operations: Sequence[Making]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Every model with its fields, constraints and indexes."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Tables as they stand at the end; the keys between them are added when all are there."""
        for model in self._models(app_label, schema_editor, to_state):
            schema_editor.create_model(model)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """All of them go, the last made first."""
        for model in reversed(self._models(app_label, schema_editor, from_state)):
            schema_editor.delete_model(model)

    def describe(self) -> str:
        """For the list of what a migration does."""
        return "Create tables " + ", ".join(
            one.name for one in self.operations if isinstance(one, CreateModel)
        )

    def _models(self, app_label: str, schema_editor: Any, state: Any) -> list[Any]:
        names = [one.name for one in self.operations if isinstance(one, CreateModel)]
        models = [state.apps.get_model(app_label, name) for name in names]
        return [one for one in models if self.allow_migrate_model(schema_editor.connection.alias, one)]
