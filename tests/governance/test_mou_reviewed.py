"""The review of an agreement in force: overdue until it is noted, noted once, and the next date follows (domain.md §6)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from governance.actions.mou_reviewed import note_review
from governance.jobs import look_ahead
from governance.models import MouReview
from governance.mou.ahead import next_review
from people.models import Notice
from portfolio.duties import LATE, duties
from portfolio.facts import with_all_facts
from products.models import Product
from records import clock
from records.acts import performing
from records.models import AuditEvent
from records.refusals import OutOfTurn, Refused
from tests.governance.mou_rows import memorandum

pytestmark = pytest.mark.django_db


def overdue(cast, **values):
    """In force for more than a year; its first yearly review passed."""
    year = clock.today() - timedelta(days=400)
    return memorandum(cast, "in_force", commences_on=year, in_force_from=year, signed_on=year, **values)


def noted(cast, mou, by="product_manager", **values):
    given = {"reviewed_on": clock.today(), "due_on": next_review(mou), "note_en": "It serves well."} | values
    return note_review(mou=mou, by=cast.people[by], **given)


def test_it_is_noted_once_and_the_next_date_follows(cast):
    mou = overdue(cast)
    due = next_review(mou)
    assert due < clock.today()
    review = noted(cast, mou)
    assert next_review(mou) > clock.today()
    with pytest.raises(OutOfTurn, match="noted already"):
        noted(cast, mou, due_on=due)
    assert AuditEvent.objects.get(event="review of a memorandum noted").reason == review.note_en
    assert Notice.objects.filter(kind="mou.due", person=cast.sponsor, text_en__contains="was reviewed on").count() == 1


@pytest.mark.parametrize("wrong", [
    {"reviewed_on": "tomorrow"}, {"reviewed_on": "before"}, {"note_en": " "}, {"next_on": "tomorrow"}, {"note_fr": "a\u202eb"},
])  # fmt: skip
def test_a_note_that_cannot_be_is_refused(cast, wrong):
    days = {"tomorrow": clock.today() + timedelta(days=1), "before": clock.today() - timedelta(days=500)}
    with pytest.raises(ValidationError):
        noted(cast, overdue(cast), **{name: days.get(value, value) for name, value in wrong.items()})
    assert not MouReview.objects.exists()


def test_only_its_writers_note_it(cast):
    with pytest.raises(Refused):
        noted(cast, overdue(cast), by="sponsor")


def test_an_overdue_review_is_said_once_and_late_in_the_list_of_duties(cast):
    overdue(cast)
    for _day in range(2):
        with performing():
            look_ahead({})
    assert (
        Notice.objects.filter(kind="mou.due", person=cast.sponsor, text_en__contains="was to be reviewed").count() == 1
    )
    product = with_all_facts(Product.objects.filter(pk=cast.product.pk)).get()
    assert LATE in {each.state for each in duties(product) if "Memorandum" in each.name}


def test_the_page_keeps_what_was_typed_and_shows_the_review(cast, client_of):
    mou, client = (
        overdue(cast, review_cycle="on_date", review_on=clock.today() - timedelta(days=3)),
        client_of("product_manager"),
    )
    address = f"/en/products/JSA/mou/{mou.pk}/"
    assert b"overdue" in client.get(address).content
    sent = {"due_on": next_review(mou), "reviewed_on": "soon", "note_en": "It serves well.", "next_on": ""}
    wrong = client.post(address + "reviews/note/", sent)
    assert (wrong.status_code, b"It serves well." in wrong.content) == (422, True)
    assert client.post(address + "reviews/note/", sent | {"reviewed_on": clock.today()}).status_code == 303
    assert "Reviewed once" in client.get(address).content.decode()
    assert client.get(address + "reviews/note/").status_code == 302
    assert client.get(address.replace("/en/", "/fr/")).status_code == 200
