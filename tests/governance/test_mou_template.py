"""The template in the administration: an unknown word in braces is refused; what memoranda stand on is not changed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.actions.mou_templates import add_edition, keep_clause
from governance.models import MouTemplate
from governance.mou.placeholders import check_clause
from governance.mou.template import shipped_clauses, template_in_use
from records.refusals import Refused
from tests.governance.memoranda import begun_mou

pytestmark = pytest.mark.django_db


def test_shipped_clauses_use_known_words_only():
    for values in shipped_clauses():
        check_clause(values["text_en"])
        check_clause(values["text_fr"])


@pytest.mark.parametrize(
    "text", ["Pay {ammount}.", "Pay {program.", "{amounts} are agreed.", "{}", "{0}", "{product.code}"]
)
def test_unknown_word_in_braces_is_refused(cast, text):
    edition = add_edition(template=MouTemplate.objects.get(), in_use_from=date(2026, 4, 1), by=cast.admin)
    clause = edition.clauses.first()
    clause.text_fr = text
    with pytest.raises(ValidationError) as refused:
        keep_clause(clause=clause, by=cast.admin)
    assert list(refused.value.message_dict) == ["text_fr"]


def test_edition_in_use_by_a_memorandum_stands(cast):
    mou = begun_mou(cast)
    clause = mou.template.clauses.first()
    clause.text_en = "Other words."
    with pytest.raises(ValidationError):
        keep_clause(clause=clause, by=cast.admin)


def test_next_edition_serves_from_its_day_on(cast):
    shipped = MouTemplate.objects.get()
    later = add_edition(template=shipped, in_use_from=date(2100, 4, 1), by=cast.admin)
    assert later.clauses.count() == shipped.clauses.count()
    assert template_in_use(cast.department) == shipped
    now = add_edition(template=shipped, in_use_from=date(2024, 4, 1), by=cast.admin)
    assert template_in_use(cast.department) == now


def test_leads_do_not_write_the_template(cast):
    with pytest.raises(Refused):
        add_edition(template=MouTemplate.objects.get(), in_use_from=date(2026, 4, 1), by=cast.product_manager)


def test_administrator_sees_the_refusal_beside_the_text(cast, client_of):
    edition = add_edition(template=MouTemplate.objects.get(), in_use_from=date(2026, 4, 1), by=cast.admin)
    clause = edition.clauses.first()
    address = reverse("admin:governance_mouclause_change", args=[clause.pk])
    form = {"template": edition.pk, "section": clause.section, "position": clause.position, "kind": clause.kind,
            "text_en": "{ammount}", "text_fr": "Bien.", "guidance_en": "", "guidance_fr": "",
            "version_seen": clause.version}  # fmt: skip
    answer = client_of("admin").post(address, form)
    assert "{ammount}" in answer.content.decode()
    assert "Nothing is known by the name" in answer.content.decode()
