"""The four honest ways an act does not happen. Each becomes one page and one status in `records.middleware`."""

from typing import Any


class Refused(Exception):
    """The person may not do this now. 403, with the reason; the refusal itself is recorded."""

    def __init__(self, reason: Any, *, act: str = "", subject: Any = None, by: Any = None) -> None:
        super().__init__(str(reason))
        self.reason, self.act, self.subject, self.by = reason, act, subject, by
        self.is_noted = False


class Conflict(Exception):
    """The act came too late or meets another one. 409, with what happened."""

    def __init__(self, reason: Any, *, field: str = "") -> None:
        super().__init__(str(reason))
        self.reason, self.field = reason, field


class Stale(Conflict):
    """The record changed since the form was opened. Carries the record as it stands now."""

    def __init__(self, reason: Any, *, current: Any) -> None:
        super().__init__(reason)
        self.current = current


class AlreadyDone(Exception):
    """The same form was sent twice. Answered with the first result."""

    def __init__(self, token: str) -> None:
        super().__init__(token)
        self.token = token
