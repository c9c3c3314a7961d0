"""What left what was signed: money, sources, officials; told once, and amended by one button."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from governance.actions.mou_log import describe_version, sign_again
from governance.jobs import look_ahead
from governance.models import Mou
from governance.mou.ahead import Terms, next_review
from governance.mou.changed import differences, sections_of
from people.actions.people import appoint_person, end_appointment
from people.models import Appointment, Notice
from products.actions.budget import add_budget_line, change_budget_line
from products.fiscal import fiscal_year_of
from products.models import BudgetLine, FundingSource
from records import clock
from records.actors import SYSTEM
from records.refusals import Conflict, OutOfTurn, Refused
from records.writing import save
from tests.governance.mou_rows import memorandum
from tests.governance.test_mou_transfers import funded

HOUR = timedelta(hours=1)


def signed(cast):
    """In force since an hour ago, with the budget line its salary money rests on."""
    with clock.at(clock.now() - HOUR):
        mou = funded(cast)
    with clock.at(clock.now() - 2 * HOUR):
        budget(cast, 200)
    return mou


def budget(cast, planned, source="A", kind="salary"):
    found, year = FundingSource.objects.get(code=source), fiscal_year_of(clock.today())
    values = {"fiscal_year": year, "source": found, "kind": kind, "planned": Decimal(planned)}
    return add_budget_line(product=cast.product, by=cast.product_manager, **values)


def told(mou):
    return [(each.what, each.was, each.now) for each in differences(Mou.objects.get(pk=mou.pk))]


def test_nothing_differs_right_after_signing(cast):
    assert told(signed(cast)) == []


def test_changed_amount_and_new_source_open_the_section_on_money(cast):
    mou = signed(cast)
    change_budget_line(line=BudgetLine.objects.get(), by=cast.product_manager, planned=Decimal(150))
    other = FundingSource(department=cast.department, code="B", name_en="Project", name_fr="Projet")
    save(other, by=SYSTEM)
    budget(cast, 50, "B", "cloud")
    (first, was, now), second = told(mou)
    assert "Branch budget, salary" in first
    assert (was, now) == ("$200", "$150")
    assert "Project, non-salary" in second[0]
    assert second[1] == "nothing planned"
    assert sections_of(differences(mou)) == [1, 7]


def test_source_no_longer_in_use_is_a_change(cast):
    mou, source = signed(cast), FundingSource.objects.get()
    source.is_active = False
    save(source, by=SYSTEM)
    assert told(mou) == [("Source of funds", "Branch budget", "no longer in use")]


def test_another_head_of_the_branch_opens_the_sections_on_officials(cast):
    mou = signed(cast)
    office = Appointment.objects.get(kind="sponsor", person=cast.sponsor)
    with clock.at(clock.now() + timedelta(days=2)):
        end_appointment(appointment=office, ends_on=clock.today() - timedelta(days=1), by=SYSTEM)
        appoint_person(
            person=cast.colleague, kind="sponsor", department=cast.department, branch=cast.branch, by=SYSTEM,
            starts_on=clock.today(),
        )  # fmt: skip
        ((what, was, now),) = told(mou)
        assert sections_of(differences(mou)) == [11, 14]
    assert "Program branch" in what
    assert was.startswith("Sponsor")
    assert now == "Colleague"


def test_official_who_left_is_a_change(cast):
    mou, person = signed(cast), cast.people["cio"]
    person.is_active = False
    save(person, by=SYSTEM)
    assert told(mou)[0][2] in ("left", "Cio")


def test_parties_are_told_once_for_each_state_of_things(cast):
    signed(cast)
    line = BudgetLine.objects.get()
    for planned in (150, 120):
        change_budget_line(line=line, by=cast.product_manager, planned=Decimal(planned))
        for _again in range(2):
            run(look_ahead)
    assert Notice.objects.filter(kind="mou.changed", person=cast.sponsor).count() == 2


def run(job):
    from records.acts import performing

    with performing():
        job({})


def test_one_button_begins_the_amendment_of_what_changed(cast):
    mou = signed(cast)
    with pytest.raises(Conflict, match="agrees with the records"):
        sign_again(mou=mou, by=cast.product_manager)
    change_budget_line(line=BudgetLine.objects.get(), by=cast.product_manager, planned=Decimal(150))
    with pytest.raises(Refused):
        sign_again(mou=mou, by=cast.sponsor)
    draft = sign_again(mou=mou, by=cast.product_manager)
    assert (draft.state, draft.edition, draft.opened_sections) == ("draft", 2, [1, 7])
    assert "$150" in draft.change_en
    assert "150" in draft.change_fr
    with pytest.raises(Conflict):
        sign_again(mou=mou, by=cast.product_manager)


@pytest.mark.parametrize(("cycle", "start", "review_on", "expected"), [
    ("yearly", date(2026, 6, 1), None, date(2027, 6, 1)), ("yearly", date(2020, 2, 29), None, date(2027, 2, 28)),
    ("yearly", date(2025, 11, 22), None, date(2026, 11, 22)), ("four_yearly", date(2020, 6, 1), None, date(2028, 6, 1)),
    ("on_date", date(2026, 6, 1), date(2027, 1, 15), date(2027, 1, 15)),
    ("on_date", date(2026, 6, 1), date(2026, 1, 15), None)])  # fmt: skip
def test_next_review_follows_the_cycle(cycle, start, review_on, expected):
    day = clock.now().replace(year=2026, month=11, day=22)
    with clock.at(day):
        assert next_review(Terms(None, start, None, cycle, review_on)) == expected


@pytest.mark.parametrize(("cycle", "since", "done", "review_on", "expected"), [
    ("yearly", date(2025, 7, 1), None, None, date(2026, 6, 1)),  # passed while in force, and nobody noted it
    ("yearly", date(2025, 7, 1), date(2026, 6, 1), None, date(2027, 6, 1)),
    ("yearly", date(2026, 7, 1), None, None, date(2027, 6, 1)),  # signed after it had passed
    ("yearly", date(2026, 7, 1), date(2027, 6, 1), None, date(2028, 6, 1)),  # done before it was due
    ("four_yearly", date(2020, 6, 1), date(2024, 6, 1), None, date(2028, 6, 1)),
    ("on_date", date(2025, 7, 1), None, date(2026, 1, 15), date(2026, 1, 15)),
    ("on_date", date(2025, 7, 1), date(2026, 1, 15), date(2026, 1, 15), date(2027, 1, 15)),
])  # fmt: skip
def test_a_review_that_nobody_noted_stays_due_and_the_next_follows(cycle, since, done, review_on, expected):
    start = date(2020, 6, 1)
    terms = Terms(
        None, start, since, cycle, review_on, done, date(2027, 1, 15) if cycle == "on_date" and done else None
    )
    with clock.at(clock.now().replace(year=2026, month=11, day=22)):
        assert next_review(terms) == expected


def test_reminders_come_120_60_and_30_days_before_and_once_each(cast):
    memorandum(cast, "in_force", ends_on=clock.today() + timedelta(days=130), review_cycle="on_date")
    for days in (0, 10, 11, 70, 99, 100, 130, 131):
        with clock.at(clock.now() + timedelta(days=days)):
            run(look_ahead)
    words = Notice.objects.filter(kind="mou.due", person=cast.sponsor).order_by("at").values_list("text_en", flat=True)
    assert [next(mark for mark in (120, 60, 30) if f"within {mark} days" in each) for each in words] == [120, 60, 30]


def test_log_is_edited_by_its_writers_but_not_while_a_version_is_on_its_way(cast, client_of):
    mou = memorandum(cast, "in_force")
    address = f"/en/products/JSA/mou/{mou.pk}/log/describe/"
    client = client_of("product_manager")
    assert client.post(address, {"change_en": "Said", "change_fr": "", "version": mou.version}).status_code == 422
    assert client.post(address, {"change_en": "Said", "change_fr": "Dit", "version": mou.version}).status_code == 303
    assert "Said" in client.get(f"/en/products/JSA/mou/{mou.pk}/log/").content.decode()
    draft = memorandum(cast, "in_review", number=mou.number, edition=2, amends=mou)
    with pytest.raises(OutOfTurn):
        describe_version(mou=Mou.objects.get(pk=mou.pk), change_en="A", change_fr="B", by=cast.product_manager)
    with pytest.raises(OutOfTurn):
        describe_version(mou=draft, change_en="A", change_fr="B", by=cast.product_manager)
