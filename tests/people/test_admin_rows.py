"""The administration keeps the same rules: acts, versions, trail; no deletion, no passwords."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from people.models import Branch, Department, Person
from people.reference_admin import AuditedAdmin
from products.models import Program
from records.administration import RecordAdmin
from records.models import AuditEvent, Job
from records.writing import save


@pytest.fixture
def office(client_of):
    return client_of("admin")


def program(office, cast, **values):
    given = {"department": cast.department.pk, "code": "P1", "name_en": "Work", "name_fr": "Travail", "is_active": "on"}
    return office.post(reverse("admin:products_program_add"), given | values)


def change_page(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def form_of(record, **values):
    names = [field.name for field in record._meta.concrete_fields if field.editable and field.name != "id"]
    given = {name: getattr(record, record._meta.get_field(name).attname) for name in names}
    filled = {name: value for name, value in given.items() if value not in (None, False)}
    return filled | {"version_seen": record.version} | values


def test_entry_added_is_in_the_trail(office, cast):
    assert program(office, cast).status_code == 302
    event = AuditEvent.objects.get(event="reference entry added")
    assert (event.actor_name, event.subject_name, event.chain) == ("Admin", "Work", f"department:{cast.department.pk}")
    assert Program.history.count() == 1
    assert not LogEntry.objects.exists()


def test_entry_changed_says_from_what_to_what(office, cast):
    program(office, cast)
    entry = Program.objects.get()
    assert office.post(change_page(entry), form_of(entry, name_en="Employment")).status_code == 302
    event = AuditEvent.objects.get(event="reference entry changed")
    assert event.changes == {"name_en": ["Work", "Employment"]}
    page = office.get(reverse("admin:products_program_history", args=[entry.pk])).content.decode()
    assert "Work → Employment" in page


def test_entry_changed_meanwhile_shows_both_texts_and_keeps_what_was_typed(office, cast):
    program(office, cast)
    entry = Program.objects.get()
    typed = form_of(entry, name_en="Mine")
    entry.name_en = "Theirs"
    save(entry, by=cast.people["admin"])
    response = office.post(change_page(entry), typed)
    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="Mine"' in page
    assert "Now: Theirs" in page
    assert Program.objects.get().name_en == "Theirs"
    seen = re.search(r'name="version_seen" value="(\d+)"', page)[1]
    assert office.post(change_page(entry), typed | {"version_seen": seen}).status_code == 302
    assert Program.objects.get().name_en == "Mine"


def test_entry_with_a_taken_code_is_refused_with_everything_typed(office, cast):
    program(office, cast)
    response = program(office, cast, name_en="Another")
    assert response.status_code == 422
    assert "This department uses this code already." in response.content.decode()
    assert 'value="Another"' in response.content.decode()


def test_entry_sent_twice_is_added_once(office, cast):
    first, second = (program(office, cast, form_token="t" * 32) for _attempt in range(2))
    assert (first.status_code, second.status_code) == (302, 303)
    assert Program.objects.count() == 1


def test_entries_are_taken_out_of_use_together_after_confirmation(office, cast):
    for code in ("A", "B"):
        program(office, cast, code=code)
    chosen = [str(key) for key in Program.objects.values_list("pk", flat=True)]
    listed = office.post(
        reverse("admin:products_program_changelist"), {"action": "deactivate", "_selected_action": chosen}
    )
    page = office.get(listed["Location"]).content.decode()
    assert "For 2 records:" in page
    assert Program.objects.filter(is_active=True).count() == 2
    assert office.post(listed["Location"], {"reason": ""}).status_code == 422
    assert office.post(listed["Location"], {"reason": "Merged"}).status_code == 302
    assert not Program.objects.filter(is_active=True).exists()
    assert AuditEvent.objects.filter(event="reference entry changed", reason="Merged").count() == 2


def test_nothing_can_be_deleted(office, cast):
    for model, page in admin.site._registry.items():
        names = [url.name for url in page.urls if url.name]
        assert not [name for name in names if "delete" in name], model
    entry = cast.department
    assert office.post(f"/en/admin/people/department/{entry.pk}/delete/", {"post": "yes"}).status_code == 404
    assert Department.objects.filter(pk=entry.pk).exists()


def test_no_page_sets_a_password(office, cast):
    assert office.get("/en/admin/password_change/").status_code == 404
    page = office.get(change_page(cast.people["colleague"])).content.decode()
    assert "password" not in page.lower().replace("has not chosen a password", "")
    assert office.get(f"/en/admin/people/person/{cast.people['colleague'].pk}/password/").status_code == 404


def test_only_administrators_enter(client_of, client, cast):
    for name in cast.people:
        assert client_of(name).get("/en/admin/").status_code == (200 if name == "admin" else 403)
    assert client.get("/en/admin/").status_code == 302


def test_staff_without_administration_stays_out(client_of, cast):
    colleague = cast.people["colleague"]
    colleague.is_staff = True
    save(colleague, by=cast.people["admin"])
    assert client_of("colleague").get("/en/admin/").status_code == 403


def test_every_reference_model_is_audited():
    kept = {model._meta.label for model, page in admin.site._registry.items() if isinstance(page, AuditedAdmin)}
    assert {"products.Program", "products.Service", "products.Application", "roadmaps.ParallelProject"} <= kept


def test_department_and_branch_are_added_by_their_acts(office, cast):
    given = {"code": "new", "name_en": "New", "name_fr": "Nouveau", "fiscal_start_month": 4, "is_active": "on",
             "time_zone": "America/Halifax"}  # fmt: skip
    assert office.post(reverse("admin:people_department_add"), given).status_code == 302
    made = Department.objects.get(code="new")
    given = {"department": made.pk, "kind": "it", "acronym": "NIT", "name_en": "IT", "name_fr": "TI", "is_active": "on"}
    assert office.post(reverse("admin:people_branch_add"), given).status_code == 302
    branch = Branch.objects.get(acronym="NIT")
    assert office.post(change_page(branch), form_of(branch, name_en="Digital")).status_code == 302
    assert AuditEvent.objects.filter(event="branch changed").count() == 1


def test_picking_offers_only_entries_in_use(office, cast):
    program(office, cast)
    entry = Program.objects.get()
    address = reverse("admin:autocomplete")
    query = {"app_label": "products", "model_name": "service", "field_name": "program", "term": "Work"}
    assert len(office.get(address, query).json()["results"]) == 1
    entry.is_active = False
    save(entry, by=cast.people["admin"])
    assert office.get(address, query).json()["results"] == []


def test_parked_job_is_tried_again(office, cast):
    job = Job.objects.create(kind="people.invite", dedupe_key="k", state="parked", attempts=5, last_error="no route")
    address = reverse("admin:records_job_act", args=["retry"]) + f"?pk={job.pk}"
    assert "Try again" in office.get(address).content.decode()
    assert office.post(address, {"reason": "The mail server is back"}).status_code == 302
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 0)
    assert AuditEvent.objects.get(event="job tried again").actor_id == str(cast.people["admin"].pk)


def test_first_page_leads_to_every_kind_of_record(office):
    page = office.get("/en/admin/").content.decode()
    lists = [
        reverse(f"admin:{each._meta.app_label}_{each._meta.model_name}_changelist") for each in admin.site._registry
    ]
    assert [each for each in lists if f'href="{each}"' not in page] == []


def test_every_form_over_a_record_carries_the_version_that_was_seen(rf, cast):
    request = rf.get("/")
    request.user = cast.people["admin"]
    pages = [each for each in admin.site._registry.values() if isinstance(each, RecordAdmin)]
    assert pages
    without = [each for each in pages if "version_seen" not in each.get_fields(request, each.model())]
    assert without == []


def test_first_page_in_french(office):
    page = office.get("/fr/admin/").content.decode()
    assert '<html lang="fr"' in page
    assert "/en/admin/" in page


def test_person_is_not_offered_for_what_does_not_fit(office, cast):
    admin_person = Person.objects.get(pk=cast.people["admin"].pk)
    assert "reactivate" not in office.get(change_page(admin_person)).content.decode()
