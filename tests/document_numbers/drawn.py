"""The only place that draws the models between two operations of a migration once, whoever walks past them again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from unittest import mock

from django.db import transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunPython
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

MUTATED = Migration.mutate_state


@contextlib.contextmanager
def once() -> Iterator[None]:
    """Let Django's executor walk the same migrations back and forth, on one database after another, with one drawing.

    Django draws all models anew on each walk, and twice on the way back; nearly all that migrating costs is that.
    What an operation does to a database it does on every walk.
    """
    drawing = Drawing()
    with mock.patch.multiple(
        Migration,
        mutate_state=lambda *of, **words: drawing.mutate_state(*of, **words),
        apply=lambda *of: drawing.apply(*of),
        unapply=lambda *of: drawing.unapply(*of),
    ):
        yield


class Drawing:
    """What stands before and after each operation of the migrations that were walked past, and three walks with it."""

    def __init__(self) -> None:
        self.drawn: dict[Migration, list[tuple[Operation, ProjectState, ProjectState]]] = {}

    def steps(self, migration: Migration, state: ProjectState) -> list[tuple[Operation, ProjectState, ProjectState]]:
        if migration not in self.drawn:
            found, before = [], state.clone()  # the executor changes its own at the end
            for operation in migration.operations:
                after = before.clone()
                operation.state_forwards(migration.app_label, after)
                found.append((operation, before, after))
                before = after
            self.drawn[migration] = found
        return self.drawn[migration]

    def mutate_state(self, migration: Migration, state: ProjectState, preserve: bool = True) -> ProjectState:
        if "apps" not in vars(state) or not migration.operations:
            return MUTATED(migration, state, preserve)  # nothing is drawn
        found = self.steps(migration, state)[-1][2].clone()
        if preserve:
            return found
        vars(state).update(vars(found))
        return state

    def apply(self, migration: Migration, state: ProjectState, editor: BaseDatabaseSchemaEditor) -> ProjectState:
        for operation, before, after in self.steps(migration, state):
            with by_itself(migration, operation, editor):
                operation.database_forwards(migration.app_label, editor, before, after)
            if isinstance(operation, RunPython):
                before.is_delayed = False  # it was drawn whole for this one, and is whole for the next database
        return self.mutate_state(migration, state)

    def unapply(self, migration: Migration, state: ProjectState, editor: BaseDatabaseSchemaEditor) -> ProjectState:
        for operation, before, after in reversed(self.steps(migration, state)):
            if not operation.reversible:
                raise IrreversibleError(f"{operation} in {migration} is not reversible")
            with by_itself(migration, operation, editor):
                operation.database_backwards(migration.app_label, editor, after, before)
        return state


def by_itself(
    migration: Migration, operation: Operation, editor: BaseDatabaseSchemaEditor
) -> contextlib.AbstractContextManager:
    """Return the transaction that Django gives an operation where its migration has none."""
    alone = operation.atomic or (migration.atomic and operation.atomic is not False)
    if alone and not editor.atomic_migration:
        return transaction.atomic(editor.connection.alias)
    return contextlib.nullcontext()
