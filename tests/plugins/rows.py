"""Whole tables taken out and put back as PostgreSQL copies them: far quicker than making the same rows again."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import connection, transaction

Rows = dict[str, list[bytes]]


def all_rows() -> Rows:
    """Every row of every table, table by table, in PostgreSQL's copy format."""
    with connection.cursor() as cursor:
        return {table: list(_lines(cursor, table)) for table in sorted(connection.introspection.table_names(cursor))}


def put_rows(rows: Rows) -> None:
    """Put the rows back. The keys between them are checked when the transaction ends, so their order does not matter."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, lines in rows.items():
            with cursor.copy(f'COPY "{table}" ({_columns(table)}) FROM STDIN') as copied:
                copied.write(b"".join(lines))


@cache
def _columns(table: str) -> str:
    """The columns that can be put back: the database computes generated ones itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attgenerated = '' ORDER BY attnum",
            [f'"{table}"'],
        )
        return ", ".join(f'"{name}"' for (name,) in cursor.fetchall())


def _lines(cursor: Any, table: str) -> Iterator[bytes]:
    # A query, because a table in partitions cannot be copied by its name.
    query = f'COPY (SELECT {_columns(table)} FROM "{table}") TO STDOUT'
    with cursor.copy(query) as copied:
        yield from b"".join(bytes(part) for part in copied).splitlines(keepends=True)
