"""The editors of positions and bodies: by form, with both texts to the second writer."""

from django.urls import reverse

from products.forms.team import MOST_SEATS
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


def test_body_form_gets_one_more_row_and_loses_nothing(cast, client_of):
    client = client_of("product_manager")
    fill_brief(cast)
    body = GovernanceBody.objects.exclude(members=None).first()
    address = reverse("body-change", args=["JSA", body.pk])
    rows = {"seat-0-role": "product_owner", "seat-1-person": "Nobody we know", "seat-1-is_chair": "on"}
    typed = {"kind": body.kind, "name_en": "", "name_fr": "Conseil neuf", "starts_on": "soon", "version": "1"}
    count = {"seat-TOTAL_FORMS": "2", "seat-INITIAL_FORMS": "0"}

    answer = client.post(address, typed | rows | count | {"more": "1"})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["seats"].total_form_count() == 3
    kept = ("Conseil neuf", 'value="soon"', "Nobody we know", '<option value="product_owner" selected>')
    assert [each for each in kept if each not in text] == []
    assert answer.context["form"]["version"].value() == "1"
    assert "has-error" not in text
    assert GovernanceBody.objects.get(pk=body.pk).name_fr == body.name_fr
    assert client.post(address, typed | rows | count).status_code == 422


def test_body_form_has_an_end_to_its_rows(cast, client_of):
    count = {"seat-TOTAL_FORMS": str(MOST_SEATS), "seat-INITIAL_FORMS": "0", "more": "1"}
    answer = client_of("product_manager").post(reverse("body-add", args=["JSA"]), count)
    assert answer.context["seats"].total_form_count() == MOST_SEATS
    assert 'name="more"' not in answer.content.decode()
