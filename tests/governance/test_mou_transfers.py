"""Transfers planned and actual: what is booked, corrected and taken back, by whom, and what the page and its files say."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from governance.actions.mou_transfers import book_transfer, correct_transfer, remove_transfer
from governance.models import MouAmount, MouTransfer
from governance.mou.transfers import bookings, plan
from governance.mou_states import MouMoney, Side
from products.fiscal import fiscal_year_of
from products.models import FundingSource
from records import clock
from records.actors import SYSTEM
from records.models import AuditEvent
from records.refusals import OutOfTurn, Refused, Stale
from records.writing import save
from tests.governance.mou_rows import amendment, memorandum


def now():
    return fiscal_year_of(clock.today())


def funded(cast, state="in_force", **values):
    """A memorandum with two years of salary money and one of hosting."""
    mou = memorandum(cast, state, **values)
    source, _made = FundingSource.objects.filter(code="A").first(), None
    if source is None:
        source = FundingSource(department=cast.department, code="A", name_en="Branch budget", name_fr="Budget")
        save(source, by=SYSTEM)
    for year, kind, amount in ((now() - 1, "salary", 100), (now(), "salary", 200), (now(), "non_salary", 50)):
        line = MouAmount(mou=mou, party=mou.parties.get(side=Side.SPONSOR), fiscal_year=year, kind=kind)
        line.source, line.amount = source, Decimal(amount)
        save(line, by=SYSTEM)
    return mou


def values(cast, **more):
    return {"branch": cast.branch, "fiscal_year": now(), "kind": MouMoney.SALARY, "amount": Decimal(80),
            "transferred_on": clock.today(), "reference": "JV 12"} | more  # fmt: skip


def book(cast, mou, **more):
    return book_transfer(mou=mou, by=cast.product_manager, **values(cast, **more))


def test_planned_actual_and_what_is_still_to_come(cast):
    mou = funded(cast)
    book(cast, mou)
    book(cast, mou, amount=Decimal("20.50"))
    last, this = plan(mou, bookings(mou))
    assert (last.total.planned, last.total.actual, last.total.to_come) == (100, None, 100)
    assert (last.is_late, this.is_late) == (True, False)
    assert (this.salary.planned, this.salary.actual) == (200, Decimal("100.50"))
    assert (this.other.actual, this.total.to_come) == (None, Decimal("149.50"))


def test_bookings_stay_with_the_agreement_when_a_newer_version_takes_its_place(cast):
    old = funded(cast, "superseded")
    book(cast, old)
    new = amendment(cast, old, "in_force")
    assert [row.amount for row in bookings(new)] == [80]
    assert plan(new, bookings(new))[0].total.is_unplanned


@pytest.mark.parametrize(("more", "field"), [
    ({"amount": Decimal(0)}, "__all__"), ({"amount": Decimal(-1)}, "amount"), ({"fiscal_year": 2099}, "fiscal_year"),
    ({"transferred_on": "tomorrow"}, "transferred_on"), ({"branch": "it"}, "branch"),
    ({"amount": Decimal("1e13")}, "amount")])  # fmt: skip
def test_what_the_memorandum_does_not_know_is_not_booked(cast, more, field):
    mou = funded(cast)
    said = {"tomorrow": clock.today() + timedelta(days=1), "it": mou.parties.get(side=Side.IT).branch}
    more = {name: said.get(value, value) if isinstance(value, str) else value for name, value in more.items()}
    with pytest.raises(ValidationError) as wrong:
        book(cast, mou, **more)
    assert field in wrong.value.message_dict
    assert MouTransfer.objects.count() == 0


def test_money_is_booked_by_the_leads_and_the_cfo_and_only_once_in_force(cast):
    mou = funded(cast)
    for name in ("sponsor", "product_owner", "auditor", "stranger", "admin"):
        with pytest.raises(Refused):
            book_transfer(mou=mou, by=cast.people[name], **values(cast))
    book_transfer(mou=mou, by=cast.cfo, **values(cast))
    mou.state = "signing"
    with pytest.raises(OutOfTurn):
        book(cast, mou)
    mou.state = "expired"
    book(cast, mou)


def test_correction_and_removal_stay_in_the_trail(cast):
    mou = funded(cast)
    row = book(cast, mou)
    seen = row.version
    correct_transfer(transfer=row, mou=mou, by=cast.cfo, expected=seen, reason="Typed twice", amount=Decimal(8))
    with pytest.raises(Stale):
        correct_transfer(transfer=MouTransfer.objects.get(), mou=mou, by=cast.cfo, expected=seen, amount=Decimal(9))
    with pytest.raises(ValidationError):
        remove_transfer(transfer=row, reason="", by=cast.cfo)
    remove_transfer(transfer=row, reason="Never came", by=cast.cfo)
    assert MouTransfer.objects.count() == 0
    told = AuditEvent.objects.filter(event__startswith="transfer").order_by("number").values_list("event", "reason")
    assert list(told) == [
        ("transfer booked", ""), ("transfer corrected", "Typed twice"), ("transfer removed", "Never came")]  # fmt: skip
