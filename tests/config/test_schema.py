"""The database has what the models say, however its migrations were drawn."""

from django.apps import apps
from django.db import connection

OURS = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def test_every_table_has_the_columns_and_constraints_of_its_model(db):
    lacking = []
    with connection.cursor() as cursor:
        for model in OURS:
            table = model._meta.db_table
            columns = {each.name for each in connection.introspection.get_table_description(cursor, table)}
            names = set(connection.introspection.get_constraints(cursor, table))
            lacking += [f"{table}.{each.column}" for each in model._meta.concrete_fields if each.column not in columns]
            wanted = [each.name for each in (*model._meta.constraints, *model._meta.indexes)]
            lacking += [f"{table}: {name}" for name in wanted if name not in names]
    assert lacking == []
