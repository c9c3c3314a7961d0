"""A memorandum's whole life in any order: whatever people try, what is in force was signed by all on one text (R-20)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from governance.actions.mou_review import reopen_mou, send_for_review, send_out
from governance.actions.mou_signing import decline_to_sign, void_mou
from governance.models import Mou, MouOpinion, MouSignature, MouText
from governance.mou.canonical import digest
from governance.mou.frozen import frozen_text, is_agreed
from governance.mou_states import MOU_MOVES
from records.refusals import Conflict, Refused
from tests.governance.mou_world import approve, drafted, fresh, official, say, signs

pytestmark = pytest.mark.django_db
WRITER = st.sampled_from(["product_manager", "product_manager", "head_of_product", "colleague", "cio"])
JUDGE = st.sampled_from(["director_general", "it_director", "cfo"])
SIGNER = st.sampled_from(["cio", "sponsor"])
ANYBODY = st.sampled_from(["cio", "sponsor", "cfo", "product_manager", "stranger"])


def stands(*states):
    return precondition(lambda life: life.mou.state in states)


def now_and_then(*states):
    """For what leads back or nowhere: seldom, so that lives come to their end."""
    return precondition(lambda life: life.mou.state in states and life.steps % 6 == 5)


class Life(RuleBasedStateMachine):
    """One memorandum. Every step is somebody trying something; what is out of turn is refused."""

    def __init__(self, cast, mou, reached):
        super().__init__()
        self.cast, self.reached, self.steps, self.old = cast, reached, 0, []
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.mou = fresh(mou)
        self.before = self.mou.state

    @initialize(far=st.sampled_from(["draft", "in_review", "approved", "signing"]))
    def it_has_come_so_far(self, far):
        """Lives begin anywhere on the way, so that a few of them come to every end."""
        writer = self.cast.product_manager
        for state, act in (("in_review", send_for_review), ("approved", None), ("signing", send_out)):
            if far == "draft" or self.mou.state == far:
                return
            if state == "approved":
                self.everybody_agrees()
                self.committee_approves()
            else:
                self.attempt(act, mou=self.mou, by=writer)

    def teardown(self):
        self.reached.append(self.mou.state)
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def attempt(self, act, *args, **values):
        """Try it; whether it was done."""
        self.steps, self.before = self.steps + 1, self.mou.state
        text = frozen_text(self.mou)
        try:
            act(*args, **values)
        except (Conflict, Refused, ValidationError):
            return False
        finally:
            self.mou = fresh(self.mou)
            if text and self.mou.state == "draft":
                self.old.append(text.sha256)
        return True

    @stands("draft")
    @rule(by=WRITER)
    def send_for_review(self, by):
        done = self.attempt(send_for_review, mou=self.mou, by=self.cast.people[by])
        assert done == (self.before == "draft" and by in ("product_manager", "head_of_product"))

    @stands("in_review")
    @rule(name=JUDGE)
    def agree(self, name):
        self.attempt(say, self.cast, self.mou, name)

    @stands("in_review")
    @rule()
    def everybody_agrees(self):
        for name in ("director_general", "it_director", "cfo"):
            self.attempt(say, self.cast, self.mou, name)
        assert is_agreed(self.mou)

    @now_and_then("in_review")
    @rule(name=JUDGE)
    def send_back(self, name):
        if self.attempt(say, self.cast, self.mou, name, "returns", "Too dear"):
            assert self.mou.state == "draft"

    @precondition(lambda life: life.mou.state == "in_review" and is_agreed(life.mou))
    @rule()
    def committee_approves(self):
        assert self.attempt(approve, self.mou, self.cast)

    @stands("approved", "in_review")
    @rule(by=WRITER)
    def send_out(self, by):
        done = self.attempt(send_out, mou=self.mou, by=self.cast.people[by])
        assert done == (self.before == "approved" and by in ("product_manager", "head_of_product"))

    @stands("signing")
    @rule(name=SIGNER)
    def sign(self, name):
        self.attempt(signs, self.cast, self.mou, name)

    @now_and_then("approved", "signing", "in_force", "declined")
    @rule(name=SIGNER, by=ANYBODY)
    def sign_for_another_or_out_of_turn(self, name, by):
        done = self.attempt(signs, self.cast, self.mou, name, by=self.cast.people[by])
        assert not done or (self.before == "signing" and name == by)

    @precondition(lambda life: life.mou.state == "signing" and life.old)
    @rule(name=SIGNER)
    def sign_what_was_read_before_it_changed(self, name):
        assert not self.attempt(signs, self.cast, self.mou, name, seen="0" * 64)

    @now_and_then("signing", "in_force")
    @rule(name=SIGNER)
    def decline(self, name):
        text = frozen_text(self.mou)
        values = {"reason": "No", "seen": text.sha256, "by": self.cast.people[name]}
        done = self.attempt(decline_to_sign, official=official(self.mou, self.cast, name), **values)
        assert not done or self.before == "signing"

    @precondition(lambda life: life.mou.state == "declined" or life.steps % 6 == 5)
    @rule()
    def reopen(self):
        done = self.attempt(reopen_mou, mou=self.mou, reason="A word", by=self.cast.product_manager)
        assert done == (self.before in ("in_review", "approved", "declined"))

    @precondition(lambda life: life.steps > 14 and life.steps % 5 == 0)
    @rule()
    def void(self):
        done = self.attempt(void_mou, mou=self.mou, reason="Given up", by=self.cast.product_manager)
        assert done == ("voided" in MOU_MOVES[self.before])

    @stands("voided", "in_force")
    @rule(name=SIGNER)
    def nothing_follows_the_end(self, name):
        assert not self.attempt(signs, self.cast, self.mou, name)
        assert not self.attempt(void_mou, mou=self.mou, reason="Given up", by=self.cast.product_manager)
        assert not self.attempt(reopen_mou, mou=self.mou, reason="A word", by=self.cast.product_manager)

    @invariant()
    def what_is_in_force_was_signed_by_all_on_the_text_that_stands(self):
        if self.mou.state == "in_force":
            text = frozen_text(self.mou)
            signed = MouSignature.objects.filter(text=text, act="signed", text_sha256=text.sha256)
            assert set(signed.values_list("signer_name", flat=True)) == {"Cio", "Sponsor"}
            assert is_agreed(self.mou)

    @invariant()
    def signatures_are_never_lost_and_stand_under_texts_that_agree_with_their_hash(self):
        for text in MouText.objects.filter(mou=self.mou):
            assert digest(text.content) == text.sha256
            assert all(each.text_sha256 == text.sha256 for each in text.signatures.all())
        declined = MouSignature.objects.filter(text__mou=self.mou, act="declined").count()
        assert (self.mou.state == "declined") <= (declined > 0)

    @invariant()
    def approval_is_a_mandate_and_lapses_with_its_text(self):
        approved = self.mou.state in ("approved", "signing", "in_force")
        assert approved <= (self.mou.mandate_id is not None)
        assert (self.mou.state != "draft") or self.mou.mandate_id is None
        assert MouOpinion.objects.filter(text__mou=self.mou).count() <= 3 * MouText.objects.filter(mou=self.mou).count()
        assert Mou.objects.filter(product=self.mou.product_id).count() == 1


def test_life_of_a_mou(cast):
    mou, reached = drafted(cast), []
    run_state_machine_as_test(
        lambda: Life(cast, mou, reached),
        settings=settings(
            max_examples=6,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
        ),
    )
    assert {"in_force", "voided"} & set(reached), f"The lives that were tried came to {reached}."
