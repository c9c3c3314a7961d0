"""People in the administration: invited, changed, given another address, deactivated; offices given and ended."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.actions.people import appoint_person, change_person, invite_person
from people.models import Appointment, Capacity, Person
from products.models import Portfolio
from records.actors import SYSTEM
from records.jobs import run_due
from records.models import AuditEvent, Job
from records.writing import save
from tests.cast import SINCE
from tests.cast import person as make_person


@pytest.fixture
def office(client_of):
    return client_of("admin")


def act_on(name, *people):
    keys = "&".join(f"pk={each.pk}" for each in people)
    return reverse("admin:people_person_act", args=[name]) + "?" + keys


def invite(office, cast, **values):
    given = {"email": "new@home.example", "name": "Newcomer", "department": cast.department.pk, "language": "fr"}
    return office.post(reverse("admin:people_person_add"), given | values)


@pytest.mark.parametrize(("minutes", "opens", "takes"), [(29, 200, 302), (31, 302, 302), (61, 302, 302)])
def test_who_gave_the_password_long_ago_is_asked_before_a_page_opens(cast, client_of, minutes, opens, takes):
    office, asked = client_of("admin", minutes_ago=minutes), reverse("account_reauthenticate")
    page = office.get(reverse("admin:people_person_add"))
    assert page.status_code == opens
    assert (opens == 200) or page["Location"].startswith(asked)
    answer = invite(office, cast)
    assert answer["Location"].startswith(asked) == (minutes > 60)
    assert Person.objects.filter(email="new@home.example").exists() == (minutes <= 60)


def change(office, who, **values):
    given = {"name": who.name, "department": who.department_id, "language": "en", "version_seen": who.version}
    return office.post(reverse("admin:people_person_change", args=[who.pk]), given | values)


def test_newcomer_is_invited_by_mail_in_their_language(office, cast):
    assert invite(office, cast).status_code == 302
    newcomer = Person.objects.get(email="new@home.example")
    assert not newcomer.has_usable_password()
    assert EmailAddress.objects.get(user=newcomer).verified
    run_due()
    assert "/fr/account/" in next(message for message in mail.outbox if message.to == [newcomer.email]).body
    page = office.get(reverse("admin:people_person_change", args=[newcomer.pk])).content.decode()
    assert "invited, has not chosen a password yet" in page


def test_trail_of_an_invitation_holds_no_password(office, cast):
    invite(office, cast)
    event = AuditEvent.objects.filter(event="person invited", subject_name="Newcomer").get()
    assert event.actor_id == str(cast.people["admin"].pk)
    assert "password" not in event.changes


def test_what_the_trail_leaves_out_is_written_all_the_same(cast):
    someone = cast.people["colleague"]
    someone.set_password("another long password 1867")
    assert save(someone, by=cast.people["admin"]) == {}
    someone.refresh_from_db()
    assert someone.check_password("another long password 1867")


def test_taken_address_is_refused_whatever_its_capitals(office, cast):
    response = invite(office, cast, email="ADMIN@home.example")
    assert response.status_code == 422
    assert 'value="Newcomer"' in response.content.decode()


def test_invitation_is_sent_again_until_a_password_is_chosen(office, cast):
    invite(office, cast)
    newcomer = Person.objects.get(email="new@home.example")
    assert office.post(act_on("invite-again", newcomer)).status_code == 302
    assert Job.objects.filter(kind="people.invite", payload__person=str(newcomer.pk)).count() == 2
    assert AuditEvent.objects.filter(event="invitation sent again").count() == 1
    page = office.get(act_on("invite-again", cast.people["colleague"])).content.decode()
    assert "This does not fit any of the chosen records now." in page


def test_person_changed_and_made_administrator(office, cast):
    colleague = cast.people["colleague"]
    assert change(office, colleague, title_en="Analyst", title_fr="Analyste", is_administrator="on").status_code == 302
    colleague.refresh_from_db()
    assert (colleague.title_en, colleague.is_staff, colleague.is_superuser) == ("Analyst", True, True)
    assert AuditEvent.objects.filter(event="person changed", subject_id=str(colleague.pk)).count() == 1


def test_administrator_cannot_lock_themselves_out(office, cast):
    me = cast.people["admin"]
    assert change(office, me).status_code == 422
    assert office.post(act_on("deactivate", me), {"reason": "tired"}).status_code == 422
    me.refresh_from_db()
    assert me.is_active
    assert me.is_superuser


def test_new_address_ends_the_sessions(office, client_of, cast):
    colleague = cast.people["colleague"]
    theirs = client_of("colleague")
    given = {"email": "changed@home.example", "reason": "Married"}
    assert office.post(act_on("change-email", colleague), given).status_code == 302
    colleague.refresh_from_db()
    assert colleague.email == EmailAddress.objects.get(user=colleague).email == "changed@home.example"
    assert theirs.get("/en/").status_code == 302
    assert AuditEvent.objects.get(event="e-mail address changed").reason == "Married"


def test_new_address_of_somebody_else_is_refused(office, cast):
    given = {"email": "auditor@home.example", "reason": "Mistake"}
    assert office.post(act_on("change-email", cast.people["colleague"]), given).status_code == 422
    cast.people["colleague"].refresh_from_db()
    assert cast.people["colleague"].email == "colleague@home.example"


def test_several_are_deactivated_with_a_reason_and_signed_out(office, client_of, cast):
    theirs = client_of("colleague")
    theirs.get("/en/")
    leaving = [cast.people["colleague"], cast.people["executive"]]
    before = Session.objects.count()
    given = {"reason": "Left", "left_on": "2026-03-31"}
    assert office.post(act_on("deactivate", *leaving), given).status_code == 302
    assert Session.objects.count() == before - 1
    assert theirs.get("/en/").status_code == 302
    assert AuditEvent.objects.filter(event="person deactivated", reason="Left").count() == 2
    assert office.post(act_on("reactivate", leaving[0]), {"reason": "Back"}).status_code == 302
    assert Person.objects.get(pk=leaving[0].pk).is_active


def test_list_tells_who_was_invited(office, cast):
    invite_person(email="a@home.example", name="Waited For", department=cast.department, by=SYSTEM)
    page = office.get(reverse("admin:people_person_changelist") + "?access=invited").content.decode()
    assert "Waited For" in page
    assert "Colleague" not in page


def test_office_is_given_and_ended_with_its_capacity(office, cast):
    portfolio = Portfolio(department=cast.department, code="PF", name_en="Digital", name_fr="Numérique")
    from people.actions.reference import save_reference

    save_reference(entry=portfolio, by=SYSTEM)
    given = {"person": cast.people["colleague"].pk, "kind": "portfolio_manager", "department": cast.department.pk,
             "portfolio_id": portfolio.pk, "starts_on": "2026-04-01"}  # fmt: skip
    assert office.post(reverse("admin:people_appointment_add"), given).status_code == 302
    appointment = Appointment.objects.get(person=cast.people["colleague"])
    capacity = Capacity.objects.get(source_id=appointment.pk)
    assert (capacity.scope, capacity.scope_id) == ("portfolio", portfolio.pk)
    address = reverse("admin:people_appointment_act", args=["end"]) + f"?pk={appointment.pk}"
    assert office.post(address, {"reason": "Moved on", "ends_on": "2026-03-01"}).status_code == 422
    assert office.post(address, {"reason": "Moved on", "ends_on": "2026-09-30"}).status_code == 302
    capacity.refresh_from_db()
    assert str(capacity.ends_on) == "2026-09-30"


def test_head_of_a_branch_names_the_branch(office, cast):
    given = {"person": cast.people["colleague"].pk, "kind": "sponsor", "starts_on": "2026-04-01"}
    response = office.post(reverse("admin:people_appointment_add"), given)
    assert response.status_code == 422
    assert "Name the branch this person heads." in response.content.decode()


def queries(office, address):
    with CaptureQueriesContext(connection) as caught:
        assert office.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["people_person", "people_capacity", "people_appointment", "records_auditevent"])
def test_list_asks_as_often_for_ten_rows_as_for_many(office, cast, name):
    address = reverse(f"admin:{name}_changelist")
    office.get(address)  # the first visit also notes in the session that somebody is there
    few = queries(office, address)
    for number in range(40):
        extra = make_person(f"extra_{number}", cast.department, cast.branch)
        appoint_person(person=extra, kind="executive", department=cast.department, starts_on=SINCE, by=SYSTEM)
    assert queries(office, address) == few <= 12


def test_title_is_told_in_the_reader_s_language(cast, town, client_of):
    change_person(
        person=town.chair,
        title_en="Chief Financial Officer",
        title_fr="Dirigeant principal des finances",
        by=cast.people["admin"],
    )
    address = reverse("board-detail", args=[town.board.pk])
    client = client_of("chair")
    assert "Chief Financial Officer" in client.get(address).content.decode()
    assert "Dirigeant principal des finances" in client.get(address.replace("/en/", "/fr/")).content.decode()
