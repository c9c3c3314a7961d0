"""A memorandum is written from the records: begun, filled in once, merged into fourteen sections, hashed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from governance.actions.mou_remarks import settle_comment, write_comment
from governance.actions.mous import answer_prompt, begin_mou, change_mou, put_amount, put_party, remove_party
from governance.models import MouAmount, MouText
from governance.mou.canonical import content_of, digest
from governance.mou.open_points import open_points
from governance.mou_states import MouSection
from records.models import AuditEvent
from records.refusals import Conflict, Refused, Stale
from tests.governance.memoranda import begun_mou, written_mou

pytestmark = pytest.mark.django_db


def test_begun_memorandum_takes_parties_from_the_product(cast):
    mou = begun_mou(cast)
    assert [party.side for party in mou.parties.all()] == ["it", "sponsor"]
    assert mou.number.startswith("MOU-")
    assert AuditEvent.objects.filter(event="memorandum begun").exists()


def test_begun_memorandum_says_what_is_open_and_where_it_is_entered(cast):
    points = {point.key: point for point in open_points(begun_mou(cast))}
    assert {"program", "commences_on", "fiscal_years", "amounts", "targets", "signatories"} <= set(points)
    assert points["commences_on"].page.endswith("#id_commences_on")
    assert points["amounts"].sections == (7,)


def test_written_memorandum_has_fourteen_sections_and_nothing_open(cast):
    mou = written_mou(cast)
    content = content_of(mou)
    assert open_points(mou) == []
    assert [section["number"] for section in content["sections"]] == list(range(1, 15))
    recital = content["sections"][0]["paragraphs"][4]
    assert "$5,440,000" in recital["en"]
    assert "5\u00a0440\u00a0000\u00a0$" in recital["fr"]


def test_content_says_the_same_in_each_readers_language(cast):
    from django.utils import translation

    mou = written_mou(cast)
    with translation.override("fr"):
        french = content_of(mou)
    assert digest(french) == digest(content_of(mou))


def test_hash_moves_with_every_part_and_survives_the_database(cast):
    mou = written_mou(cast)
    before = content_of(mou)
    text = MouText.objects.create(
        mou=mou, number=1, content=before, sha256=digest(before), frozen_at=mou.changed_at, frozen_by_id="1"
    )
    assert digest(MouText.objects.get(pk=text.pk).content) == digest(before)
    mou = change_mou(mou=mou, by=cast.product_manager, ends_on=date(2029, 3, 30))
    assert digest(content_of(mou)) != digest(before)


def test_second_memorandum_is_refused(cast):
    begun_mou(cast)
    with pytest.raises(Conflict):
        begun_mou(cast)


@pytest.mark.parametrize("name", ["product_owner", "colleague", "stranger", "auditor", "admin"])
def test_others_do_not_write(cast, name):
    with pytest.raises(Refused):
        begin_mou(product=cast.product, by=cast.people[name])


def test_stale_terms_are_refused(cast):
    mou = begun_mou(cast)
    change_mou(mou=mou, by=cast.product_manager, first_year=2026)
    with pytest.raises(Stale):
        change_mou(mou=mou, by=cast.product_manager, first_year=2027)


def test_amount_outside_the_years_is_refused(cast):
    mou = written_mou(cast)
    line = MouAmount.objects.filter(mou=mou).first()
    with pytest.raises(ValidationError) as refused:
        put_amount(
            mou=mou,
            party=line.party,
            fiscal_year=2031,
            kind="salary",
            source=line.source,
            amount=1,
            by=cast.product_manager,
        )
    assert "fiscal_year" in refused.value.message_dict


def test_party_with_money_stays(cast):
    mou = written_mou(cast)
    with pytest.raises(Conflict):
        remove_party(party=mou.parties.get(side="sponsor"), by=cast.product_manager)


def test_it_branch_sponsors_nothing(cast):
    mou = begun_mou(cast)
    with pytest.raises(ValidationError):
        put_party(mou=mou, side="sponsor", branch=mou.parties.get(side="it").branch, by=cast.product_manager)


@pytest.mark.parametrize("text", ["pay \u202e000,1$", "x" * 10_001, "a\u200bb"])
def test_hidden_and_endless_text_is_refused_at_its_field(cast, text):
    mou = begun_mou(cast)
    clause = mou.template.clauses.filter(kind="prompt").first()
    with pytest.raises(ValidationError) as refused:
        answer_prompt(mou=mou, clause=clause, by=cast.product_manager, text_en=text, text_fr="Bien.")
    assert list(refused.value.message_dict) == ["text_en"]


def test_waived_question_says_why_in_the_text(cast):
    mou = written_mou(cast)
    clause = mou.template.clauses.filter(kind="prompt", section=9).first()
    answer_prompt(mou=mou, clause=clause, by=cast.product_manager, waived_en="No money.", waived_fr="Aucun argent.")
    paragraphs = content_of(mou)["sections"][8]["paragraphs"]
    assert {"kind": "waived", "en": "No money."}.items() <= paragraphs[1].items()


def test_remark_is_settled_by_the_writer_of_the_memorandum_only_once(cast):
    mou = begun_mou(cast)
    remark = write_comment(mou=mou, section=MouSection.FEES, text="Too much?", by=cast.cfo)
    with pytest.raises(Refused):
        settle_comment(comment=remark, by=cast.colleague)
    settle_comment(comment=remark, by=cast.product_manager)
    with pytest.raises(Conflict):
        settle_comment(comment=remark, by=cast.cfo)
