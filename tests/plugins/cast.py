"""The cast as fixtures, and clients signed in as any of its members.

The cast is reached by walking the actions, once per test process; the rows those actions wrote are then put back for each
further test, because walking some seventy acts again and again would be most of what the suite does.
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.cast import Cast, make_cast

Rows = dict[str, list[bytes]]


@dataclass(frozen=True)
class Kept:
    """A cast and the rows it consists of, table by table, in PostgreSQL's copy format."""

    cast: Cast
    rows: Rows


_kept: list[Kept] = []


def _all_rows() -> Rows:
    with connection.cursor() as cursor:
        return {table: list(_lines(cursor, table)) for table in sorted(connection.introspection.table_names(cursor))}


def _columns(cursor: object, table: str) -> str:
    """The columns that can be put back: the database computes generated ones itself."""
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attgenerated = '' ORDER BY attnum",
        [f'"{table}"'],
    )
    return ", ".join(f'"{name}"' for (name,) in cursor.fetchall())  # type: ignore[attr-defined]


def _lines(cursor: object, table: str) -> Iterator[bytes]:
    # A query, because a table in partitions cannot be copied by its name.
    query = f'COPY (SELECT {_columns(cursor, table)} FROM "{table}") TO STDOUT'
    with cursor.copy(query) as copied:  # type: ignore[attr-defined]
        yield from b"".join(bytes(part) for part in copied).splitlines(keepends=True)


def _walk() -> Kept:
    before = _all_rows()
    cast = make_cast()
    after = _all_rows()
    rows = {}
    for table, lines in after.items():
        known = set(before[table])
        assert known <= set(lines), (
            f"The cast changed rows of {table} that were there before; it can only be put back if it adds."
        )
        added = [line for line in lines if line not in known]
        if added:
            rows[table] = added
    return Kept(copy.deepcopy(cast), rows)


def _put_back(kept: Kept) -> Cast:
    # The keys between these rows are checked when the transaction ends, so their order does not matter.
    with transaction.atomic(), connection.cursor() as cursor:
        for table, lines in kept.rows.items():
            with cursor.copy(f'COPY "{table}" ({_columns(cursor, table)}) FROM STDIN') as copied:
                copied.write(b"".join(lines))
    return copy.deepcopy(kept.cast)


@pytest.fixture
def cast(db: None) -> Cast:
    if not _kept:
        _kept.append(_walk())
        return copy.deepcopy(_kept[0].cast)
    return _put_back(_kept[0])


@pytest.fixture
def client_of(cast: Cast) -> Callable[[str], Client]:
    """A client signed in as a cast member."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(cast.people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
