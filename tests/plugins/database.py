"""The test databases: embedded PostgreSQL, made by the owner, used as the application's role, kept between runs."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql

from config import embedded
from tests.plugins.rows import Rows, all_rows, put_rows

BASE = Path(__file__).resolve().parent.parent.parent

# A trigger that fires on TRUNCATE: bit 5 of pg_trigger.tgtype.
TABLES = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
TRUNCATE_TRIGGERS = """
    SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgtype & 32 > 0
"""


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """A PostgreSQL to test against: the embedded one, or whatever DATABASE_URL named."""
    if _is_embedded():
        with embedded.lease(BASE):
            yield
    else:
        yield


def _is_embedded() -> bool:
    return settings.DATABASES["default"]["HOST"] == str(embedded.Cluster(BASE).socket_dir)


@pytest.fixture(scope="session")
def django_db_createdb(
    django_db_createdb: bool, django_db_modify_db_settings: None, database_server: None, django_db_blocker
) -> bool:
    """Make the database anew when asked to, when a migration changed, or when the last run was killed."""
    with django_db_blocker.unblock():
        kept_state = _state(connection.creation._get_test_db_name())
    return django_db_createdb or kept_state != schema_fingerprint()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_createdb: bool, database_server: None, django_db_setup: None, django_db_blocker
) -> Iterator[None]:
    """After pytest-django made and migrated the database: let every connection act as the application's role."""
    name = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        _set_state(name, "in use")
        _allow_flush()
        _keep_statistics()
        flushed = connection.introspection.django_table_names(only_existing=True, include_views=False)
        shipped = {table: lines for table, lines in all_rows().items() if lines and table in flushed}
        connection.close()
    with ExitStack() as undo:
        undo.callback(_act_as_application())
        emptying = undo.enter_context(_emptying(name, flushed)) if _is_embedded() else _flush
        undo.enter_context(_flushed_to(shipped, emptying))
        yield
    with django_db_blocker.unblock():
        connection.close()
        _set_state(name, schema_fingerprint())


def schema_fingerprint() -> str:
    """A hash of everything that decides the schema: the migrations and the versions of the packages that have some."""
    digest = hashlib.sha256()
    for file in sorted([*BASE.glob("*/migrations/*.py"), BASE / "requirements" / "run.txt"]):
        digest.update(str(file.relative_to(BASE)).encode() + file.read_bytes())
    return digest.hexdigest()


def _allow_flush() -> None:
    # Transactional tests empty the tables between them; the application's role itself never may.
    role = connection.ops.quote_name(settings.DATABASE_APP_ROLE)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(TRUNCATE_TRIGGERS)
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {connection.ops.quote_name(trigger)}")


def _keep_statistics() -> None:
    # A test's rows are never committed. A vacuum that comes by counts none, and a plan for none takes minutes over thousands.
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")


def _act_as_application():
    """Start every later connection in the application's role; returns what ends that.

    Nothing the tests write has to survive a failing machine, so no commit waits for the disk.
    """
    options = connection.settings_dict["OPTIONS"]
    before = options.get("options", "")
    options["options"] = f"{before} -c role={settings.DATABASE_APP_ROLE} -c synchronous_commit=off".strip()

    def end() -> None:
        options["options"] = before

    return end


def _flush() -> None:
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)


@contextmanager
def _emptying(name: str, tables: list[str]) -> Iterator[Callable[[], None]]:
    """What empties the tables that hold rows, with no key or trigger asked: truncating all of them takes five times as long.

    Only the superuser of the embedded server may do so; no test has a part in that connection.
    """
    holding = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(table), sql.Identifier(table))
        for table in tables
    )
    with embedded.Cluster(BASE).connect(name) as server:

        def empty() -> None:
            with server.transaction():
                server.execute("SET LOCAL session_replication_role = replica")
                for (table,) in server.execute(holding).fetchall():
                    server.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))

        yield empty


@contextmanager
def _flushed_to(shipped: Rows, emptying: Callable[[], None]) -> Iterator[None]:
    """After a transactional test put back the rows the software ships with, instead of making them anew each time."""

    def flush(case: TransactionTestCase) -> None:
        emptying()
        put_rows(shipped)
        cache.clear()  # its table is no model's, so the flush passes it by

    before, TransactionTestCase._fixture_teardown = TransactionTestCase._fixture_teardown, flush
    yield
    TransactionTestCase._fixture_teardown = before


def _maintenance() -> psycopg.Connection:
    """A connection as the owner to the server, beside any test database."""
    return psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", autocommit=True)


def _state(name: str) -> str | None:
    """What the last run noted on database `name`; None when there is no note or no such database."""
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with _maintenance() as server:
        row = server.execute(query, [name]).fetchone()
    return row[0] if row else None


def _set_state(name: str, state: str) -> None:
    with _maintenance() as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(state)))
