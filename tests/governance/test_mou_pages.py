"""The pages on which a memorandum is written, read, remarked on and amended."""

from datetime import date

import pytest

from governance.actions.mou_amendments import begin_amendment
from governance.actions.mou_remarks import write_comment
from governance.models import Mou, MouAmount, MouAnswer, MouComment
from governance.mou.open_points import open_points
from tests.governance.memoranda import begun_mou, in_force, written_mou

pytestmark = pytest.mark.django_db


def page(mou, rest="", language="en"):
    return f"/{language}/products/{mou.product.code}/mou/{mou.pk}/{rest}"


def test_memorandum_is_begun_from_the_page_of_its_product(cast, client_of):
    lead = client_of("product_manager")
    assert b"Begin the memorandum" in lead.get("/en/products/JSA/mou/").content
    answer = lead.post("/en/products/JSA/mou/begin/")
    assert answer.status_code == 303
    assert answer["Location"] == page(Mou.objects.get())


def test_page_counts_what_is_open_and_leads_there(cast, client_of):
    mou = begun_mou(cast)
    content = client_of("product_manager").get("/en/products/JSA/mou/").content.decode()
    points = open_points(mou)
    assert f"The memorandum waits for {len(points)} things" in content
    assert all(f'href="{point.page}"' in content for point in points)


