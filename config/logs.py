"""Logs: one JSON line per event on standard output, UTC, with the request id. No cookies, no form values, no keys."""

import re
from typing import Any

import structlog

KEY_IN_ADDRESS = re.compile(r"(/reset/key/)[^/\s]+")  # invites, or lets a forgotten password be chosen anew


def without_keys(text: str) -> str:
    """`text` without what would open an account to who reads the log."""
    return KEY_IN_ADDRESS.sub(r"\1…", text)


def _without_keys(logger: Any, name: str, entry: dict[str, Any]) -> dict[str, Any]:
    return {key: without_keys(value) if isinstance(value, str) else value for key, value in entry.items()}


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    _without_keys,
]


def logging_config(level: str) -> dict[str, Any]:
    """Configure structlog and return Django's LOGGING dictionary at `level`."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": structlog.processors.JSONRenderer(),
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"stdout": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stdout"], "level": level},
        "loggers": {
            # WeasyPrint tells of every CSS property it skips; only its errors concern an operator.
            "weasyprint": {"level": "ERROR"},
            "fontTools": {"level": "ERROR"},
            "pikepdf": {"level": "WARNING"},
        },
    }
