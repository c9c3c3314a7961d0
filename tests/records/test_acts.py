"""One act, one transaction: all of it or nothing, once per form, and refusals remembered."""

import threading
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from people.actions.organisation import register_department
from people.models import Branch
from products.actions.products import change_product, register_product
from products.models import Product
from records import acts, clock
from records.actors import SYSTEM
from records.acts import act, form_token
from records.models import AuditEvent, FormToken
from records.moves import check_move
from records.refusals import AgainstTheRule, AlreadyDone, Conflict, OutOfTurn, Refused, Stale
from records.trail import record
from records.writing import save


def rename(product, name, by, **values):
    return change_product(product=product, name_en=name, by=by, **values)


def test_act_that_fails_half_way_leaves_nothing(cast):
    @act
    def rename_then_fail(*, by):
        cast.product.name_en = "Half done"
        record("product changed", on=cast.product, by=by, changes=save(cast.product, by=by))
        raise ValidationError("no")

    before = AuditEvent.objects.count()
    with pytest.raises(ValidationError):
        rename_then_fail(by=cast.product_manager)
    assert Product.objects.get().name_en == "Job Seeker Account"
    assert AuditEvent.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_pointing_at_what_was_taken_away_meanwhile_is_a_conflict(cast):
    gone = Branch(department=cast.department)
    gone._state.adding = False  # read once, no longer there

    @act
    def move(*, by):
        cast.product.sponsoring_branch = gone
        save(cast.product, by=by)

    with pytest.raises(Conflict):
        move(by=cast.product_manager)
    assert Product.objects.get().sponsoring_branch == cast.branch


def test_event_outside_an_act_is_refused(cast):
    with pytest.raises(RuntimeError, match="inside an act"):
        record("product changed", on=cast.product, by=cast.product_manager)


def test_refusal_changes_nothing_and_is_recorded(cast):
    with pytest.raises(Refused, match="It is for: Head of Product, Product Manager, portfolio manager"):
        rename(cast.product, "Mine now", cast.colleague)
    event = AuditEvent.objects.filter(chain=cast.product.chain()).latest("number")
    assert (event.event, event.actor_name, event.changes) == (
        "act refused",
        "Colleague",
        {"act": [None, "change_product"]},
    )
    assert Product.objects.get().name_en == "Job Seeker Account"


def test_superuser_gets_nothing_from_the_table(cast):
    with pytest.raises(Refused):
        rename(cast.product, "Mine now", cast.admin)


def test_change_is_recorded_from_what_to_what_and_why(cast):
    rename(cast.product, "Job Seekers", cast.product_manager, reason="plain words")
    event = AuditEvent.objects.filter(chain=cast.product.chain()).latest("number")
    assert event.changes == {"name_en": ["Job Seeker Account", "Job Seekers"]}
    assert event.reason == "plain words"


def test_second_save_of_the_same_version_is_stale(cast):
    mine, theirs = Product.objects.get(), Product.objects.get()
    rename(theirs, "Theirs", cast.head_of_product)
    with pytest.raises(Stale) as caught:
        rename(mine, "Mine", cast.product_manager)
    assert caught.value.current.name_en == "Theirs"


def test_who_was_first_is_told_by_the_clock_on_the_wall(cast):
    mine, theirs = Product.objects.get(), Product.objects.get()
    with clock.at(datetime(2026, 11, 18, 14, 32, tzinfo=UTC)):
        rename(theirs, "Theirs", cast.head_of_product)
    with pytest.raises(Stale, match="on 2026-11-18 09:32"):
        rename(mine, "Mine", cast.product_manager)


def test_saving_without_change_writes_nothing(cast):
    version, events = cast.product.version, AuditEvent.objects.count()
    rename(cast.product, cast.product.name_en, cast.product_manager)
    assert (Product.objects.get().version, AuditEvent.objects.count()) == (version, events)


def test_history_stands_at_the_instant_of_the_act(cast):
    then = clock.now().replace(year=2025, month=5, day=2)
    with clock.at(then):
        rename(cast.product, "In May", cast.product_manager)
    kept = Product.history.filter(name_en="In May").get()
    assert kept.history_date == then
    assert kept.history_user_id == str(cast.product_manager.pk)


def test_governed_rows_cannot_be_updated_past_the_writer(cast):
    with pytest.raises(TypeError, match="one by one"):
        Product.objects.update(name_en="x")


def test_same_form_twice_is_one_act(cast):
    token = form_token.set("person:abc")
    try:
        rename(cast.product, "Once", cast.product_manager)
        form_token.set("person:abc")
        with pytest.raises(AlreadyDone):
            rename(cast.product, "Twice", cast.product_manager)
    finally:
        form_token.reset(token)
    assert Product.objects.get().name_en == "Once"
    assert FormToken.objects.count() == 1


def test_failed_form_may_be_sent_again(cast):
    token = form_token.set("person:abc")
    try:
        with pytest.raises(ValidationError):
            rename(cast.product, "", cast.product_manager)
        cast.product.refresh_from_db()
        rename(cast.product, "Better", cast.product_manager)
    finally:
        form_token.reset(token)
    assert Product.objects.get().name_en == "Better"


def test_acts_do_not_leak_into_each_other(cast):
    assert acts.running() is None


@pytest.mark.django_db(transaction=True)
def test_ten_people_register_the_same_code_and_one_wins():
    from tests.cast import make_cast

    cast, answers = make_cast(), []

    def register():
        try:
            register_product(
                department=cast.department,
                by=cast.portfolio_manager,
                code="SAME",
                name_en="A",
                name_fr="B",
                level="departmental",
                sponsoring_branch=cast.branch,
            )
            answers.append("done")
        except (Conflict, ValidationError) as refusal:
            answers.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=register) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count("done") == 1
    assert len(answers) == 10


def test_department_chain_holds_what_belongs_to_no_product(db):
    department = register_department(code="X", name_en="X", name_fr="X", by=SYSTEM)
    assert AuditEvent.objects.get(chain=department.chain()).event == "department registered"


def test_step_out_of_turn_and_answer_against_a_rule_are_recorded_a_meeting_by_chance_is_not(cast):
    @act
    def attempt(*, product, error, by):
        product.name_en = "Half done"
        save(product, by=by)
        raise error

    noted = AuditEvent.objects.filter(event="act refused", chain=cast.product.chain())
    for error in (
        OutOfTurn("too late"),
        AgainstTheRule({"name": "no"}),
        Conflict("a race"),
        Stale("old", current=None),
    ):
        with pytest.raises((Conflict, ValidationError)):
            attempt(product=Product.objects.get(), error=error, by=cast.product_manager)
    assert [(each.reason, each.changes["act"]) for each in noted.order_by("number")] == [
        ("too late", [None, "attempt"]),
        ("no", [None, "attempt"]),
    ]
    assert Product.objects.get().name_en == "Job Seeker Account"


def test_move_that_the_table_does_not_know_is_out_of_turn():
    with pytest.raises(OutOfTurn, match="it cannot become open"):
        check_move({"closed": set()}, "closed", "open")


def test_form_sent_twice_leaves_no_refusal(cast):
    token = form_token.set("person:abc")
    try:
        rename(cast.product, "Once", cast.product_manager)
        form_token.set("person:abc")
        with pytest.raises(AlreadyDone):
            rename(cast.product, "Twice", cast.product_manager)
    finally:
        form_token.reset(token)
    assert not AuditEvent.objects.filter(event="act refused").exists()
