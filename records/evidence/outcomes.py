"""Who wants to know that a file was let pass or refused. The packages above register themselves; this floor knows no way to
tell people.
"""

from collections.abc import Callable

from records.actors import Actor
from records.models import EvidenceFile

Listener = Callable[[EvidenceFile, Actor], None]
LISTENERS: list[Listener] = []
PASSED: list[Listener] = []


def when_refused(listener: Listener) -> Listener:
    """Have `listener` called with the file and who acts, inside the act that notes the refusal."""
    LISTENERS.append(listener)
    return listener


def refused(evidence: EvidenceFile, by: Actor) -> None:
    for listener in LISTENERS:
        listener(evidence, by)


def when_passed(listener: Listener) -> Listener:
    """The same for a file that the scanner let pass."""
    PASSED.append(listener)
    return listener


def passed(evidence: EvidenceFile, by: Actor) -> None:
    for listener in PASSED:
        listener(evidence, by)
