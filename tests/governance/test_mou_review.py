"""A memorandum is judged on one frozen text: opinions, the committee's decision, and what lapses when it is taken back."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.actions.mou_review import ask_committee, give_opinion, reopen_mou, send_for_review, send_out
from governance.actions.reviews import submit_review
from governance.models import MouOpinion, MouText, Package, Review
from governance.mou.canonical import digest
from governance.mou.course import course_of
from governance.mou.frozen import frozen_text, is_agreed, the_text
from people.actions.people import deactivate_person
from people.models import Notice
from records.actors import SYSTEM
from records.models import AuditEvent
from records.refusals import Conflict, OutOfTurn, Refused
from records.writing import remove, save
from tests.governance.mou_world import (
    agreed,
    decided,
    drafted,
    fresh,
    in_review,
    say,
)

pytestmark = pytest.mark.django_db


def events(mou):
    return list(AuditEvent.objects.filter(subject_id=str(mou.pk)).order_by("pk").values_list("event", flat=True))


def told(person):
    return list(Notice.objects.filter(person=person).order_by("at").values_list("kind", flat=True))


def test_sending_for_review_freezes_the_text_and_tells_those_who_judge(cast):
    mou = in_review(cast)
    text = the_text(mou)
    assert (mou.state, text.number, digest(text.content)) == ("in_review", 1, text.sha256)
    assert [told(cast.people[name]) for name in ("director_general", "it_director", "cfo")] == [["mou.turn"]] * 3
    assert "memorandum sent for review" in events(mou)


def test_only_writers_send_for_review(cast):
    mou = drafted(cast)
    with pytest.raises(Refused):
        send_for_review(mou=mou, by=cast.director_general)
    assert not MouText.objects.exists()


def test_without_a_signatory_of_each_side_nothing_is_frozen(cast):
    mou = drafted(cast)
    remove(mou.officials.get(role="signatory", person=cast.sponsor), by=cast.product_manager)
    with pytest.raises(ValidationError, match="Name who signs for Program branch"):
        send_for_review(mou=mou, by=cast.product_manager)
    assert (fresh(mou).state, MouText.objects.count()) == ("draft", 0)


def test_a_director_general_validates_for_the_own_branch_alone(cast):
    mou = in_review(cast)
    party = mou.parties.get(side="it")
    with pytest.raises(Refused):
        give_opinion(
            mou=mou,
            kind="validation",
            party=party,
            opinion="agrees",
            seen=the_text(mou).sha256,
            by=cast.director_general,
        )
    say(cast, mou, "it_director")
    assert not is_agreed(mou)


def test_everybody_agrees_and_the_writers_are_told(cast):
    mou = agreed(cast)
    assert is_agreed(mou)
    assert course_of(mou).at == 3
    assert "mou.turn" in told(cast.product_manager)


def test_nobody_speaks_twice_of_one_text(cast):
    mou = in_review(cast)
    say(cast, mou, "cfo")
    with pytest.raises((Conflict, ValidationError)):
        say(cast, mou, "cfo", "returns", "No")


def test_sending_back_needs_a_reason_and_makes_it_a_draft_again(cast):
    mou = in_review(cast)
    say(cast, mou, "it_director")
    with pytest.raises(ValidationError):
        say(cast, mou, "director_general", "returns")
    say(cast, mou, "director_general", "returns", "Too dear")
    mou = fresh(mou)
    assert (mou.state, frozen_text(mou)) == ("draft", None)
    assert "mou.moved" in told(cast.product_manager)
    send_for_review(mou=mou, by=cast.product_manager)
    assert (the_text(fresh(mou)).number, is_agreed(fresh(mou)), MouOpinion.objects.count()) == (2, False, 2)


def test_an_opinion_on_a_text_that_was_replaced_is_refused(cast):
    mou = in_review(cast)
    before = the_text(mou).sha256
    reopen_mou(mou=mou, reason="A word", by=cast.product_manager)
    cast.sponsor.name = "Somebody Else"
    save(cast.sponsor, by=SYSTEM)
    send_for_review(mou=fresh(mou), by=cast.product_manager)
    with pytest.raises(Conflict, match="Review it again"):
        give_opinion(mou=mou, kind="concurrence", opinion="agrees", seen=before, by=cast.cfo)


def test_the_committee_is_asked_once_all_agree(cast):
    mou = in_review(cast)
    with pytest.raises(OutOfTurn):
        ask_committee(mou=mou, by=cast.product_manager)
    assert not Review.objects.exists()


def test_unmet_checks_keep_it_from_the_committee(town):
    mou = agreed(town.cast)
    review = ask_committee(mou=mou, by=town.cast.product_manager)
    with pytest.raises(ValidationError) as caught:
        submit_review(review=review, by=town.cast.product_manager)
    assert len(caught.value.message_dict["mou"]) == 5  # validations, roles and governance are there


def test_the_committee_approves_the_text_in_the_package(town):
    mou = decided(town)
    package = Package.objects.get()
    assert package.content["mou"]["sha256"] == the_text(mou).sha256
    assert (mou.state, mou.mandate.subject_id) == ("approved", str(mou.pk))
    assert "mou.moved" in told(town.cast.product_manager)


@pytest.mark.parametrize("outcome", ["returned", "rejected"])
def test_the_committee_sends_it_back(town, outcome):
    mou = decided(town, outcome)
    assert (mou.state, mou.mandate) == ("draft", None)


def test_a_portfolio_manager_prepares_it_for_the_committee(town):
    mou = agreed(town.cast)
    assert ask_committee(mou=mou, by=town.cast.portfolio_manager).ask_en


def test_taking_it_back_withdraws_it_from_the_committee(town):
    mou = agreed(town.cast)
    review = ask_committee(mou=mou, by=town.cast.product_manager)
    reopen_mou(mou=fresh(mou), reason="A word", by=town.cast.product_manager)
    review.refresh_from_db()
    assert (fresh(mou).state, review.state) == ("draft", "withdrawn")


def test_an_approved_text_is_sent_out_and_the_signatories_are_told(town):
    mou = decided(town)
    send_out(mou=mou, by=town.cast.product_manager)
    assert fresh(mou).state == "signing"
    assert "mou.turn" in told(town.cast.people["cio"])
    assert "mou.turn" in told(town.cast.sponsor)


def test_what_somebody_who_left_is_to_sign_is_not_sent_out(town):
    mou = decided(town)
    deactivate_person(person=town.cast.sponsor, reason="Left", by=town.cast.admin)
    with pytest.raises(ValidationError, match="has left"):
        send_out(mou=mou, by=town.cast.product_manager)


def test_review_page_shows_checks_and_voices(cast, client_of):
    mou = in_review(cast)
    page = client_of("director_general").get(reverse("mou-review", args=["JSA", mou.pk]))
    told = page.content.decode()
    assert "6 of eight checks are not met" in told
    assert reverse("mou-validate", args=["JSA", mou.pk, mou.parties.get(side="sponsor").pk]) in told
    assert reverse("mou-concur", args=["JSA", mou.pk]) not in told
