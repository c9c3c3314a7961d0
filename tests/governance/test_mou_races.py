"""Several people at one memorandum in the same moment: one legal end state, and nobody's signature lost (R-20, S-21)."""

import pytest

from governance.actions.mou_review import ask_committee, reopen_mou, send_for_review
from governance.actions.mou_signing import decline_to_sign, void_mou
from governance.models import Mou, MouSignature, MouText, Review
from governance.mou.frozen import the_text
from records.models import AuditEvent
from records.refusals import Conflict
from tests.attack.at_once import at_once, meeting_at
from tests.governance.mou_world import agreed, drafted, fresh, in_review, official, out, say, signs

pytestmark = pytest.mark.django_db(transaction=True)


def void(cast, mou):
    return void_mou(mou=mou, reason="Wrong year", by=cast.product_manager)


def is_whole(mou):
    """States, signatures and the trail tell the same story."""
    signed = MouSignature.objects.filter(text__mou=mou, act="signed").count()
    events = AuditEvent.objects.filter(subject_id=str(mou.pk), event="memorandum signed").count()
    assert signed == events
    assert (fresh(mou).state == "in_force") == (signed == 2)
    return signed


def test_two_signers_and_a_void_at_once(cast):
    mou = out(cast)
    given = at_once(
        lambda: signs(cast, mou, "cio"),
        lambda: signs(cast, mou, "sponsor"),
        lambda: void(cast, mou),
    )
    confirmed = sum(isinstance(each, MouSignature) for each in given)
    assert is_whole(mou) == confirmed
    voided = isinstance(given[2], Mou)
    assert fresh(mou).state == ("voided" if voided else "in_force")
    assert voided != (confirmed == 2)


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 0, 1)])
def test_whoever_comes_first_at_the_locked_row_decides(cast, order):
    mou = out(cast)
    calls = [lambda: signs(cast, mou, "cio"), lambda: signs(cast, mou, "sponsor"), lambda: void(cast, mou)]
    meeting_at(mou, *[calls[each] for each in order])
    assert is_whole(mou) == order.index(2)
    assert fresh(mou).state == ("in_force" if order == (0, 1, 2) else "voided")


def test_one_signatory_signs_twice_at_once(cast):
    mou = out(cast)
    given = at_once(*[lambda: signs(cast, mou, "cio")] * 2)
    assert sum(isinstance(each, MouSignature) for each in given) == is_whole(mou) == 1


def test_one_signs_while_the_other_declines(cast):
    mou = out(cast)
    seen = the_text(mou).sha256
    at_once(
        lambda: signs(cast, mou, "cio"),
        lambda: decline_to_sign(official=official(mou, cast, "sponsor"), reason="No", seen=seen, by=cast.sponsor),
    )
    is_whole(mou)
    assert fresh(mou).state == "declined"


def test_an_opinion_meets_the_text_being_taken_back(cast):
    mou = in_review(cast)
    at_once(
        lambda: say(cast, mou, "cfo"),
        lambda: say(cast, mou, "director_general", "returns", "Too dear"),
        lambda: reopen_mou(mou=mou, reason="A word", by=cast.product_manager),
    )
    assert fresh(mou).state == "draft"


def test_two_writers_send_it_for_review_at_once(cast):
    mou = drafted(cast)
    writers = (cast.product_manager, cast.head_of_product)
    at_once(*[lambda by=by: send_for_review(mou=fresh(mou), by=by) for by in writers])
    assert (fresh(mou).state, MouText.objects.count()) == ("in_review", 1)


@pytest.mark.parametrize(("order", "state"), [((0, 1), "in_review"), ((1, 0), "draft")])
def test_preparing_for_the_committee_meets_the_text_being_taken_back(cast, order, state):
    mou = agreed(cast)
    calls = [
        lambda: ask_committee(mou=mou, by=cast.head_of_product),
        lambda: reopen_mou(mou=mou, reason="A word", by=cast.product_manager),
    ]
    answers = meeting_at(mou, *[calls[each] for each in order])
    assert isinstance(answers[1], Conflict)
    assert (fresh(mou).state, Review.objects.live().filter(mou=mou).count()) == (state, int(state == "in_review"))
