"""The tests act as the application's role, which can use the tables but not change them or the trail."""

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection, transaction

from config.roles import append_only_tables


@pytest.mark.django_db
def test_a_test_acts_as_the_application():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        role, name = cursor.fetchone()
    assert role == settings.DATABASE_APP_ROLE
    assert name.startswith("test_")


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), [("lock_timeout", "30s"), ("search_path", "public,pg_temp")])
def test_nobody_waits_for_ever_and_names_mean_our_own_tables(name, value):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        assert cursor.fetchone() == (value,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE mine (id int)", "DROP TABLE django_migrations", "DELETE FROM django_migrations"],
)
def test_the_application_cannot_change_the_schema(statement):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_application_cannot_change_append_only_tables():
    for table in append_only_tables():
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            with pytest.raises(ProgrammingError, match="denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_can_be_undone_by_the_application():
    ContentType.objects.create(app_label="gone", model="afterwards")


@pytest.mark.django_db
def test_nothing_is_left_of_a_transactional_test():
    assert not ContentType.objects.filter(app_label="gone").exists()
