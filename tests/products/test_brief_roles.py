"""The roles section of the brief: handed over in one act, refused in words beside the field."""

import pytest
from django.urls import reverse

from products.models import BriefSection, RoleAssignment
from tests.products.brief import typed


def test_roles_are_handed_over_in_one_act(cast, client_of):
    holder = RoleAssignment.objects.get(kind="change_coordinator")
    client = client_of("product_manager")

    client.post(
        reverse("brief-section", args=["JSA", "roles"]),
        typed(
            **{
                f"to-{holder.pk}": "2026-01-31",
                "who-change_coordinator": "colleague",
                "from-change_coordinator": "2026-02-01",
            }
        ),
    )

    held = RoleAssignment.objects.filter(kind="change_coordinator").order_by("starts_on")
    assert [(row.person.name, str(row.ends_on)) for row in held] == [
        ("Change Coordinator", "2026-01-31"),
        ("Colleague", "None"),
    ]


def test_roles_refuse_a_second_holder_and_change_nothing(cast, client_of):
    answer = client_of("product_manager").post(
        reverse("brief-section", args=["JSA", "roles"]),
        typed(cover_en="Kept", **{"who-support_manager": "Colleague", "from-support_manager": "2026-02-01"}),
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This role is held by Support Manager" in page
    assert "Kept" in page
    assert not BriefSection.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"who-product_owner": "Nobody At All", "from-product_owner": "2026-02-01"}, "Nobody here is called"),
        ({"who-product_owner": "Colleague"}, "say from when"),
        ({"from-product_owner": "2026-02-01"}, "enter a person"),
        ({"who-product_owner": "Colleague", "from-product_owner": "31/31/2026"}, "Write the date as YYYY-MM-DD"),
    ],
)
def test_roles_say_what_is_wrong_beside_the_field(cast, client_of, fields, words):
    answer = client_of("product_manager").post(reverse("brief-section", args=["JSA", "roles"]), typed(**fields))

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_roles_are_not_given_by_who_may_only_write(cast, client_of):
    client_of("security_champion").post(
        reverse("brief-section", args=["JSA", "roles"]),
        typed(**{"cover_en": "Noted", "who-product_owner": "Colleague", "from-product_owner": "2026-02-01"}),
    )

    assert BriefSection.objects.get().content["cover_en"] == "Noted"
    assert not RoleAssignment.objects.filter(person=cast.colleague).exists()
