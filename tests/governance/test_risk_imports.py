"""Import of a register: every bad row and cell is named, all rows are written or none, updating by number."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from governance.actions.risks import close_risk
from governance.models import Mitigation, Risk, RiskImport, RiskScore
from records import clock
from records.actors import SYSTEM
from records.jobs import run_due
from records.models import AuditEvent
from records.writing import save
from tests.governance.risk_history import a_member
from tests.governance.risk_world import DIT, a_risk, an_activity

UPLOAD = "/en/products/JSA/risks/import/"
HEAD = "Risk,Product,Given that (English),There is a risk that (English),Which will lead to (English),Category,Strategy"
SCORED = "Current likelihood,Current impact"
ROW = ",,few know it,nobody does it,delays,technology,monitor,4,4"
ACTIVITY = "New activity (English),Who does it (e-mail address),Activity due on"


@pytest.fixture
def client(client_of):
    return client_of("product_manager")


def checked(client, content, name="risks.csv"):
    """Upload and let the job check; the row and its page."""
    content = content.encode() if isinstance(content, str) else content
    answer = client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 303, answer.content.decode()
    run_due()
    return RiskImport.objects.order_by("-uploaded_at").first(), client.get(answer["Location"]).content.decode()


def confirm(client, upload):
    answer = client.post(f"{UPLOAD}{upload.pk}/confirm/", {"version": upload.version})
    run_due()
    upload.refresh_from_db()
    return answer


def problems(upload):
    return {(row, column): en for row, column, _cell, en, _fr in upload.problems}


def file_of(client, kind, language="en"):
    answer = client.get(f"/{language}/products/JSA/risks/register.{kind}")
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_good_file_is_previewed_then_raises_and_changes_risks_as_one_act(cast, client):
    known = a_risk(cast)
    content = (
        f"{HEAD},{SCORED},Why the score changes\n{ROW},\nR-1,JSA,few know it,nobody does it,delays,people,,5,5,Rose\n"
    )
    upload, page = checked(client, content)
    assert (upload.state, upload.new_count, upload.changed_count) == ("ready", 1, 1), upload.problems
    assert "The file can be imported" in page
    assert Risk.objects.count() == 1
    assert not AuditEvent.objects.filter(event="risk raised", reason="").exclude(subject_id=str(known.pk)).exists()
    assert confirm(client, upload).status_code == 303
    assert (upload.state, Risk.objects.count()) == ("applied", 2)
    score = RiskScore.objects.standing().get(risk=known, kind="current")
    assert (score.likelihood, score.impact, score.note) == (5, 5, "Rose")
    assert Risk.objects.get(pk=known.pk).given_en == "few know it"
    assert AuditEvent.objects.filter(event="risk register imported", chain=upload.chain()).count() == 1


def test_one_broken_row_refuses_the_whole_file_and_names_its_cells(cast, client):
    a_risk(cast)
    upload, page = checked(
        client,
        "\n".join(
            [
                f"{HEAD},{SCORED},{ACTIVITY}",
                f"{ROW},,,",
                "R-9,,a,b,c,technology,monitor,4,4,,,",
                ",ELSE,a,b,,sports,mitigate,6,,,,",
                ",,a,b,c,technology,monitor,4,4,Do it,nobody@home.example,soon",
                ",,a,b,c,technology,mitigate,4,4,,,",
                "R-001,,a,b,c,technology,,4,4,,,",
                "R-001,,a,b,c,technology,,4,4,,,",
            ]
        ),
    )
    found = problems(upload)
    assert upload.state == "refused"
    assert {(3, "number"), (4, "product"), (4, "consequence_en"), (4, "category"), (4, "current_likelihood")} <= set(
        found
    )
    assert {(4, "current_impact"), (5, "activity_owner"), (5, "activity_due"), (8, "number")} <= set(found)
    assert "Row 7 is about this risk already" in found[(8, "number")]
    assert "Write a level from 1 to 5." in page
    assert Risk.objects.count() == 1


def test_what_the_rules_refuse_is_named_before_anything_is_written(cast, client):
    risk = a_risk(cast)
    late = clock.today() + timedelta(days=300)
    upload, _page = checked(
        client,
        f"{HEAD},{SCORED},Next review\n{ROW},{late}\n,,a,b,c,technology,mitigate,4,4,\n"
        f"{risk.label},,a,b,c,technology,,1,1,\n",
    )
    found = problems(upload)
    assert "looked at again by" in found[(2, "review_on")]
    assert "needs an activity" in found[(3, "strategy")]
    assert found[(4, "note")] == "Say why the score changes."
    assert (Risk.objects.count(), AuditEvent.objects.filter(event="risk raised").count()) == (1, 1)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_was_taken_away_comes_back_unchanged(cast, client, kind, language):
    a_risk(
        cast, **DIT, owner=cast.it_manager, impact_areas=["legal", "media"], strategy="transfer", transfer_to="=Them"
    )
    a_risk(cast, product=a_member(cast), given_en="'-1 is \r\n two lines; “quoted”", scores={"current": (2, 2)})
    a_risk(cast, event_en="@risk, with a comma", strategy="mitigate", first=an_activity(cast), strategy_note="+1")
    before = [(risk.pk, risk.version) for risk in Risk.objects.order_by("pk")]
    upload, _page = checked(client, file_of(client, kind, language), f"r.{kind}")
    assert (upload.state, upload.same_count, upload.changed_count) == ("ready", 3, 0), (upload.problems, upload.preview)
    confirm(client, upload)
    assert [(risk.pk, risk.version) for risk in Risk.objects.order_by("pk")] == before


def test_owner_who_left_or_has_capitals_in_the_address_comes_back_unchanged(cast, client):
    a_risk(cast, owner=cast.it_manager)
    a_risk(cast, owner=cast.product_owner)
    cast.it_manager.email, cast.product_owner.is_active = "IT.Manager@Home.Example", False
    for each in (cast.it_manager, cast.product_owner):
        save(each, by=SYSTEM)
    upload, _page = checked(client, file_of(client, "csv"))
    assert (upload.state, upload.same_count) == ("ready", 2), upload.problems
    gone = cast.product_owner.email
    upload, _page = checked(client, f"Owner (e-mail address),{HEAD},{SCORED}\n{gone},R-1,,a,b,c,technology,,4,4\n")
    assert list(problems(upload)) == [(2, "owner")]


def test_number_that_two_risks_have_is_told_by_the_code_of_the_product(cast, client):
    """Families that were joined before a register tied them hold R-001 twice."""
    one, other = a_risk(cast), a_risk(cast, product=a_member(cast))
    other.number = one.number
    save(other, by=SYSTEM)
    upload, shown = checked(client, file_of(client, "csv"))
    assert (upload.state, upload.same_count) == ("ready", 2), upload.problems
    assert "The file changes nothing" in shown
    assert "Import all rows" not in shown
    upload, _page = checked(client, f"{HEAD},{SCORED}\nGUIDE R-001,,told,b,c,technology,,4,4\n")
    confirm(client, upload)
    assert list(Risk.objects.filter(given_en="told")) == [other]
    upload, _page = checked(client, f"{HEAD},{SCORED}\nR-001,,a,b,c,technology,,4,4\nELSE R-001,,a,b,c,,,4,4\n")
    assert set(problems(upload)) == {(2, "number"), (3, "number")}
    assert "GUIDE R-001" in problems(upload)[(2, "number")] or "JSA R-001" in problems(upload)[(2, "number")]
    ids = re.findall(r' id="([^"]+)"', client.get("/en/products/JSA/risks/").content.decode())
    assert len(ids) == len(set(ids))


def test_workbook_may_hold_dates_and_a_strategy_with_its_activity(cast, client):
    book = Workbook()
    heads = [*HEAD.split(","), *SCORED.split(","), *ACTIVITY.split(","), "Signalé le"]
    book.active.append(heads)
    values = [
        None,
        "jsa",
        "a",
        "b",
        "c",
        "Technology",
        "MITIGATE",
        4,
        4,
        "Train two",
        cast.it_manager.email,
    ]
    book.active.append([*values, date(2099, 1, 2), date(2026, 1, 2)])
    written = io.BytesIO()
    book.save(written)
    upload, _page = checked(client, written.getvalue(), "r.xlsx")
    assert upload.state == "ready", upload.problems
    confirm(client, upload)
    assert Mitigation.objects.get().due_on == date(2099, 1, 2)


def test_risk_that_was_closed_since_the_preview_refuses_the_import(cast, client):
    risk = a_risk(cast)
    upload, _page = checked(client, f"{HEAD},{SCORED}\n{ROW}\n{risk.label},,a,b,c,technology,,4,4\n")
    assert upload.state == "ready", upload.problems
    close_risk(risk=Risk.objects.get(pk=risk.pk), reason="Gone", by=cast.product_manager)
    confirm(client, upload)
    assert (upload.state, Risk.objects.get().given_en) == ("refused", risk.given_en)


def test_who_only_reads_is_refused_and_others_find_nothing(cast, client, client_of):
    upload, _page = checked(client, f"{HEAD},{SCORED}\n{ROW}\n")
    for name, status in {"sponsor": 403, "auditor": 403, "colleague": 404, "stranger": 404}.items():
        assert client_of(name).get(UPLOAD).status_code == status, name
        assert client_of(name).get(f"{UPLOAD}{upload.pk}/").status_code == 404, name
    assert client_of("it_manager").post(f"{UPLOAD}{upload.pk}/confirm/", {"version": 1}).status_code == 404


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\x00", b"PK\x03\x04 no workbook"])
def test_what_is_no_table_is_refused_at_once(cast, client, content):
    answer = client.post(UPLOAD, {"file": SimpleUploadedFile("r.xlsx", content)})
    assert (answer.status_code, RiskImport.objects.count()) == (422, 0)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_empty_template_is_read_back_without_a_problem_of_heads(cast, client, kind):
    upload, _page = checked(client, client.get(f"{UPLOAD}template.{kind}").content, f"t.{kind}")
    assert list(problems(upload)) == [(0, "")]
