"""The pages of the brief: who reaches them, what they keep, what they refuse (ux.md A3)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from people.actions.people import change_person
from products.actions.briefs import publish_brief
from products.actions.governance import Seat, add_body
from products.actions.structure import add_position
from products.models import BriefBuffer, BriefSection, BriefVersion, GovernanceBody, Position, Product
from records import jobs
from records.actors import SYSTEM
from records.models import Document, Job, JobState
from tests.products.brief import SINCE, draft, fill_brief, typed

TEAM_PAGES = ["brief-check", "structure-detail", "governance-detail", "position-add", "body-add", "facing-add"]
SECTIONS = ["product", "organisation", "places", "roles"]


@pytest.fixture(autouse=True)
def in_english():
    """A page in French leaves its language behind in the thread of the test."""
    with translation.override("en"):
        yield


@pytest.fixture
def published(cast):
    fill_brief(cast)
    return publish_brief(product=cast.product, by=cast.product_manager, seen=0)


def addresses(cast):
    """Every address of the brief of the cast's product, by name."""
    code, body, position = cast.product.code, GovernanceBody.objects.get(), Position.objects.first()
    found = {
        name: reverse(name, args=[code]) for name in [*TEAM_PAGES, "brief-detail", "brief-compare", "brief-versions"]
    }
    found |= {f"section {each}": reverse("brief-section", args=[code, each]) for each in SECTIONS}
    found |= {name: reverse(name, args=[code, 1]) for name in ("brief-version", "brief-published", "brief-waiting")}
    found |= {name: reverse(name, args=[code, position.pk]) for name in ("position-change", "position-end")}
    found |= {name: reverse(name, args=[code, body.pk]) for name in ("body-change", "body-end")}
    return found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_opens_for_the_head_of_product(cast, published, client_of, language):
    client = client_of("head_of_product")
    with translation.override(language):
        pages = addresses(cast) | {"brief-confirm": reverse("brief-confirm", args=["JSA"])}

    assert {name: client.get(path).status_code for name, path in pages.items()} == dict.fromkeys(pages, 200)


def test_every_page_is_absent_for_a_stranger(cast, published, client_of):
    client = client_of("stranger")
    pages = addresses(cast) | {"pdf": reverse("brief-document", args=["JSA", 1, "en"])}

    assert {name: client.get(path).status_code for name, path in pages.items()} == dict.fromkeys(pages, 404)


def test_colleague_reads_the_published_version_and_nothing_of_the_draft(cast, published, client_of):
    draft(cast, "product", expected=2, summary_en="Secret draft")
    client = client_of("colleague")

    page = client.get(reverse("brief-detail", args=["JSA"])).content.decode()

    assert "One account for those who look for work." in page
    assert "Secret draft" not in page
    assert client.get(reverse("brief-section", args=["JSA", "product"])).status_code == 404
    assert client.get(reverse("structure-detail", args=["JSA"])).status_code == 404


def test_titles_of_holders_are_published_in_both_languages(cast, client_of):
    titles = {"title_en": "Director, Labour Market", "title_fr": "Directrice, Marché du travail"}
    change_person(person=cast.head_of_product, by=SYSTEM, **titles)
    fill_brief(cast)
    version = publish_brief(product=cast.product, by=cast.product_manager, seen=0)

    page = client_of("colleague").get(f"/fr/products/{cast.product.code}/brief/versions/1/").content.decode()

    assert version.schema == version.content["schema"] == 2
    assert titles["title_fr"] in page
    assert titles["title_en"] not in page


def test_oversight_sees_tasks_but_writes_nothing(cast, published, client_of):
    client = client_of("oversight")

    assert client.get(reverse("brief-detail", args=["JSA"])).status_code == 200
    assert client.get(reverse("brief-section", args=["JSA", "product"])).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/en/products/JSA/brief/nothing/",
        "/en/products/XX9/brief/",
        "/en/products/JSA/brief/versions/9/",
        "/en/products/JSA/brief/compare/?from=1&to=x",
        "/en/products/JSA/brief/versions/1/de.pdf",
        "/en/products/JSA/brief/structure/positions/0b0e7a3e-6a0d-4a53-9c3b-000000000000/",
    ],
)
def test_what_does_not_exist_is_not_found(cast, published, client_of, path):
    publish_brief(product=cast.product, by=cast.product_manager, seen=1)

    assert client_of("product_manager").get(path).status_code in (404, 303)


def test_section_saves_and_says_so(cast, client_of):
    client = client_of("product_owner")

    answer = client.post(
        reverse("brief-section", args=["JSA", "organisation"]), typed(structure_en="Two branches"), follow=True
    )

    assert answer.redirect_chain == [("/en/products/JSA/brief/", 303)]
    assert "saved in the team’s draft" in answer.content.decode()
    assert BriefSection.objects.get().content["structure_en"] == "Two branches"


