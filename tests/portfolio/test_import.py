"""Import of an inventory: every bad cell is named, all rows are written or none, updating by code."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from openpyxl import Workbook

from people.actions.people import deactivate_person
from portfolio.models import InventoryImport
from products.models import Product
from records.actors import SYSTEM
from records.jobs import run_due
from records.models import AuditEvent, Job
from tests.products.landscape import a_portfolio
from tests.products.test_inventory_actions import another

UPLOAD = "/en/inventory/import/"
HEAD = "Code,Name (English),Name (French),Level,Orientation,Branch"
ROW = "PAY,Payments,Paiements,CIO,internal,HOME-PROGRAM"


def upload(client, content, name="inventory.csv", language="en", department=None):
    content = content.encode() if isinstance(content, str) else content
    fields = {"department": department or InventoryImport.department.field.related_model.objects.get(code="HOME").pk}
    return client.post(UPLOAD.replace("/en/", f"/{language}/"), fields | {"file": SimpleUploadedFile(name, content)})


def checked(client, content, name="inventory.csv"):
    """Upload and let the job check; the row and its page."""
    answer = upload(client, content, name)
    assert answer.status_code == 303, answer.content.decode()
    run_due()
    return InventoryImport.objects.order_by("-uploaded_at").first(), client.get(answer["Location"]).content.decode()


def confirm(client, inventory):
    answer = client.post(f"{UPLOAD}{inventory.pk}/confirm/", {"version": inventory.version})
    run_due()
    inventory.refresh_from_db()
    return answer


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def problems(inventory):
    return {(row, column): en for row, column, _cell, en, _fr in inventory.problems}


@pytest.fixture
def client(client_of):
    return client_of("portfolio_manager")


def test_good_file_is_previewed_then_imported_as_one_act(cast, client):
    inventory, page = checked(client, f"{HEAD}\n{ROW}\nJSA,Job Seeker Account,Nouveau nom,CIO,external,HOME-PROGRAM\n")
    assert (inventory.state, inventory.new_count, inventory.changed_count) == ("ready", 1, 1)
    assert "The file can be imported" in page
    assert not Product.objects.filter(code="PAY").exists()
    assert confirm(client, inventory).status_code == 303
    assert (inventory.state, Product.objects.get(code="JSA").name_fr) == ("applied", "Nouveau nom")
    assert Product.objects.get(code="PAY").head_id == Product.objects.get(code="PAY").pk
    assert AuditEvent.objects.filter(event="inventory imported", chain=inventory.chain()).count() == 1
    assert AuditEvent.objects.filter(event="product registered", reason="inventory.csv").count() == 1


def test_same_file_again_changes_nothing(cast, client):
    first, _page = checked(client, f"{HEAD}\n{ROW}\n")
    confirm(client, first)
    version = Product.objects.get(code="PAY").version
    again, _page = checked(client, f"{HEAD}\n{ROW}\n")
    confirm(client, again)
    assert (again.same_count, Product.objects.get(code="PAY").version) == (1, version)


def test_import_is_confirmed_once(cast, client):
    inventory, _page = checked(client, f"{HEAD}\n{ROW}\n")
    confirm(client, inventory)
    assert confirm(client, inventory).status_code == 409
    Job.objects.filter(kind="portfolio.apply_inventory").update(state="queued", finished_at=None)
    run_due()
    assert Product.objects.filter(code="PAY").count() == 1


def test_every_bad_cell_is_named_by_row_and_column(cast, client):
    inventory, page = checked(
        client,
        "\n".join(
            [
                HEAD,
                "pay 2,,Paiements,CIO,internal,HOME-PROGRAM",
                "A1,A,A,CIO,,HOME-PROGRAM",
                "A2,A,A,national,internal,HOME-PROGRAM",
                "A3,A,A,CIO,internal,NOWHERE",
                "A1,A,A,CIO,internal,HOME-PROGRAM",
                f"A4,{'x' * 121},A,CIO,internal,HOME-PROGRAM",
            ]
        ),
    )
    found = problems(inventory)
    assert set(found) == {
        (2, "code"),
        (2, "name_en"),
        (3, "orientation"),
        (4, "level"),
        (5, "branch"),
        (6, "code"),
        (7, "name_en"),
    }
    assert "Row 3 has this code already" in found[(6, "code")]
    assert "at most 120 characters" in found[(7, "name_en")]
    assert inventory.state == "refused"
    assert "7 problems in the file; nothing was imported" in page


def test_problems_read_in_french(cast, client):
    inventory, _page = checked(client, f"{HEAD}\nA3,A,A,CIO,internal,NOWHERE\n")
    page = client.get(f"/fr/inventory/import/{inventory.pk}/").content.decode()
    assert "Direction générale" in page
    assert inventory.problems[0][0] == 2


@pytest.mark.parametrize(
    ("cell", "is_formula"),
    [
        ("=1+1", True),
        ("@SUM(A1)", True),
        ("-2+cmd|' /C calc'!A0", True),
        ("+1 613 555-0100", False),
        ("'=quoted by our export", False),
    ],
)
def test_formulas_in_csv_are_refused_and_telephone_numbers_are_not(cast, client, cell, is_formula):
    inventory, _page = checked(client, f'{HEAD},First contact\n{ROW},"{cell}"\n')
    assert ((2, "support_contact") in problems(inventory)) is is_formula


def test_formulas_in_a_workbook_are_refused(cast, client):
    inventory, page = checked(
        client,
        workbook(HEAD.split(","), ["PAY", '="Pay"&"ments"', "Paiements", "CIO", "internal", "HOME-PROGRAM"]),
        "inventory.xlsx",
    )
    assert list(problems(inventory)) == [(2, "name_en")]
    assert "holds a formula" in page


def test_cell_with_a_formula_is_one_problem(cast, client):
    inventory, _page = checked(client, f"{HEAD}\n=A1,Payments,Paiements,=1+1,internal,HOME-PROGRAM\n")
    assert [(row, column) for row, column, *_told in inventory.problems] == [(2, "code"), (2, "level")]


def test_workbook_with_french_heads_and_words_is_read(cast, client):
    heads = [
        "Code",
        "Nom (anglais)",
        "Nom (français)",
        "Niveau",
        "Orientation",
        "DIRECTION GENERALE",
        "Fait partie de",
        "Façon de travailler",
    ]
    inventory, _page = checked(
        client,
        workbook(
            heads,
            ["API", "Interface", "Interface", "DPI", "interne", "home-program", "SUITE", "planifiée"],
            [None] * 8,
            ["SUITE", "Suite", "Suite", "ministériel", None, "HOME-PROGRAM"],
        ),
        "inventaire.xlsx",
    )
    assert inventory.state == "ready", inventory.problems
    confirm(client, inventory)
    api = Product.objects.get(code="API")
    assert (api.level, api.way_of_working, api.head.code) == ("cio", "plan_driven", "SUITE")


def test_dates_and_truth_values_are_no_text(cast, client):
    inventory, _page = checked(
        client, workbook(HEAD.split(","), ["PAY", date(2026, 1, 1), True, "CIO", "internal", "HOME-PROGRAM"]), "i.xlsx"
    )
    assert {(2, "name_en"), (2, "name_fr")} <= set(problems(inventory))


def test_semicolons_and_windows_accents_are_read_with_a_note(cast, client):
    text = "Code;Nom (anglais);Nom (français);Niveau;Orientation;Direction générale\nECO;School;École;DPI;interne;HOME-PROGRAM\n"
    inventory, page = checked(client, text.encode("cp1252"))
    assert inventory.state == "ready", inventory.problems
    assert "cp1252" in page
    confirm(client, inventory)
    assert Product.objects.get(code="ECO").name_fr == "École"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_without_a_note(cast, client, encoding):
    inventory, _page = checked(client, f"{HEAD}\nECO,School,École,CIO,internal,HOME-PROGRAM\n".encode(encoding))
    assert (inventory.state, inventory.notes) == ("ready", [])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"%PDF-1.7\x00\x01",
        b"\x89PNG\r\n\x1a\n\x00",
        b"PK\x03\x04 not a workbook",
        b"\xd0\xcf\x11\xe0 old workbook",
        HEAD.encode("utf-16"),
        b"a\x81\x8d\x8f",
    ],
)
def test_what_is_no_inventory_is_refused_at_once(cast, client, content):
    answer = upload(client, content)
    assert answer.status_code == 422
    assert not InventoryImport.objects.exists()
    assert not Job.objects.filter(kind="portfolio.check_inventory").exists()


def test_too_large_a_file_is_413(cast, client):
    answer = upload(client, b"a" * (5 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "larger than 5 MB" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("Code,Name (English)\nPAY,Payments\n", (1, "branch")),
        (f"{HEAD},Colour\n{ROW},red\n", (1, "#7")),
        (f"{HEAD},Code\n{ROW},X\n", (1, "code")),
        (f"{HEAD}\n", (0, "")),
        (f'{HEAD}\n"PAY,unclosed\n', (0, "")),
    ],
)
def test_wrong_heads_and_broken_files_are_named(cast, client, content, place):
    inventory, _page = checked(client, content)
    assert inventory.state == "refused"
    assert place in problems(inventory)


def test_more_than_ten_thousand_rows_are_refused(cast, client):
    inventory, _page = checked(client, HEAD + "\n" + "A,A,A,CIO,internal,X\n" * 10_001)
    assert "more than 10000 rows" in problems(inventory)[(0, "")]


def test_circle_of_rows_is_named(cast, client):
    head = f"{HEAD},Part of"
    inventory, _page = checked(
        client, f"{head}\nA1,A,A,CIO,internal,HOME-PROGRAM,A2\nA2,A,A,CIO,internal,HOME-PROGRAM,A1\n"
    )
    assert "circle" in next(iter(problems(inventory).values()))


def product_row(code, parent):
    return f"{code},{code},{code},CIO,internal,HOME-PROGRAM,{parent}\n"


def test_circle_through_products_that_exist_already_is_named_before_it_is_applied(cast, client):
    top = another(cast, "TOP")
    another(cast, "LOW", parent=another(cast, "MID", parent=top))
    rows = product_row("NEW", "") + product_row("TOP", "LOW") + product_row("X1", "X2") + product_row("X2", "X1")
    inventory, page = checked(client, f"{HEAD},Part of\n{rows}")
    found = problems(inventory)
    assert inventory.state == "refused"
    assert set(found) == {(3, "parent"), (4, "parent")}
    assert "part of itself" in found[(3, "parent")]
    assert "part of itself" in page


def test_families_turned_round_are_written_in_an_order_that_works(cast, client):
    top = another(cast, "TOP")
    another(cast, "LOW", parent=another(cast, "MID", parent=top))
    inventory, _page = checked(client, f"{HEAD},Part of\n{product_row('TOP', 'LOW')}{product_row('MID', '')}")
    assert inventory.problems == []
    confirm(client, inventory)
    assert inventory.state == "applied"
    heads = dict(Product.objects.filter(code__in=["TOP", "MID", "LOW"]).values_list("code", "head__code"))
    assert heads == {"TOP": "MID", "MID": "MID", "LOW": "MID"}


def test_code_of_another_department_is_taken_and_stays_unseen(cast, client):
    away = another(cast, "AWAY1")
    QuerySet.update(Product.objects.filter(pk=away.pk), department=cast.other_department)
    inventory, page = checked(
        client, f"{HEAD},Part of\nAWAY1,A,A,CIO,internal,HOME-PROGRAM,\nB1,B,B,CIO,internal,HOME-PROGRAM,AWAY1\n"
    )
    assert problems(inventory)[(2, "code")] == "Another product has this code."
    assert inventory.state == "refused"
    assert page


def test_portfolio_of_another_department_is_unknown(cast, client):
    a_portfolio(cast, "THEIRS", department=cast.other_department)
    inventory, _page = checked(client, f"{HEAD},Portfolio\n{ROW},THEIRS\n")
    assert list(problems(inventory)) == [(2, "portfolio")]


def test_nothing_is_written_when_one_row_fails_at_the_end(cast, client):
    inventory, _page = checked(client, f"{HEAD}\nA1,A,A,CIO,internal,HOME-PROGRAM\n{ROW}\n")
    client.post(f"{UPLOAD}{inventory.pk}/confirm/", {"version": inventory.version})
    another(cast, "PAY", orientation="external")
    QuerySet.update(Product.objects.filter(code="PAY"), department=cast.other_department)
    run_due()
    inventory.refresh_from_db()
    assert inventory.state == "refused"
    assert not Product.objects.filter(code="A1").exists()
    assert not AuditEvent.objects.filter(reason="inventory.csv").exists()


def test_who_left_meanwhile_imports_nothing(cast, client):
    inventory, _page = checked(client, f"{HEAD}\n{ROW}\n")
    client.post(f"{UPLOAD}{inventory.pk}/confirm/", {"version": inventory.version})
    deactivate_person(person=cast.portfolio_manager, by=SYSTEM, reason="Left")
    run_due()
    inventory.refresh_from_db()
    assert inventory.state == "refused"
    assert not Product.objects.filter(code="PAY").exists()


def test_oversight_may_update_by_import(cast, client_of):
    client = client_of("oversight")
    inventory, _page = checked(client, f"{HEAD}\nJSA,Job Seeker,Compte,CIO,external,HOME-PROGRAM\n")
    confirm(client, inventory)
    assert Product.objects.get(code="JSA").name_en == "Job Seeker"


def test_only_the_uploader_sees_an_import(cast, client, client_of):
    inventory, _page = checked(client, f"{HEAD}\n{ROW}\n")
    page = f"{UPLOAD}{inventory.pk}/"
    assert [client_of(name).get(page).status_code for name in ("oversight", "colleague", "stranger")] == [404, 404, 404]
    assert client_of("oversight").post(f"{page}confirm/", {"version": 1}).status_code == 404
    assert [client_of(name).get(UPLOAD).status_code for name in ("colleague", "stranger", "product_manager")] == [
        403,
        403,
        403,
    ]


def test_department_without_the_right_is_no_choice(cast, client):
    assert upload(client, f"{HEAD}\n{ROW}\n", department=cast.other_department.pk).status_code == 422


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_template_is_read_back_without_a_problem_of_heads(cast, client, kind, language):
    content = client.get(f"/{language}/inventory/import/template.{kind}").content
    inventory, _page = checked(client, content, f"t.{kind}")
    assert list(problems(inventory)) == [(0, "")]
    assert client.get(f"/{language}/inventory/import/template.pdf").status_code == 404
