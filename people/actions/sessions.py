"""End sessions: a person ends their own, deactivation ends all."""

from people import events
from people.models import Person
from people.permissions import require
from people.sessions import reference_of, sessions_of
from records.acts import act
from records.trail import record


@act
def end_session(*, person: Person, reference: str, by: Person) -> int:
    """Sign `person` out in the one session named by `reference`; returns how many ended (0 when it is over already)."""
    return _end(person, by, lambda key: reference_of(key) == reference)


@act
def end_other_sessions(*, person: Person, keep: str | None, by: Person) -> int:
    """Sign `person` out everywhere but in the session with the key `keep`; returns how many ended."""
    return _end(person, by, lambda key: key != keep)


def _end(person: Person, by: Person, chosen) -> int:
    from people.actions.people import by_oneself

    require(by_oneself(by, person))
    ending = [session for session in sessions_of(person) if chosen(session.session_key)]
    for session in ending:
        session.delete()
    if ending:
        record(events.SESSION_ENDED, on=person, by=by, changes={"sessions": [len(ending), 0]})
    return len(ending)
