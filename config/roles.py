"""What the application's database role may do: read and write rows, never change the schema or the audit trail.

Runs after every migrate, as the owner of the tables. A model with `append_only = True` can only be read and added to.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections

# Postgres 15 and later already keep everyone but the owner of the database from creating tables.
GRANTS = """
    GRANT USAGE ON SCHEMA public TO {role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
    REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
"""


def grant_to_application(using: str = "default", **kwargs: Any) -> None:
    """Give the application's role its rights in database `using`.

    Does nothing where that role does not exist, or where it is itself the one that migrates (a single-role set-up; the
    tests between two transactional tests).
    """
    connection = connections[using]
    role = connection.ops.quote_name(settings.DATABASE_APP_ROLE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [settings.DATABASE_APP_ROLE]
        )
        if not cursor.fetchone():
            return
        cursor.execute(GRANTS.format(role=role))
        for table in append_only_tables():
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {connection.ops.quote_name(table)} FROM {role}")


def append_only_tables() -> list[str]:
    """The tables of the models that say `append_only = True`."""
    return [model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False)]
