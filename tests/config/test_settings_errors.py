"""A setting that is missing or malformed stops the start with one line that names it."""

import os
import subprocess
import sys

import pytest

from tests.config.house import BASE

GOOD = {
    "GATEHOUSE_MODE": "production",
    "SECRET_KEY": "kqzj7vx2wm" * 6,
    "ALLOWED_HOSTS": "gatehouse.example",
    "DATABASE_URL": "postgresql://user:password@db.example/gatehouse",
    "EMAIL_URL": "smtp://mail.example:25",
    "SITE_URL": "https://gatehouse.example",
    "SCANNER": "clamav",
    "CLAMAV_ADDRESS": "/run/clamav/clamd.ctl",
}


ANSWERED = """
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.conf import settings
assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == 1, "all of an organisation would be counted as one"
call_command("check", deploy=True, fail_level="WARNING")
for address in ("/livez", "/static/nothing.css"):
    print(Client(raise_request_exception=False).get(address, secure=True, headers={"host": "gatehouse.example"}).headers)
"""
WIRE = (
    "'Strict-Transport-Security': 'max-age=31536000; includeSubDomains; preload'",
    "'X-Content-Type-Options': 'nosniff'",
    "'Referrer-Policy': 'same-origin'",
    "'Cross-Origin-Opener-Policy': 'same-origin'",
    "'Cross-Origin-Resource-Policy': 'same-origin'",
    "'Permissions-Policy': 'camera=(), ",
    "frame-ancestors 'none'",
)


def started(code="from django.conf import settings; settings.DEBUG", **changes):
    """Read the settings in a process of its own, with nothing else in its environment."""
    given = {name: value for name, value in (GOOD | changes).items() if value is not None}
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", **given}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=BASE, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_complete_settings_start_and_say_what_a_browser_is_to_keep_to():
    result = started(ANSWERED, BEHIND_PROXY="true")
    assert result.returncode == 0, result.stderr
    found = result.stdout.splitlines()[-2:]
    assert [(line[:20], header) for line in found for header in WIRE if header not in line] == []


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
