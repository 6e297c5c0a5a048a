"""Many new models, or many new words, in one step of a migration.

Each `CreateModel` of its own makes Django render every related model anew, and nearly all models are related to the
user: the time rises with the square of their number. Here all of an app are rendered once. Models may point at each
other in any order, because foreign keys are added or checked only when all tables are there.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AlterConstraint, AlterField, CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from django.db.models import Field


class NewTables(Operation):
    """What the given `CreateModel` operations do one after the other."""

    category = OperationCategory.ADDITION
    serialization_expand_args = ["models"]  # noqa: RUF012  as the base class has it

    def __init__(self, models: list[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # what is not rendered need not be rendered again with each model
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.models)} models"


class NewWords(Operation):
    """What the given operations do, none of which changes a table: messages of constraints, names of fields."""

    category = OperationCategory.ALTERATION
    reduces_to_sql = False
    serialization_expand_args = ["operations"]  # noqa: RUF012  as the base class has it

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Tables know no words. Raises ValueError where an operation would change more than words."""
        for operation in self.operations:
            if not _is_words(operation, app_label, from_state, to_state):
                raise ValueError(f"{operation.describe()}: this changes a table")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Nor on the way back."""

    def describe(self) -> str:
        return f"Other words in {len(self.operations)} places"


def _is_words(operation: Operation, app_label: str, before: ProjectState, after: ProjectState) -> bool:
    if not isinstance(operation, AlterField):
        return isinstance(operation, AlterConstraint)
    key = app_label, operation.model_name_lower
    return _stored(before.models[key].fields[operation.name]) == _stored(after.models[key].fields[operation.name])


def _stored(field: Field) -> tuple[str, Any, dict[str, Any]]:
    """What the database knows of a field."""
    _name, path, args, options = field.deconstruct()
    return path, args, {name: value for name, value in options.items() if name not in field.non_db_attrs}
