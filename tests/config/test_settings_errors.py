"""A setting that is missing or malformed stops the start with one line that names it."""

import os
import subprocess
import sys

import pytest

from tests.config.house import BASE

GOOD = {
    "GATEHOUSE_MODE": "production",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "gatehouse.example",
    "DATABASE_URL": "postgresql://user:password@db.example/gatehouse",
    "EMAIL_URL": "smtp://mail.example:25",
    "SITE_URL": "https://gatehouse.example",
    "SCANNER": "clamav",
    "CLAMAV_ADDRESS": "/run/clamav/clamd.ctl",
}


def started(**changes):
    """Read the settings in a process of its own, with nothing else in its environment."""
    given = {name: value for name, value in (GOOD | changes).items() if value is not None}
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", **given}
    command = [sys.executable, "-c", "from django.conf import settings; settings.DEBUG"]
    return subprocess.run(command, cwd=BASE, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_complete_settings_start():
    assert started().stderr == ""


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "SITE_URL", "SCANNER", "CLAMAV_ADDRESS"])
def test_missing_setting_is_named(name):
    result = started(**{name: None})
    assert result.returncode != 0
    assert name in result.stderr.strip().splitlines()[-1]
    assert result.stderr.strip().splitlines()[-1].startswith("django.core.exceptions.ImproperlyConfigured")


@pytest.mark.parametrize(("name", "value"), [
    ("GATEHOUSE_MODE", "produktion"),
    ("DATABASE_URL", "mysql://user@db/gatehouse"),
    ("SCANNER", "somebody"),
])  # fmt: skip
def test_malformed_setting_is_named(name, value):
    result = started(**{name: value})
    assert result.returncode != 0
    assert name in result.stderr.strip().splitlines()[-1]


def test_no_secret_is_repeated_in_an_error():
    result = started(DATABASE_URL="mysql://user:very-secret@db/gatehouse")
    assert "very-secret" not in result.stderr
