"""The trail proves itself: every act leaves an event, and every tampering is found at its row."""

import pytest
from django.db import DatabaseError, connection, transaction

from records import trail
from records.models import AuditEvent
from tests.cast import Cast


def chain_of(cast: Cast) -> str:
    return cast.product.chain()


def as_owner(sql: str, *values: object) -> None:
    """Change the trail as only somebody with the owner's rights and without the triggers could."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute("ALTER TABLE records_auditevent DISABLE TRIGGER records_auditevent_no_change")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE records_auditevent ENABLE TRIGGER records_auditevent_no_change")


def test_acts_leave_events_in_the_product_chain(cast):
    events = list(AuditEvent.objects.filter(chain=chain_of(cast)).order_by("number"))
    assert events[0].event == "product registered"
    assert [event.event for event in events[1:]] == ["role assigned"] * 7
    assert events[0].changes["code"] == [None, "JSA"]


def test_chains_hold_after_ordinary_work(cast):
    assert [trail.verify(name) for name in trail.chains()] == [None] * len(list(trail.chains()))


def test_changed_content_is_found_at_its_row(cast):
    event = AuditEvent.objects.filter(chain=chain_of(cast)).order_by("number")[3]
    as_owner("UPDATE records_auditevent SET actor_name = 'Somebody else' WHERE id = %s", event.pk)
    found = trail.verify(chain_of(cast))
    assert (found.number, found.event_id) == (event.number, event.pk)


def test_removed_row_is_found(cast):
    as_owner("DELETE FROM records_auditevent WHERE chain = %s AND number = 2", chain_of(cast))
    assert trail.verify(chain_of(cast)).number == 2


def test_cut_tail_is_found_by_the_head(cast):
    last = AuditEvent.objects.filter(chain=chain_of(cast)).order_by("-number").first()
    as_owner("DELETE FROM records_auditevent WHERE id = %s", last.pk)
    assert "head says 8" in trail.verify(chain_of(cast)).why


@pytest.mark.parametrize("sql", ["UPDATE records_auditevent SET reason = 'x'", "DELETE FROM records_auditevent"])
def test_the_application_role_cannot_change_the_trail(cast, sql):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_even_the_owner_is_refused_by_the_trigger(cast):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("DELETE FROM records_auditevent")
