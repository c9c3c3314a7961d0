"""Remarks reach who wrote the text and who is asked; a signatory asks before signing, beside the text (ux.md A7)."""

import pytest
from django.core.exceptions import ValidationError

from governance.actions.mou_remarks import ask_before_signing, settle_comment, write_comment
from governance.models import MouComment
from people.models import Notice
from records.models import AuditEvent
from records.refusals import Refused
from tests.governance.mou_world import drafted, official, out, signs

pytestmark = pytest.mark.django_db


def told(kind):
    return {each.person.email.partition("@")[0] for each in Notice.objects.filter(kind=kind)}


def names(*people):
    return {each.email.partition("@")[0] for each in people}


def page(mou, rest):
    return f"/en/products/{mou.product.code}/mou/{mou.pk}/{rest}"


def test_a_remark_is_told_to_the_writers_and_an_answer_to_its_writer(cast):
    mou = drafted(cast)
    remark = write_comment(mou=mou, section=7, text="Too dear?", by=cast.director_general)
    assert names(cast.product_manager, cast.head_of_product) <= told("mou.remark")
    assert not names(cast.director_general, cast.cfo) & told("mou.remark")
    write_comment(mou=mou, section=1, text="No.", answers=remark, by=cast.product_manager)
    assert names(cast.director_general) <= told("mou.remark")
    assert Notice.objects.filter(path__endswith=f"/sections/7/#remark-{remark.pk}").count() == Notice.objects.count()


def test_who_is_asked_and_who_is_named_are_told_once_and_as_such(cast):
    mou = drafted(cast)
    text = f"Is this so, @{cast.sponsor.name.upper()}?"
    write_comment(mou=mou, section=7, text=text, asked=cast.head_of_product, by=cast.product_manager)
    assert told("mou.question") == names(cast.sponsor, cast.head_of_product)
    assert not told("mou.question") & told("mou.remark")


def test_nobody_is_asked_whom_the_memorandum_does_not_concern(cast):
    with pytest.raises(ValidationError, match="asked"):
        write_comment(mou=drafted(cast), section=7, text="Hm", asked=cast.stranger, by=cast.product_manager)
    assert not MouComment.objects.exists()


def test_a_question_before_signing_is_told_to_the_writers_and_all_parties(cast):
    mou = out(cast)
    Notice.objects.all().delete()
    question = ask_before_signing(mou=mou, section=7, text="Which rate?", by=cast.sponsor)
    assert names(cast.product_manager, cast.cio, cast.cfo) <= told("mou.question")
    assert AuditEvent.objects.filter(event="question before signing a memorandum").count() == 1
    write_comment(mou=mou, section=7, text="The one of 2026.", answers=question, by=cast.cio)
    assert names(cast.sponsor) <= told("mou.remark")
    settle_comment(comment=question, by=cast.sponsor)
    signs(cast, mou, "sponsor")
    with pytest.raises(Refused):
        ask_before_signing(mou=mou, section=7, text="And now?", by=cast.sponsor)


@pytest.mark.parametrize("name", ["product_manager", "cfo", "director_general", "stranger"])
def test_only_signatories_ask_before_signing(cast, name):
    with pytest.raises(Refused):
        ask_before_signing(mou=out(cast), section=7, text="Which rate?", by=cast.people[name])


def test_nothing_is_asked_before_it_is_sent_out(cast):
    with pytest.raises(Refused):
        ask_before_signing(mou=drafted(cast), section=7, text="Which rate?", by=cast.sponsor)


def test_the_question_stands_beside_the_text_with_its_answer(cast, client_of):
    mou, client = out(cast), client_of("sponsor")
    wrong = client.post(page(mou, "signing/ask/"), {"section": "", "text": "Which rate?"})
    assert (wrong.status_code, b"Which rate?" in wrong.content) == (422, True)
    assert client.post(page(mou, "signing/ask/"), {"section": 7, "text": "Which rate?"}).status_code == 303
    write_comment(mou=mou, section=7, text="The new one.", answers=MouComment.objects.get(), by=cast.product_manager)
    for rest in ("signing/", f"signatories/{official(mou, cast, 'sponsor').pk}/sign/"):
        shown = client.get(page(mou, rest)).content.decode()
        assert "Which rate?" in shown
        assert "The new one." in shown
    assert "Answer" in client_of("product_manager").get(page(mou, "signing/")).content.decode()


def test_the_question_is_asked_in_french(cast, client_of):
    mou = out(cast)
    shown = client_of("sponsor").get(page(mou, "signing/ask/").replace("/en/", "/fr/"))
    assert shown.status_code == 200
