"""A request that breaks off in the middle is an error, not a shorter request (trust.md R-25).

When a connection ends early, the web server reports the end of the body as if it were whole, and the form parser would take
half a file for a file.
"""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class WholeBody:
    """The body of one request. Raises OSError where it ends before the length that was announced."""

    def __init__(self, body: Any, length: int) -> None:
        self.body, self.missing = body, length

    def read(self, size: int = -1) -> bytes:
        return self._counted(self.body.read(size), size)

    def readline(self, size: int = -1) -> bytes:
        return self._counted(self.body.readline(size), size)

    def _counted(self, part: bytes, size: int) -> bytes:
        self.missing -= len(part)
        if self.missing > 0 and (size < 0 or (size > 0 and not part)):
            raise OSError(f"the request broke off {self.missing} bytes before its end")
        return part


def with_whole_bodies(application: Application) -> Application:
    """The application, to be asked only with bodies that say when they are cut off."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        announced = str(environ.get("CONTENT_LENGTH") or "")
        if announced.isdecimal():
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(announced))
        return application(environ, start_response)

    return answer
