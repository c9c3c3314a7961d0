"""The end of a memorandum, its successor and its consents in the same moment: one end, said once (trust.md R-20)."""

from datetime import timedelta

import pytest

from governance.actions.mou_ending import TEXTS, consent_to_termination, propose_termination
from governance.jobs import end_memoranda
from governance.models import Mou, MouConsent
from governance.mou.force import come_into_force
from governance.mou_states import Side
from records import clock
from records.acts import performing
from records.models import AuditEvent
from tests.attack.at_once import at_once
from tests.governance.mou_rows import amendment, memorandum

pytestmark = pytest.mark.django_db(transaction=True)
ENDS = ("memorandum terminated", "memorandum expired", "memorandum superseded")


def proposed(cast, mou, days):
    day = clock.today() + timedelta(days=days)
    return propose_termination(
        mou=mou,
        party=mou.parties.get(side=Side.SPONSOR),
        effective_on=day,
        by=cast.sponsor,
        **dict.fromkeys(TEXTS, "Why"),
    )


def job(days=0):
    with clock.at(clock.now() + timedelta(days=days)), performing():
        end_memoranda({})


def consents(cast, proposal, mou):
    party = mou.parties.get(side=Side.IT)
    return lambda: consent_to_termination(termination=proposal, party=party, by=cast.people["cio"])


def test_last_consent_and_expiry_end_it_once(cast):
    mou = memorandum(cast, "in_force", ends_on=clock.today())
    proposal = proposed(cast, mou, 0)
    at_once(consents(cast, proposal, mou), lambda: job(1), lambda: job(1), consents(cast, proposal, mou))
    ended = Mou.objects.get()
    assert ended.state in ("terminated", "expired")
    assert AuditEvent.objects.filter(event__in=ENDS).count() == 1
    assert MouConsent.objects.count() == (2 if ended.state == "terminated" else 1)


def test_last_signature_and_the_agreed_end_meet_in_one_legal_state(cast):
    old = memorandum(cast, "in_force")
    proposal = proposed(cast, old, 1)
    consents(cast, proposal, old)()
    new = amendment(cast, old)

    def sign():
        with performing():
            held = Mou.objects.select_for_update(of=("self",)).select_related("product").get(pk=new.pk)
            come_into_force(mou=held, by=cast.sponsor)

    at_once(sign, lambda: job(1))
    states = tuple(Mou.objects.order_by("edition").values_list("state", flat=True))
    assert states in (("superseded", "in_force"), ("terminated", "signing"))
    assert AuditEvent.objects.filter(event__in=ENDS).count() == 1
