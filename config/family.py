"""Child processes that end with their parent: started, watched and stopped together."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType, TracebackType

PATIENCE = 10  # seconds a child has to end by itself


class Stopped(Exception):
    """Someone asked for the end: Ctrl-C, SIGTERM, a closed terminal."""


class ChildEndedError(RuntimeError):
    """A child ended that should not have; the message says which and why."""


class Family:
    """A context in which children run; leaving it, by whatever way, leaves none behind.

    Signals are only noted when they come and raised as Stopped where the family waits, so that no child is lost
    between its start and its entry here.
    """

    def __init__(self, variables: dict[str, str], logs: Path) -> None:
        self.variables, self.logs = variables, logs
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_stop = False

    def heed_signals(self) -> None:
        """From here on the signals that end a program are noted, and no longer end this one where it stands."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def __enter__(self) -> "Family":
        self.logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._tell(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and any(child.poll() is None for child in self.children.values()):
            time.sleep(0.05)
        self._tell(signal.SIGKILL)
        for child in self.children.values():
            child.wait()

    def run(self, what: str, *command: str, variables: dict[str, str] | None = None) -> None:
        """Run `command` to its end. Raises ChildEndedError when it fails, Stopped when asked to stop meanwhile."""
        child = self.children[what] = self._spawn(command, variables or self.variables, None)
        while child.poll() is None:
            self._pause(0.02)
        del self.children[what]
        if child.returncode:
            raise ChildEndedError(f"{what} failed (exit {child.returncode}); see above.")

    def keep(self, what: str, *command: str) -> None:
        """Start `command` and keep it running; what it says goes to a log."""
        with self._log(what).open("wb") as log:
            self.children[what] = self._spawn(command, self.variables, log.fileno())

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Wait until `until` holds. Raises ChildEndedError when a child ends first, Stopped when asked to stop."""
        while not until():
            for what, child in self.children.items():
                if child.poll() is not None:
                    raise ChildEndedError(f"{what} stopped (exit {child.returncode}).\n{self._last_words(what)}")
            self._pause(0.2)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def _pause(self, seconds: float) -> None:
        if self.asked_to_stop:
            raise Stopped
        time.sleep(seconds)

    def _spawn(self, command: tuple[str, ...], variables: dict[str, str], out: int | None) -> subprocess.Popen[bytes]:
        # Own session: the terminal's Ctrl-C reaches only the parent. Should the parent be killed, the kernel tells it.
        if sys.platform == "linux" and shutil.which("setpriv"):
            command = ("setpriv", "--pdeathsig", "TERM", "--", *command)
        return subprocess.Popen(
            command, env=variables, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )

    def _tell(self, number: signal.Signals) -> None:
        for child in self.children.values():
            try:
                os.killpg(child.pid, number)  # the group, because a child that died may have left children
            except ProcessLookupError:
                continue

    def _log(self, what: str) -> Path:
        return self.logs / f"{what.lower().replace(' ', '-')}.log"

    def _last_words(self, what: str) -> str:
        return "\n".join(self._log(what).read_text(errors="replace").splitlines()[-15:])
