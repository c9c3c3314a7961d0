"""Saving, publishing and confirming a brief: who may, what meets, what never changes again (domain.md §3)."""

import hashlib
import json
import threading
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, ProgrammingError, connection, transaction

from products.actions.briefs import confirm_brief, publish_brief
from products.brief.staleness import quarter_start, staleness
from products.brief.state import brief_state
from products.models import BriefPolicy, BriefSection, BriefVersion, Product, RequirementsRepository
from records import clock
from records.actors import SYSTEM
from records.models import AuditEvent, Job
from records.refusals import Conflict, Refused, Stale
from records.writing import save
from tests.products.brief import draft, fill_brief


def publish(cast, by="product_manager", seen=0, **values):
    return publish_brief(product=cast.product, by=cast.people[by], seen=seen, **values)


def test_save_refuses_the_second_of_two_writers_and_carries_the_first(cast):
    draft(cast, "product", summary_en="First")

    with pytest.raises(Stale) as stale:
        draft(cast, "product", by="product_owner", expected=0, summary_en="Second")

    assert stale.value.current.content["summary_en"] == "First"
    assert BriefSection.objects.get().content["summary_en"] == "First"


def test_save_is_for_the_team_only(cast):
    with pytest.raises(Refused):
        draft(cast, "product", by="colleague", summary_en="Mine")


def test_publish_makes_a_version_that_reads_alone_and_applies_it(cast):
    fill_brief(cast)

    version = publish(cast, note="First version")

    product = Product.objects.get()
    assert (version.number, len(version.sha256)) == (1, 64)
    assert product.summary_en == "One account for those who look for work."
    assert product.serviceenableds.count() == product.applicationmanageds.count() == 1
    assert RequirementsRepository.objects.get().name_fr == "Carnet"
    assert version.content["roles"][0]["holders"][0]["name"] == "Head Of Product"
    assert Job.objects.filter(kind="products.render_brief").count() == 1
    assert AuditEvent.objects.filter(event="brief published").count() == 1


def test_publish_keeps_texts_of_the_brief_and_empties_what_went_live(cast):
    fill_brief(cast)
    draft(cast, "organisation", structure_en="Across two branches", structure_fr="Deux directions")

    publish(cast)

    rows = {row.code: row.content for row in BriefSection.objects.all()}
    assert rows["product"] == rows["places"] == {}
    assert rows["organisation"]["structure_en"] == "Across two branches"
    assert brief_state(cast.product).content["summary"]["fr"] == "Un seul compte pour qui cherche un emploi."


def test_publish_names_every_missing_element(cast):
    with pytest.raises(ValidationError) as error:
        publish(cast)

    assert set(error.value.message_dict) == {"services", "structure", "governance", "repositories", "applications"}
    assert not BriefVersion.objects.exists()


def test_publish_waits_for_the_translation_unless_the_policy_lets_it_pend(cast):
    fill_brief(cast)
    draft(cast, "organisation", structure_en="Across two branches")
    with pytest.raises(ValidationError):
        publish(cast)
    policy = BriefPolicy.objects.get()
    policy.needs_both_languages = False
    save(policy, by=SYSTEM)

    assert publish(cast).number == 1


@pytest.mark.parametrize("name", ["product_owner", "security_champion", "oversight", "colleague", "stranger", "admin"])
def test_publish_is_for_head_and_manager(cast, name):
    fill_brief(cast)

    with pytest.raises(Refused):
        publish(cast, by=name)


def test_publish_refuses_who_saw_an_older_version(cast):
    fill_brief(cast)
    publish(cast)

    with pytest.raises(Conflict):
        publish(cast, by="head_of_product", seen=0)
    assert publish(cast, by="head_of_product", seen=1).number == 2


def test_version_hash_covers_its_content(cast):
    fill_brief(cast)
    version = publish(cast)

    again = BriefVersion.objects.get()
    text = json.dumps(again.content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert hashlib.sha256(text.encode()).hexdigest() == version.sha256


@pytest.mark.parametrize("change", ["UPDATE products_briefversion SET number = 9", "DELETE FROM products_briefversion"])
def test_version_is_never_changed_by_anybody(cast, change):
    fill_brief(cast)
    publish(cast)

    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_confirm_is_one_act_of_the_head_once_a_quarter(cast):
    fill_brief(cast)
    publish(cast)
    with pytest.raises(Refused):
        confirm_brief(product=cast.product, by=cast.product_manager)

    assert confirm_brief(product=cast.product, by=cast.head_of_product).confirmed_on == clock.today()

    with pytest.raises(Conflict):
        confirm_brief(product=cast.product, by=cast.head_of_product)


def test_confirm_needs_a_published_version(cast):
    with pytest.raises(Conflict):
        confirm_brief(product=cast.product, by=cast.head_of_product)


def test_staleness_counts_days_since_publication_or_confirmation(cast):
    assert staleness(cast.product).sentence == "Never published"
    with clock.at(datetime(2025, 6, 2, 15, tzinfo=UTC)):
        fill_brief(cast)
        publish(cast)

    with clock.at(datetime(2025, 9, 4, 15, tzinfo=UTC)):
        old = staleness(cast.product)
        confirm_brief(product=cast.product, by=cast.head_of_product)
        fresh = staleness(cast.product)

    assert (old.days, old.is_stale, old.sentence) == (94, True, "Last updated 94 days ago")
    assert (fresh.days, fresh.is_stale) == (0, False)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2025, 4, 1), date(2025, 4, 1)),
        (date(2025, 6, 30), date(2025, 4, 1)),
        (date(2026, 1, 15), date(2026, 1, 1)),
        (date(2026, 3, 31), date(2026, 1, 1)),
    ],
)
def test_quarter_follows_the_fiscal_year_of_the_department(cast, day, start):
    assert quarter_start(cast.product, day) == start


@pytest.mark.django_db(transaction=True)
def test_publish_by_two_people_at_once_lets_one_through(transactional_db, cast):
    fill_brief(cast)
    together, results = threading.Barrier(2), []

    def attempt(name):
        together.wait()
        try:
            results.append(publish(cast, by=name).number)
        except Conflict:
            results.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=[name]) for name in ("product_manager", "head_of_product")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, results)) == ["1", "conflict"]
    assert BriefVersion.objects.count() == 1
