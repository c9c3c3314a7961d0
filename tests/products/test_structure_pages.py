"""The editors of positions and bodies: by form, with both texts to the second writer."""

from django.urls import reverse

from products.models import GovernanceBody, Position
from tests.products.brief import fill_brief


def test_position_is_added_changed_and_ended_by_form(cast, client_of):
    client = client_of("product_manager")
    values = {
        "title_en": "Tester",
        "title_fr": "Testeuse",
        "branch": str(cast.branch.pk),
        "share_of_time": "50",
        "starts_on": "2025-04-01",
        "holder": "Colleague",
    }

    client.post(reverse("position-add", args=["JSA"]), values)
    position = Position.objects.get()
    client.post(
        reverse("position-change", args=["JSA", position.pk]), values | {"version": "1", "holder": "", "title_en": "QA"}
    )
    client.post(
        reverse("position-end", args=["JSA", position.pk]),
        {"version": "2", "ends_on": "2026-03-31", "reason": "Merged"},
    )

    position = Position.objects.get()
    assert (position.title_en, position.holder, str(position.ends_on)) == ("QA", None, "2026-03-31")


def test_position_shows_both_texts_to_the_second_writer(cast, client_of):
    fill_brief(cast)
    position = Position.objects.get(title_en="Analyst")
    values = {
        "title_en": "Mine",
        "title_fr": "À moi",
        "branch": str(cast.branch.pk),
        "share_of_time": "50",
        "starts_on": "2025-04-01",
    }
    address = reverse("position-change", args=["JSA", position.pk])
    client_of("it_manager").post(address, values | {"title_en": "Theirs", "version": "1"})

    answer = client_of("product_manager").post(address, values | {"version": "1"})

    assert answer.status_code == 409
    assert all(text in answer.content.decode() for text in ("Mine", "Theirs"))


def test_body_is_added_with_members_and_refuses_two_chairs(cast, client_of):
    client = client_of("product_manager")
    values = {
        "kind": "committee",
        "name_en": "Board",
        "name_fr": "Conseil",
        "starts_on": "2025-04-01",
        "seat-TOTAL_FORMS": "2",
        "seat-INITIAL_FORMS": "0",
        "seat-0-role": "head_of_product",
        "seat-0-is_chair": "on",
        "seat-1-person": "Sponsor",
    }

    wrong = client.post(reverse("body-add", args=["JSA"]), values | {"seat-1-is_chair": "on"})
    right = client.post(reverse("body-add", args=["JSA"]), values)

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert GovernanceBody.objects.get().members.count() == 2
