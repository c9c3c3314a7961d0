"""The tests themselves act as the application's role, on a database of their own."""

import pytest
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_a_test_acts_as_the_application():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        role, name = cursor.fetchone()
    assert role == settings.DATABASE_APP_ROLE
    assert name.startswith("test_")
