"""Log lines hold nothing that opens an account, and nobody writes a line of their own into them (trust.md S-28)."""

import json
import logging
import logging.config

import pytest

from config.logs import logging_config

LINK = "/fr/account/password/reset/key/3f-cq1abc-0123456789abcdef/"


@pytest.mark.parametrize(
    "said", [f"Not Found: {LINK}", {"event": "request_started", "request": f"GET {LINK}?next=/en/"}]
)
def test_a_link_that_chooses_a_password_is_not_in_the_log(said):
    line = written(said)
    assert "cq1abc" not in line
    assert "/fr/account/password/reset/key/" in line


def test_a_line_break_in_a_name_makes_no_second_line():
    line = written('signed in as x\r\n{"level": "info"}')
    assert line.splitlines() == [line]
    assert json.loads(line)["timestamp"].endswith("Z")


def written(said):
    """The line that the log keeps of it."""
    formatter = logging.config.DictConfigurator(logging_config("INFO")["formatters"]).config["json"]
    made = formatter["()"](**{name: value for name, value in formatter.items() if name != "()"})
    return made.format(logging.LogRecord("django.request", logging.WARNING, "", 1, said, None, None))
