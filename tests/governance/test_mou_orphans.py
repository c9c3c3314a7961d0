"""An amendment whose version ended has nothing to amend: it is voided by itself, with the reason, and all are told."""

import pytest

from governance.actions.boards import give_competence
from governance.actions.mou_ending import expire_mou
from governance.actions.mou_review import ask_committee
from governance.actions.mou_signing import void_orphan
from governance.actions.reviews import submit_review
from governance.models import Mou
from governance.mou_states import MouState
from governance.states import DecisionKind
from people.models import Notice
from records import jobs
from records.actors import SYSTEM
from records.models import AuditEvent
from records.refusals import Conflict
from records.writing import save
from tests.governance.before_board import voting
from tests.governance.mou_rows import amendment, memorandum
from tests.governance.mou_world import agreed as agreed_text
from tests.governance.mou_world import meet_checks
from tests.governance.test_mou_ending import agreed, later, on_day

pytestmark = pytest.mark.django_db


def of(mou):
    return Mou.objects.get(pk=mou.pk)


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "signing", "declined"])
def test_it_is_voided_with_the_version_that_ended(cast, state):
    base = memorandum(cast, MouState.IN_FORCE, ends_on=later(5))
    mou = amendment(cast, base, state)
    with on_day(6):
        expire_mou(mou=base, by=SYSTEM)
        jobs.run_due()
    reason = "Version 1, which it amends, has expired."
    assert (of(mou).state, of(mou).ending_reason.startswith(reason)) == ("voided", True)
    assert AuditEvent.objects.get(event="memorandum voided").reason == of(mou).ending_reason
    told = Notice.objects.filter(kind="mou.moved", person=cast.sponsor).get()
    assert reason in told.text_en
    assert told.text_fr != told.text_en


def test_it_is_voided_when_all_parties_end_the_version(cast):
    base = memorandum(cast, MouState.IN_FORCE)
    mou = amendment(cast, base, "signing")
    agreed(cast, base, days=0)
    jobs.run_due()
    assert (of(base).state, of(mou).state) == ("terminated", "voided")


def test_while_the_version_is_in_force_it_stays(cast):
    mou = amendment(cast, memorandum(cast, MouState.IN_FORCE), "declined")
    jobs.run_due()
    with pytest.raises(Conflict):
        void_orphan(mou=mou, by=SYSTEM)
    assert of(mou).state == "declined"


def test_what_a_board_votes_on_waits_for_the_end_of_the_vote(town):
    base = memorandum(town.cast, MouState.EXPIRED)
    give_competence(board=town.board, kind=DecisionKind.MOU, by=SYSTEM)
    mou = agreed_text(town.cast)
    meet_checks(town.cast, mou)
    review = submit_review(review=ask_committee(mou=mou, by=town.cast.product_manager), by=town.cast.product_manager)
    mou.amends, mou.number, mou.edition = base, base.number, 2
    save(mou, by=SYSTEM)
    point = voting(town, review)
    jobs.run_due()
    assert of(mou).state == "in_review"
    point.refresh_from_db()
    point.state = "waiting"
    save(point, by=SYSTEM)
    jobs.run_due()
    review.refresh_from_db()
    assert (of(mou).state, review.state) == ("voided", "withdrawn")
