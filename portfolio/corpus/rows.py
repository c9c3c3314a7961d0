"""Make rows of a model by one INSERT … SELECT, and their history by a second one over the same rows.

Expressions are our own constants, never input, so they are put into the statement as they stand. Fields that are not
given take the model's plain default, NULL or the empty text; the stamps of governed rows are those of the corpus.
"""

from typing import Any

from django.db import connection, models

from records.models import Governed

AT = "timestamptz '2026-11-16 12:00+00'"
BY, BY_NAME = "corpus", "Corpus"
STAMPS = {
    "version": "1",
    "created_at": AT,
    "changed_at": AT,
    "changed_by_id": f"'{BY}'",
    "changed_by_name": f"'{BY_NAME}'",
}


def key(kind: str, *parts: str) -> str:
    """The SQL of a key that is always the same for the same kind and numbers."""
    return f"md5('corpus:{kind}:' || {' || chr(58) || '.join(f'({part})' for part in parts)})::uuid"


def fill(model: type[models.Model], source: str, /, **values: str) -> int:
    """Make one row of `model` for each row of `source` (a FROM clause). `values`: column → SQL expression."""
    wanted = _columns(model, values)
    names = ", ".join(f'"{name}"' for name in wanted)
    table = model._meta.db_table
    return _run(f'INSERT INTO "{table}" ({names}) SELECT {", ".join(wanted.values())} FROM {source}')  # noqa: S608


def keep_history(model: type[models.Model], *, states: int = 1, earlier: dict[str, str] | None = None) -> int:
    """Keep `states` past states of every row the corpus made; `earlier` says how the older ones differed."""
    past: Any = model.history.model  # type: ignore[attr-defined]
    own = {str(field.column) for field in model._meta.concrete_fields}
    kept = {field.column: f't."{field.column}"' for field in past._meta.concrete_fields if field.column in own}
    kept |= {"version": "past.step"} | {
        name: f"CASE WHEN past.step = {states} THEN t.{name} ELSE {expression} END"
        for name, expression in (earlier or {}).items()
    }
    stamps = {
        "history_date": f"t.changed_at - ({states} - past.step) * interval '30 days'",
        "history_type": "CASE WHEN past.step = 1 THEN '+' ELSE '~' END",
        "history_change_reason": "NULL",
        "history_user_id": "t.changed_by_id",
    }
    columns = {name: sql for name, sql in (kept | stamps).items() if name in _names(past)}
    names = ", ".join(f'"{name}"' for name in columns)
    return _run(
        f'INSERT INTO "{past._meta.db_table}" ({names}) SELECT {", ".join(columns.values())} '  # noqa: S608
        f"FROM \"{model._meta.db_table}\" t, generate_series(1, {states}) past(step) WHERE t.changed_by_id = '{BY}'"
    )


def _names(model: type[models.Model]) -> set[str]:
    return {str(field.column) for field in model._meta.concrete_fields}


def _columns(model: type[models.Model], values: dict[str, str]) -> dict[str, str]:
    stamps = STAMPS if issubclass(model, Governed) else {}
    columns = {}
    for field in model._meta.concrete_fields:
        name = str(field.column)
        expression = values.get(name) or stamps.get(name) or _default(field)
        if expression is not None:
            columns[name] = expression
    unknown = values.keys() - columns.keys()
    if unknown:
        raise ValueError(f"{model.__name__} has no column {', '.join(sorted(unknown))}.")
    return columns


def _default(field: Any) -> str | None:
    """The SQL of a field's default; None leaves the column to the database."""
    if isinstance(field, models.AutoField | models.GeneratedField) or field.has_db_default():
        return None
    if field.has_default() and not callable(field.default):
        return f"'{field.get_prep_value(field.default)}'"
    if field.null:
        return "NULL"
    return "''" if isinstance(field, models.CharField | models.TextField) else None


def _run(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.rowcount
