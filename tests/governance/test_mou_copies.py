"""A copy signed elsewhere counts once the scanner has let it pass, and never when it refuses it (domain.md §6, S-12)."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile

from governance.actions.mou_signing import attach_signed_copy, void_mou
from governance.models import Mou, MouSignature
from governance.mou.frozen import the_text
from governance.mou.turns import Turn, signing_of
from governance.mou_jobs import SCANNED, go_on_with_copy
from people.models import Notice
from records import clock, jobs
from records.models import AuditEvent, Job, JobState
from records.refusals import Conflict
from tests.governance.mou_world import fresh, official, out, signs
from tests.plugins.files import EICAR

pytestmark = pytest.mark.django_db


def copied(cast, mou, content=b"Signed by hand", by="product_manager"):
    return attach_signed_copy(
        official=official(mou, cast, "sponsor"), file=ContentFile(content, "signed.txt"), method="paper", language="en",
        signed_on=clock.today(), seen=the_text(mou).sha256, by=cast.people[by],
    )  # fmt: skip


def turns(mou):
    return [each.turn for each in signing_of(fresh(mou)).steps]


def test_a_copy_counts_once_it_was_scanned_and_may_be_the_last_signature(cast, scanned):
    mou = out(cast)
    signs(cast, mou, "cio")
    copied(cast, mou)
    assert (fresh(mou).state, turns(mou)) == ("signing", [Turn.SIGNED, Turn.SCANNED])
    with pytest.raises(Conflict, match="there already"):
        signs(cast, mou, "sponsor")
    jobs.run_due()
    assert fresh(mou).state == "in_force"


def test_a_copy_that_is_the_last_signature_after_its_last_day_is_told_to_the_writers_once(cast, scanned):
    mou = out(cast, ends_on=date(2029, 3, 31))
    signs(cast, mou, "cio")
    copy = copied(cast, mou)
    with clock.at(datetime(2029, 4, 1, 12, tzinfo=UTC)):
        jobs.run_due()
        go_on_with_copy({"signature": str(copy.pk)})
    assert (fresh(mou).state, turns(mou)) == ("signing", [Turn.SIGNED, Turn.SIGNED])
    told = Notice.objects.get(person=cast.product_manager, text_en__contains="its last day, 2029-03-31, has passed")
    assert f"/mou/{mou.pk}/" in told.path
    assert not Job.objects.exclude(state=JobState.DONE).filter(kind=SCANNED).exists()
    void_mou(mou=fresh(mou), reason="Too late", by=cast.product_manager)


def test_a_refused_copy_counts_no_more_and_the_signatory_signs_anew(cast, scanned):
    mou = out(cast)
    copied(cast, mou, EICAR)
    jobs.run_due()
    assert (fresh(mou).state, turns(mou)) == ("signing", [Turn.NOW, Turn.NOW])
    event = AuditEvent.objects.get(event="signed copy of a memorandum refused")
    assert (event.subject_id, "Eicar" in event.reason) == (str(mou.pk), True)
    told = Notice.objects.filter(text_en__contains="scanner refused the copy that Sponsor had signed")
    assert {cast.sponsor, cast.product_manager} <= {each.person for each in told}
    signs(cast, mou, "cio")
    signs(cast, mou, "sponsor")
    assert (fresh(mou).state, MouSignature.objects.filter(official__person=cast.sponsor).count()) == ("in_force", 2)


def test_one_after_the_other_nobody_signs_after_a_copy_that_waits(cast, scanned):
    mou = out(cast, signing_order="sequential")
    file = ContentFile(b"Signed by hand", "signed.txt")
    attach_signed_copy(
        official=official(mou, cast, "cio"), file=file, method="mail", language="fr", signed_on=clock.today(),
        seen=the_text(mou).sha256, by=cast.people["cio"],
    )  # fmt: skip
    assert turns(mou) == [Turn.SCANNED, Turn.LATER]
    jobs.run_due()
    assert turns(mou) == [Turn.SIGNED, Turn.NOW]
    assert Notice.objects.filter(person=cast.sponsor, kind="mou.turn").count() == 1


def test_the_page_says_how_a_copy_stands(cast, scanned, client_of):
    mou = out(cast)
    address = f"/en/products/{cast.product.code}/mou/{mou.pk}/signing/"
    copied(cast, mou, EICAR)
    assert b"Copy waits for its scan" in client_of("product_manager").get(address).content
    jobs.run_due()
    shown = client_of("product_manager").get(address).content
    assert (b"0 of 2 have signed" in shown, b"does not count as a signature" in shown) == (True, True)
    assert not Job.objects.filter(kind="seal_mou").exists()
    assert Mou.objects.get(pk=mou.pk).document is None