def test_section_keeps_everything_typed_when_a_field_is_too_long(cast, client_of):
    long = "x" * 401
    answer = client_of("product_owner").post(
        reverse("brief-section", args=["JSA", "product"]), typed(name_en="New", summary_en=long, services_add="Nowhere")
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert long in page
    assert "Nothing in the inventory is called" in page
    assert not BriefSection.objects.exists()


def test_section_asks_whether_it_is_complete(cast, client_of):
    answer = client_of("product_owner").post(reverse("brief-section", args=["JSA", "organisation"]), {"version": "0"})

    assert answer.status_code == 422
    assert "Say whether this section is complete" in answer.content.decode()


def test_second_writer_gets_both_texts_and_chooses_field_by_field(cast, client_of):
    address, client = reverse("brief-section", args=["JSA", "organisation"]), client_of("product_owner")
    draft(cast, "organisation", structure_en="Theirs", governance_en="Their governance")

    clash = client.post(address, typed(structure_en="Mine", governance_en="My governance"))
    page = clash.content.decode()
    chosen = {
        "resolve": "1",
        "version": "1",
        "done": "no",
        "mine": '{"structure_en": "Mine", "governance_en": "My governance"}',
        "choice_structure_en": "theirs",
        "choice_governance_en": "edit",
        "text_governance_en": "Ours",
    }
    client.post(address, chosen)

    assert clash.status_code == 409
    assert all(text in page for text in ("Mine", "Theirs", "My governance", "Their governance"))
    content = BriefSection.objects.get().content
    assert (content["structure_en"], content["governance_en"]) == ("Theirs", "Ours")


def test_lists_in_conflict_can_be_taken_together(cast, client_of):
    address, client = reverse("brief-section", args=["JSA", "places"]), client_of("product_owner")
    draft(cast, "places", repositories=[{"name_en": "A", "name_fr": "A", "address": "a"}])
    mine = {"repository_0_name_en": "B", "repository_0_address": "b", "mou": "none"}
    page = client.post(address, typed(**mine)).content.decode()

    client.post(
        address,
        {
            "resolve": "1",
            "version": "1",
            "done": "no",
            "choice_repositories": "both",
            "mine": '{"repositories": [{"name_en": "B", "name_fr": "", "address": "b"}]}',
        },
    )

    assert "Keep both lists together" in page
    assert [row["name_en"] for row in BriefSection.objects.get().content["repositories"]] == ["A", "B"]


def test_autosave_keeps_what_is_typed_in_private_and_the_page_offers_it(cast, client_of):
    mine, theirs = client_of("product_owner"), client_of("security_champion")

    answer = mine.post(
        reverse("brief-autosave", args=["JSA", "organisation"]), {"structure_en": "Half a sen", "version": "0"}
    )

    section = reverse("brief-section", args=["JSA", "organisation"])
    assert len(answer.json()["at"]) == 5
    assert "Half a sen" in mine.get(section).content.decode()
    assert "Half a sen" not in theirs.get(section).content.decode()
    assert not BriefSection.objects.exists()


def test_autosave_costs_few_queries(cast, client_of, django_assert_max_num_queries):
    client = client_of("product_owner")
    address = reverse("brief-autosave", args=["JSA", "organisation"])
    client.post(address, {"structure_en": "One"})

    with django_assert_max_num_queries(4 + 6):  # the frame, and its own
        client.post(address, {"structure_en": "Two"})


def test_autosave_refuses_what_nobody_typed(cast, client_of):
    client = client_of("product_owner")

    answer = client.post(reverse("brief-autosave", args=["JSA", "organisation"]), {"structure_en": "x" * 200_001})

    assert answer.status_code == 413
    assert not BriefBuffer.objects.exists()


def test_discard_forgets_only_what_i_typed(cast, client_of):
    for name in ("product_owner", "security_champion"):
        client_of(name).post(reverse("brief-autosave", args=["JSA", "roles"]), {"cover_en": name})

    client_of("product_owner").post(reverse("brief-discard", args=["JSA", "roles"]))

    assert BriefBuffer.objects.get().person == cast.security_champion


def test_language_button_keeps_the_draft_and_turns_the_page(cast, client_of):
    client = client_of("product_owner")

    answer = client.post(
        reverse("brief-section", args=["JSA", "organisation"]),
        typed(structure_fr="Deux dir", switch_language="fr"),
        follow=True,
    )

    assert answer.redirect_chain == [("/fr/products/JSA/brief/organisation/", 303)]
    assert "Deux dir" in answer.content.decode()


def test_repositories_grow_and_shrink_without_script(cast, client_of):
    client, address = client_of("product_owner"), reverse("brief-section", args=["JSA", "places"])
    rows = {
        "repository_0_name_en": "Backlog",
        "repository_0_address": "a",
        "repository_1_name_en": "Wiki",
        "repository_1_address": "b",
    }

    more = client.post(address, typed(**rows, more="1"), follow=True).content.decode()
    less = client.post(address, typed(**rows, less="0"), follow=True).content.decode()

    assert "repository_2_address" in more
    assert "Wiki" in less
    assert "Backlog" not in less


def test_publish_lists_what_is_missing_with_links(cast, client_of):
    answer = client_of("product_manager").post(reverse("brief-publish", args=["JSA"]), {"seen": "0"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Version 1 cannot be published: 5 elements are missing" in page
    assert reverse("brief-section", args=["JSA", "places"]) in page


def test_publish_leads_to_a_page_that_stays_and_makes_both_documents(cast, client_of):
    fill_brief(cast)
    client = client_of("product_manager")

    answer = client.post(reverse("brief-publish", args=["JSA"]), {"seen": "0", "note": "First"}, follow=True)
    waiting = client.get(reverse("brief-document", args=["JSA", 1, "fr"]))
    jobs.run_due()
    document = client.get(reverse("brief-document", args=["JSA", 1, "fr"]))

    assert answer.redirect_chain == [("/en/products/JSA/brief/versions/1/published/", 303)]
    assert (waiting.status_code, waiting["Location"]) == (303, reverse("brief-waiting", args=["JSA", 1]))
    assert document["Content-Disposition"].startswith('attachment; filename="JSA-brief-v1-fr.pdf";')
    assert "no-store" in document["Cache-Control"]
    assert document.content == bytes(Document.objects.get(language="fr").content)


def test_documents_that_could_not_be_made_say_so(published, client_of):
    Job.objects.filter(kind="products.render_brief").update(state=JobState.PARKED)
    page = client_of("product_manager").get(reverse("brief-waiting", args=["JSA", 1])).content.decode()
    assert "The documents could not be made" in page
    assert "less than a minute" not in page


def test_publish_after_somebody_else_gives_409_and_keeps_the_note(cast, published, client_of):
    answer = client_of("head_of_product").post(
        reverse("brief-publish", args=["JSA"]), {"seen": "0", "note": "My words"}
    )

    assert answer.status_code == 409
    assert "My words" in answer.content.decode()
    assert BriefVersion.objects.count() == 1


def test_publish_is_refused_with_its_reason(cast, client_of):
    answer = client_of("security_champion").post(reverse("brief-publish", args=["JSA"]), {"seen": "0"})

    assert answer.status_code == 403


def test_compare_says_what_was_added_and_removed(cast, published, client_of):
    draft(cast, "product", expected=2, summary_en="One account for those who seek work.")
    publish_brief(product=cast.product, by=cast.product_manager, seen=1)

    page = client_of("colleague").get(reverse("brief-compare", args=["JSA"])).content.decode()

    assert "From version 1 to version 2: 1 element changed" in page
    assert '<ins><span class="vh">added: </span>seek' in page
    assert '<del><span class="vh">removed: </span>look for' in page


def test_confirm_by_the_head_shows_beside_the_brief(cast, published, client_of):
    client = client_of("head_of_product")

    page = client.post(reverse("brief-confirm", args=["JSA"]), follow=True).content.decode()
    again = client.post(reverse("brief-confirm", args=["JSA"]))

    assert "Confirmed for this quarter" in page
    assert "by Head Of Product" in client_of("colleague").get(reverse("brief-detail", args=["JSA"])).content.decode()
    asked = client.get(reverse("brief-confirm", args=["JSA"])).content.decode()
    assert "The brief is confirmed for this quarter" in asked
    assert "the next confirmation is possible from" in asked
    assert "Confirm for this quarter" not in asked
    assert again.status_code == 409
    assert client_of("product_manager").get(reverse("brief-confirm", args=["JSA"])).status_code == 403


def test_member_of_a_family_has_no_brief_of_its_own(cast, published, client_of):
    from products.actions.products import register_product

    register_product(
        department=cast.department,
        by=cast.portfolio_manager,
        code="JSA-M",
        name_en="Matching",
        name_fr="Jumelage",
        level="cio",
        orientation="external",
        sponsoring_branch=cast.branch,
        parent=cast.product,
    )

    assert Product.objects.count() == 2
    assert client_of("product_manager").get(reverse("brief-detail", args=["JSA-M"])).status_code == 404


def test_pages_cost_the_same_for_few_and_many_rows(cast, published, client_of):
    client = client_of("head_of_product")
    addresses = [
        reverse(name, args=["JSA"]) for name in ("brief-detail", "structure-detail", "governance-detail", "brief-check")
    ]
    client.get(addresses[0])  # the first visit of a session writes it
    before = [queries_of(client, address) for address in addresses]
    top = Position.objects.get(title_en="Director")
    for number in range(12):
        more = {"starts_on": SINCE, "branch": cast.branch, "holder": cast.people["colleague"], "reports_to": top}
        add_position(
            product=cast.product, by=cast.product_manager, title_en=f"P{number}", title_fr=f"P{number}", **more
        )
        add_body(
            product=cast.product,
            by=cast.product_manager,
            starts_on=SINCE,
            kind="working_group",
            name_en=f"W{number}",
            name_fr=f"G{number}",
            members=[Seat(person=cast.colleague), Seat(role="product_owner")],
        )

    assert [queries_of(client, address) for address in addresses] == before
    assert max(before) <= 30


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
