"""What counts as complete, per language, and why not (domain.md §3)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from people.actions.people import deactivate_person
from people.states import CapacityKind
from portfolio.facts import with_all_facts
from portfolio.team import unfilled
from products.actions.roles import end_role
from products.brief.state import brief_state
from products.defaults import load_defaults
from products.models import BriefPolicy, Product, RoleAssignment, RoleDefinition
from records import clock
from records.actors import SYSTEM
from records.writing import save
from tests.products.brief import draft, fill_brief


def test_defaults_define_the_seven_roles_and_the_policy(db):
    assert set(RoleDefinition.objects.values_list("kind", flat=True)) == {kind.value for kind in CapacityKind.roles()}
    assert RoleDefinition.objects.get(kind="it_manager").is_required is False
    assert BriefPolicy.objects.get().stale_after_days == 92


def test_defaults_leave_alone_what_an_administrator_edited(db):
    definition = RoleDefinition.objects.get(kind="product_owner")
    definition.activities_en = "Ours"
    save(definition, by=SYSTEM)

    load_defaults()

    assert RoleDefinition.objects.get(kind="product_owner").activities_en == "Ours"
    assert RoleDefinition.objects.count() == 7


def test_state_of_a_new_brief_counts_name_roles_and_mou(cast):
    state = brief_state(cast.product)

    assert (state.complete_en, state.complete_fr, state.total) == (8, 8, 13)
    assert [each.code for each in state.blocking(needs_both=True)] == [
        "services",
        "structure",
        "governance",
        "repositories",
        "applications",
    ]


def test_state_of_a_filled_brief_is_whole(cast):
    fill_brief(cast)

    state = brief_state(cast.product)

    assert state.sentence == "13 of 13 required elements complete in English, 13 in French"
    assert state.blocking(needs_both=True) == []


def test_state_counts_a_missing_translation_in_its_language_only(cast):
    fill_brief(cast)
    draft(cast, "organisation", structure_en="Two branches work as one.")

    state = brief_state(cast.product)

    structure = next(each for each in state.elements if each.code == "structure")
    assert (state.complete_en, state.complete_fr) == (13, 12)
    assert structure.gap == "French missing"
    assert structure.blocks
    assert state.blocking(needs_both=False) == []


def test_state_says_since_when_a_role_is_vacant(cast):
    holder = RoleAssignment.objects.get(kind="change_coordinator")
    end_role(assignment=holder, ends_on=clock.today().replace(day=1), by=cast.product_manager)

    with clock.at(clock.now().replace(day=20)):
        role = next(each for each in brief_state(cast.product).elements if each.code == "change_coordinator")

    assert role.gap.startswith("Vacant since ")
    assert role.blocks


def test_role_of_somebody_who_left_is_vacant_until_it_is_given_to_another(cast, client_of):
    holder = RoleAssignment.objects.get(kind="change_coordinator")
    left_on = clock.today() - timedelta(days=3)
    deactivate_person(person=holder.person, by=cast.admin, reason="Retired", left_on=left_on)

    role = next(each for each in brief_state(cast.product).elements if each.code == "change_coordinator")
    product = with_all_facts(Product.objects.filter(pk=cast.product.pk)).get()
    page = client_of("product_manager").get(reverse("brief-section", args=[cast.product.code, "roles"]))

    assert role.gap == f"Vacant since {left_on + timedelta(days=1)}"
    assert unfilled(product) == ["Change Coordinator"]
    assert "has left" in page.content.decode()


def test_state_lets_a_covered_vacancy_be_published_but_never_the_head(cast):
    for kind in ("change_coordinator", "head_of_product"):
        end_role(
            assignment=RoleAssignment.objects.get(kind=kind),
            ends_on=clock.today().replace(day=1),
            by=cast.portfolio_manager,
        )
    draft(cast, "roles", cover_en="The IT Manager covers.", cover_fr="Le gestionnaire de la TI assure l’intérim.")

    with clock.at(clock.now().replace(day=20)):
        blocking = {each.code for each in brief_state(cast.product).blocking(needs_both=True)}

    assert "head_of_product" in blocking
    assert "change_coordinator" not in blocking


@pytest.mark.parametrize(("declared", "status"), [(True, "done"), (False, "open")])
def test_section_is_completed_by_count_and_by_word(cast, declared, status):
    fill_brief(cast)
    draft(cast, "roles", done=declared)

    assert brief_state(cast.product).task("roles").status == status


def test_section_declared_complete_with_a_gap_is_a_problem(cast):
    draft(cast, "places", done=True)

    assert brief_state(cast.product).task("places").status == "problem"
