"""The demonstration: everything on one machine, started by one command and gone after Ctrl-C.

python -m config.demo [--port 8000] [--reset]
"""

import argparse
import os
import shutil
import socket
import sys
import time
import urllib.request

from config import embedded, local
from config.family import ChildEndedError, Family, Stopped

MANAGE = (sys.executable, "manage.py")
WORK = local.BASE / ".local" / "demo"  # logs and marks
MAIL = ".local/mail"  # where the settings of the demonstration have each mail written


def main(arguments: list[str]) -> int:
    """Run the demonstration until it is asked to stop; 1 when it could not start or something in it died."""
    parser = argparse.ArgumentParser(prog="make demo", description="Start the demonstration.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reset", action="store_true", help="drop the demonstration's data first")
    options = parser.parse_args(arguments)
    if is_busy(options.port):
        return complain(f"Port {options.port} is taken; choose another: make demo PORT={options.port + 1}")
    if options.reset and os.environ.get("DATABASE_URL"):
        return complain("Only the embedded database can be reset; unset DATABASE_URL.")
    os.chdir(local.BASE)
    family = Family(local.environment(), WORK)
    family.heed_signals()
    try:
        say("Starting the database")
        with local.database(), family:
            if options.reset:
                forget_everything()
            prepare(family)
            serve(family, options.port)
    except Stopped:
        say("Stopped.")
    except (local.LocalError, embedded.EmbeddedError, ChildEndedError) as error:
        return complain(str(error))
    return 0


def forget_everything() -> None:
    """Drop the embedded database and the uploaded, made and mailed files that go with it."""
    embedded.recreate(local.BASE)
    shutil.rmtree(local.BASE / "media", ignore_errors=True)
    shutil.rmtree(local.BASE / MAIL, ignore_errors=True)


def prepare(family: Family) -> None:
    """Bring schema, translations, static files and the demonstration's data up to date; quick when they are."""
    say("Preparing tables")
    family.run("migrate", *MANAGE, "migrate", "-v", "0", variables=local.as_owner(family.variables))
    local.compile_messages()
    collect_static(family)
    say("Loading the demonstration")
    family.run("load_demo", *MANAGE, "load_demo")


def collect_static(family: Family) -> None:
    """Collect and compress the static files, only when one changed since the last time."""
    mark, now = WORK / "collected", local.static_fingerprint()
    if mark.exists() and mark.read_text() == now and (local.BASE / "collected").exists():
        return
    say("Collecting static files")
    family.run("collectstatic", *MANAGE, "collectstatic", "--noinput", "--clear", "-v", "0")
    mark.write_text(now)


def serve(family: Family, port: int) -> None:
    """Start the web server and the job runner, tell the address and the sign-ins, then wait."""
    family.variables |= {"BIND": f"127.0.0.1:{port}", "GRACEFUL_TIMEOUT": "5"}
    family.variables.setdefault("SITE_URL", f"http://localhost:{port}")  # for links in mail
    family.keep("The web server", sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi")
    family.keep("The job runner", *MANAGE, "run_jobs")
    deadline = time.monotonic() + 60
    family.watch(until=lambda: is_ready(port) or time.monotonic() > deadline)
    if not is_ready(port):
        raise ChildEndedError(f"The web server does not get ready; see {WORK.relative_to(local.BASE)}.")
    say(f"\nGatehouse is at http://localhost:{port}\n")
    family.run("demo_sign_ins", *MANAGE, "demo_sign_ins")
    if not os.environ.get("EMAIL_URL"):
        say(f"\nMail is not sent: each one is a file in {MAIL}.")
    say("\nCtrl-C stops it.")
    family.watch()


def is_busy(port: int) -> bool:
    """Whether something already listens on `port` of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def is_ready(port: int) -> bool:
    """Whether the web server says it is ready."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def say(line: str) -> None:
    """One line of progress."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def complain(line: str) -> int:
    """One line of failure, and the exit code that goes with it."""
    sys.stderr.write(f"{line}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
