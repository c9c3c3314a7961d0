"""One machine, no services: the environment of the demo, and what must be built before anything is served.

python -m config.local manage COMMAND …    any management command in the demo's environment
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from config import embedded

BASE = Path(__file__).resolve().parent.parent
# The demonstration's "today" whenever it starts: two thirds into a fiscal year, with a past and a plan to look at.
DEMONSTRATION_CLOCK = "2026-11-18T09:30:00-05:00"
OWNER_COMMANDS = {"migrate", "makemigrations", "sqlmigrate", "squashmigrations", "flush", "restore"}


class LocalError(RuntimeError):
    """Something is missing on this machine; the message says what."""


def environment(base: Path = BASE) -> dict[str, str]:
    """This process's variables, completed for the demo: its mode, and the embedded database unless another is named."""
    variables = dict(os.environ)
    variables["GATEHOUSE_MODE"] = "demo"
    variables.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    variables.setdefault("LOG_LEVEL", "WARNING")
    variables.setdefault("BUSINESS_CLOCK", DEMONSTRATION_CLOCK)
    if not variables.get("DATABASE_URL"):
        variables["DATABASE_URL"] = embedded.database_url(base)
        variables["DATABASE_OWNER_URL"] = embedded.database_url(base, embedded.OWNER_ROLE)
    return variables


def as_owner(variables: dict[str, str]) -> dict[str, str]:
    """The same variables for a command that changes the schema."""
    return variables | {"DATABASE_URL": variables.get("DATABASE_OWNER_URL") or variables["DATABASE_URL"]}


def database() -> AbstractContextManager[None]:
    """Keeps the embedded database running for the block; does nothing where DATABASE_URL names another."""
    return nullcontext() if os.environ.get("DATABASE_URL") else embedded.lease(BASE)


def compile_messages(base: Path = BASE) -> None:
    """Compile the catalogues whose compiled form is missing or older. Raises LocalError without gettext."""
    for source in base.glob("locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        unfinished = compiled.with_suffix(f".{os.getpid()}")
        try:
            subprocess.run(["msgfmt", "--check-format", "-o", str(unfinished), str(source)], check=True)
        except FileNotFoundError:
            raise LocalError("gettext is missing: install it to compile the translations.") from None
        except subprocess.CalledProcessError:
            raise LocalError(f"{source.relative_to(base)} does not compile; see above.") from None
        unfinished.replace(compiled)


def fingerprint(files: Iterable[Path]) -> str:
    """A hash that changes when a file comes, goes or is written to."""
    lines = sorted(f"{file}:{file.stat().st_mtime_ns}:{file.stat().st_size}" for file in files if file.is_file())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def static_fingerprint(base: Path = BASE) -> str:
    """What decides the collected static files: ours, and the packages that bring theirs."""
    files = [*base.glob("static/**/*"), *base.glob("*/static/**/*"), *base.glob("requirements/run.txt")]
    return fingerprint([*files, base / "config" / "settings.py"])


def manage(arguments: list[str]) -> None:
    """Run one management command in the demo's environment; leaves by that command's exit code."""
    variables = environment()
    os.environ.setdefault("GATEHOUSE_MODE", "demo")
    with database():
        owner = bool(arguments) and arguments[0] in OWNER_COMMANDS
        os.environ.update(as_owner(variables) if owner else variables)
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", *arguments])


def main(arguments: list[str]) -> None:
    """The command line."""
    match arguments:
        case ["manage", *rest]:
            manage(rest)
        case ["compile-messages"]:
            compile_messages()
        case _:
            sys.exit("usage: python -m config.local manage COMMAND … | compile-messages")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (LocalError, embedded.EmbeddedError) as error:
        sys.exit(str(error))
