"""Publishing a brief while somebody else publishes, saves or types: one version, and nobody's draft over it (R-16, S-04)."""

import pytest

from products import events
from products.actions.briefs import publish_brief
from products.models import BriefBuffer, BriefSection, BriefVersion
from records import trail
from records.models import AuditEvent
from tests.attack.at_once import at_once, meeting_at, sender
from tests.products.brief import draft, fill_brief, typed

pytestmark = pytest.mark.django_db(transaction=True)
BRIEF = "/en/products/JSA/brief/"


def publish(person, **data):
    return sender(person, f"{BRIEF}publish/", {"seen": "0"} | data)


def test_two_publish_at_once_and_the_second_is_told(cast):
    fill_brief(cast)
    people = [cast.product_manager, cast.head_of_product] * 3
    answers = at_once(*(publish(each, note=f"Note {number}") for number, each in enumerate(people)))
    assert sorted(each.status_code for each in answers) == [303, 409, 409, 409, 409, 409]
    assert BriefVersion.objects.get().number == 1
    assert AuditEvent.objects.filter(event=events.BRIEF_PUBLISHED).count() == 1
    for number, answer in enumerate(answers):
        assert answer.status_code == 303 or f"Note {number}" in answer.content.decode()


def test_what_is_typed_while_publishing_stays_private(cast):
    fill_brief(cast)
    typing = [
        sender(cast.product_owner, f"{BRIEF}product/autosave/", typed(summary_en=f"Typed {number}"))
        for number in range(5)
    ]
    answers = at_once(publish(cast.product_manager), *typing)
    assert [each.status_code for each in answers] == [303, 200, 200, 200, 200, 200]
    assert "Typed" not in str(BriefVersion.objects.get().content)
    assert BriefBuffer.objects.get(person=cast.product_owner).content["summary_en"].startswith("Typed")
    cast.product.refresh_from_db()
    assert "Typed" not in str(vars(cast.product))


def test_a_section_saved_behind_the_publication_is_not_part_of_it(cast):
    fill_brief(cast)
    section = BriefSection.objects.get(code="product")
    save = sender(cast.product_owner, f"{BRIEF}product/", typed(section.version, summary_en="Later", summary_fr="Tard"))
    answers = meeting_at(cast.product, publish(cast.product_manager), save)
    version = BriefVersion.objects.get()
    assert [each.status_code for each in answers] == [303, 409]
    assert "Later" in answers[1].content.decode()
    assert "Later" not in str(version.content)
    assert trail.verify(cast.product.chain()) is None


def test_a_stale_tab_does_not_reach_the_published_text(cast, client_of):
    fill_brief(cast)
    publish_brief(product=cast.product, by=cast.head_of_product, seen=0)
    published = BriefVersion.objects.get()
    stale = client_of("product_owner").post(f"{BRIEF}product/", typed(1, summary_en="Old tab", summary_fr="Ancien"))
    assert stale.status_code == 409
    assert BriefVersion.objects.get().sha256 == published.sha256
    assert "Old tab" not in client_of("product_owner").get(f"{BRIEF}v/1/", follow=True).content.decode()


def test_saving_first_puts_the_text_into_the_publication(cast):
    fill_brief(cast)
    section = BriefSection.objects.get(code="places")
    answers = at_once(
        lambda: draft(cast, "places", by="product_owner", expected=section.version, applications=[]),
        publish(cast.product_manager),
    )
    kept = BriefSection.objects.get(code="places")
    assert answers[1].status_code in (303, 422)
    assert kept.version in (section.version, section.version + 1)