@pytest.mark.parametrize(
    "rest", ["", "read/", "terms/", "parties/", "money/", "officials/", "officials/name/", "sections/8/"]
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_of_a_draft_answer_in_both_languages(cast, client_of, rest, language):
    mou = written_mou(cast)
    assert client_of("product_manager").get(page(mou, rest, language)).status_code == 200


@pytest.mark.parametrize("rest", ["", "read/", "document/", "sections/1/", "terms/"])
def test_draft_is_not_there_for_strangers_and_colleagues(cast, client_of, rest):
    mou = begun_mou(cast)
    for name in ("stranger", "colleague"):
        assert client_of(name).get(page(mou, rest)).status_code == 404


def test_readers_do_not_write(cast, client_of):
    mou = begun_mou(cast)
    assert client_of("cfo").get(page(mou)).status_code == 200
    assert client_of("cfo").get(page(mou, "terms/")).status_code == 403


def test_terms_are_saved_and_a_stale_form_keeps_what_was_typed(cast, client_of):
    mou = begun_mou(cast)
    form = {"version": mou.version, "first_year": "2026", "last_year": "2028", "commences_on": "2026-06-01",
            "ends_on": "2029-03-31", "review_cycle": "yearly", "signing_order": "parallel"}  # fmt: skip
    lead = client_of("product_manager")
    assert lead.post(page(mou, "terms/"), form).status_code == 303
    assert Mou.objects.get().ends_on == date(2029, 3, 31)
    late = lead.post(page(mou, "terms/"), form | {"ends_on": "2030-03-31"})
    assert late.status_code == 409
    assert b'value="2030-03-31"' in late.content


def test_terms_in_the_wrong_order_are_refused_in_words(cast, client_of):
    mou = begun_mou(cast)
    form = {"version": mou.version, "commences_on": "2029-06-01", "ends_on": "2029-03-31", "review_cycle": "yearly",
            "signing_order": "parallel"}  # fmt: skip
    answer = client_of("product_manager").post(page(mou, "terms/"), form)
    assert answer.status_code == 422
    assert b"It cannot end before it starts." in answer.content


def test_amounts_are_typed_as_people_write_them(cast, client_of):
    mou = written_mou(cast)
    line = MouAmount.objects.filter(mou=mou, fiscal_year=2026, kind="salary").get()
    address = page(mou, f"parties/{line.party_id}/amounts/{line.source_id}/")
    lead = client_of("product_manager")
    form = lead.get(address).context["form"]
    values = {name: form[name].value() or "" for name in form.fields} | {"source": line.source_id}
    done = lead.post(address, values | {"salary_2026": "1 200 000,50 $", "non_salary_2028": ""})
    assert done.status_code == 303
    assert MouAmount.objects.get(pk=line.pk).amount == 1_200_000.50
    assert not MouAmount.objects.filter(mou=mou, fiscal_year=2028, kind="non_salary").exists()
    assert lead.post(address, values).status_code == 409


def test_answer_with_markup_is_text_in_the_page(cast, client_of):
    mou = written_mou(cast)
    answer = MouAnswer.objects.filter(mou=mou, clause__section=8).first()
    lead = client_of("product_manager")
    text = '<script>alert(1)</script><img src="file:///etc/passwd">'
    form = {"version": answer.version, "text_en": text, "text_fr": text}
    assert lead.post(page(mou, f"answers/{answer.clause_id}/"), form).status_code == 303
    content = lead.get(page(mou, "sections/8/")).content
    assert b"<script>alert" not in content
    assert b"&lt;script&gt;alert(1)" in content


@pytest.mark.parametrize(("text", "words"), [("x" * 5_000_000, "10,?000"), ("a \u202eb", "U\\+202E")])
def test_answer_beyond_bounds_is_refused_at_its_field_and_kept(cast, client_of, text, words):
    mou = written_mou(cast)
    answer = MouAnswer.objects.filter(mou=mou, clause__section=8).first()
    form = {"version": answer.version, "text_en": text, "text_fr": "Gardé."}
    sent = client_of("product_manager").post(page(mou, f"answers/{answer.clause_id}/"), form)
    assert sent.status_code in (413, 422)
    if sent.status_code == 422:
        assert "Gardé." in sent.content.decode()


def test_question_that_does_not_apply_says_why(cast, client_of):
    mou = written_mou(cast)
    answer = MouAnswer.objects.filter(mou=mou, clause__section=9).first()
    form = {"version": answer.version, "waived_en": "Nothing to decide.", "waived_fr": "Rien à décider."}
    client_of("product_manager").post(page(mou, f"answers/{answer.clause_id}/"), form)
    assert open_points(mou) == []
    assert "Rien à décider." in client_of("cfo").get(page(mou, "sections/9/", "fr")).content.decode()


def test_remark_is_written_answered_and_settled(cast, client_of):
    mou = begun_mou(cast)
    assert (
        client_of("cfo").post(page(mou, "sections/7/"), {"text": "Too much?", "suggested": "Less."}).status_code == 303
    )
    remark = MouComment.objects.get()
    lead = client_of("product_manager")
    assert lead.post(page(mou, "sections/7/"), {"text": "No.", "answers": remark.pk}).status_code == 303
    assert b"Less." in lead.get(page(mou, "sections/7/")).content
    assert lead.post(page(mou, f"remarks/{remark.pk}/settle/")).status_code == 303
    assert b"One settled remark" in lead.get(page(mou, "sections/7/")).content


def test_official_is_named_and_changed(cast, client_of):
    mou = begun_mou(cast)
    party = mou.parties.get(side="it")
    form = {"role": "signatory", "party": party.pk, "person": "Cio", "title_en": "CIO", "title_fr": "DPI"}
    lead = client_of("product_manager")
    assert lead.post(page(mou, "officials/name/"), form).status_code == 303
    official = mou.officials.get()
    form |= {"person": "Cfo", "version": official.version}
    assert lead.post(page(mou, f"officials/{official.pk}/change/"), form).status_code == 303
    assert mou.officials.get().person == cast.cfo


def test_draft_is_a_marked_document(cast, client_of):
    answer = client_of("product_manager").get(page(written_mou(cast), "document/"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_amendment_opens_only_what_was_chosen(cast, client_of):
    lead = client_of("product_manager")
    mou = in_force(cast)
    answer = lead.post(page(mou, "amend/"), {"opened_sections": ["2"], "change_en": "Longer", "change_fr": "Plus long"})
    assert answer.status_code == 303
    amendment = Mou.objects.get(edition=2)
    form = lead.get(page(amendment, "terms/")).context["form"]
    assert form.fields["autonomy_level"].disabled
    assert not form.fields["ends_on"].disabled
    assert b"does not open section 1" in lead.get(page(amendment, "parties/")).content


def test_redline_shows_words_out_and_in(cast, client_of):
    mou = in_force(cast)
    lead = client_of("product_manager")
    amendment = begin_amendment(
        mou=mou, opened_sections=[2], by=cast.product_manager, change_en="Longer", change_fr="Plus long"
    )
    lead.post(page(amendment, "terms/"), {"version": amendment.version, "first_year": 2026, "last_year": 2028,
              "commences_on": "2026-06-01", "ends_on": "2029-09-30", "review_cycle": "yearly", "change_en": "Longer",
              "change_fr": "Plus long"})  # fmt: skip
    content = lead.get(page(amendment, "changes/")).content.decode()
    assert "<del>" in content
    assert "2029-09-30" in content.split("<ins>")[1]


def test_closed_section_that_would_read_otherwise_blocks_the_amendment(cast):
    from governance.actions.mous import put_amount

    mou = in_force(cast)
    amendment = begin_amendment(
        mou=mou, opened_sections=[7], by=cast.product_manager, change_en="More", change_fr="Plus"
    )
    line = amendment.amounts.first()
    put_amount(
        mou=amendment, party=line.party, fiscal_year=2026, kind=line.kind, source=line.source, amount=5,
        by=cast.product_manager,
    )  # fmt: skip
    assert [point.key for point in open_points(amendment)] == ["closed-1"]


def test_remark_on_a_memorandum_of_others_is_not_possible(cast, client_of):
    mou = begun_mou(cast)
    write_comment(mou=mou, section=1, text="Hm", by=cast.sponsor)
    assert client_of("oversight").post(page(mou, "sections/1/"), {"text": "x"}).status_code == 403


def test_source_that_has_its_amounts_is_not_offered_as_a_new_one(cast, client_of):
    mou = written_mou(cast)
    line = mou.amounts.first()
    address = page(mou, f"parties/{line.party_id}/amounts/")
    assert client_of("product_manager").post(address, {"source": line.source_id, "salary_2026": "5"}).status_code == 422
    assert mou.amounts.count() == 6
