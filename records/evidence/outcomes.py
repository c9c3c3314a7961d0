"""Who wants to know that a file was refused. The packages above register themselves; this floor knows no way to tell people."""

from collections.abc import Callable

from records.actors import Actor
from records.models import EvidenceFile

Listener = Callable[[EvidenceFile, Actor], None]
LISTENERS: list[Listener] = []


def when_refused(listener: Listener) -> Listener:
    """Have `listener` called with the file and who acts, inside the act that notes the refusal."""
    LISTENERS.append(listener)
    return listener


def refused(evidence: EvidenceFile, by: Actor) -> None:
    for listener in LISTENERS:
        listener(evidence, by)
