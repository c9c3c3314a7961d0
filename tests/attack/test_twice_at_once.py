"""One form sent many times in the same moment, through real threads and transactions: one row, one answer (R-17, R-15)."""

import pytest

from people.actions.reference import save_reference
from products import events
from products.models import BriefSection, BudgetLine, FundingSource
from records.actors import SYSTEM
from records.models import AuditEvent
from tests.attack.at_once import at_once, sender

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 12


def sent_at_once(cast, name, address, forms):
    """Send `forms` from as many threads; returns the answers."""
    return at_once(*(sender(cast.people[name], address, data) for data in forms))


def test_a_hasty_double_click_makes_one_line(cast):

    base = {"department": cast.department, "code": "X-1", "name_en": "Thing", "name_fr": "Chose"}
    source = save_reference(entry=FundingSource(**base), by=SYSTEM)
    form = {"fiscal_year": "2026", "source": str(source.pk), "kind": "cloud", "planned": "10", "form_token": "one"}
    answers = sent_at_once(cast, "product_manager", "/en/products/JSA/budget/add/", [form] * TIMES)
    assert {(each.status_code, each.get("Location")) for each in answers} == {(303, "/en/products/JSA/budget/")}
    assert BudgetLine.objects.count() == 1
    assert AuditEvent.objects.filter(event=events.BUDGET_ADDED).count() == 1


def test_two_writers_of_one_section_meet_as_a_conflict(cast):
    texts = [{"version": "0", "done": "no", "cover_en": f"Text {number}"} for number in range(4)]
    answers = sent_at_once(cast, "product_manager", "/en/products/JSA/brief/roles/", texts)
    assert sorted(each.status_code for each in answers) == [303, 409, 409, 409]
    kept = BriefSection.objects.get(code="roles").content["cover_en"]
    for text, answer in zip(texts, answers, strict=True):
        if answer.status_code == 409:
            assert text["cover_en"] in answer.content.decode()
            assert kept in answer.content.decode()
