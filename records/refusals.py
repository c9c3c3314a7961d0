"""The honest ways an act does not happen. Each becomes one page and one status in `records.middleware`.

What a rule forbids leaves an entry in the trail although nothing came of it (trust.md S-04): who tried what, and why not.
Two people who meet by chance (Stale, a plain Conflict), a house that has its hands full (Busy) and a form sent twice broke no
rule and leave none.
"""

from typing import Any

from django.core.exceptions import ValidationError


class Remembered(Exception):
    """An attempt that the trail keeps. `records.acts` fills in the act, its subject and who tried."""

    reason: Any
    act: str = ""
    subject: Any = None
    by: Any = None
    is_noted: bool = False


class Refused(Remembered):
    """The person may not do this now. 403, with the reason; the refusal itself is recorded."""

    def __init__(self, reason: Any, *, act: str = "", subject: Any = None, by: Any = None) -> None:
        super().__init__(str(reason))
        self.reason, self.act, self.subject, self.by = reason, act, subject, by


class Conflict(Exception):
    """The act came too late or meets another one. 409, with what happened."""

    def __init__(self, reason: Any, *, field: str = "") -> None:
        super().__init__(str(reason))
        self.reason, self.field = reason, field


class OutOfTurn(Remembered, Conflict):
    """A step that the workflow does not allow now: before its time, after the end, on what is closed. 409, and recorded."""

    def __init__(self, reason: Any, *, subject: Any = None) -> None:
        super().__init__(reason)
        self.subject = subject


class AgainstTheRule(Remembered, ValidationError):
    """An answer that a rule forbids, whoever gives it: asked again like every invalid one (422), and recorded."""

    def __init__(self, errors: dict[str, Any]) -> None:
        super().__init__(errors)
        self.reason = " ".join(self.messages)


class Busy(Exception):
    """What would do this is taken by others, and waiting longer would hold up everybody. 503, with when to come again."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason


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
