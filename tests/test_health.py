"""Live without anything; ready with the database; degraded, not down, without Redis."""

import pytest
from django.db import DatabaseError

from config import health


def test_alive_needs_no_database(client):
    assert client.get("/livez").status_code == 200


@pytest.mark.django_db
def test_ready_with_the_database(client):
    assert client.get("/readyz").json()["status"] == "ok"


@pytest.mark.django_db
def test_degraded_without_redis(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")


@pytest.mark.django_db
def test_ready_with_a_real_redis(client, settings, redis_url):
    settings.REDIS_URL = redis_url
    assert client.get("/readyz").json()["status"] == "ok"


@pytest.mark.django_db
@pytest.mark.parametrize("error", [DatabaseError, health.NotMigratedError])
def test_unavailable_without_tables(client, monkeypatch, error):
    def fail():
        raise error

    monkeypatch.setattr(health, "require_migrated", fail)
    assert client.get("/readyz").status_code == 503
