"""`import_delivery_events`: whole files or nothing, what became of each record, products for a trial, exit codes."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from metrics.actions.trials import code_for, register_for_trial
from metrics.models import Delivery, DeliverySettings, Deployment, DoraSnapshot, Incident
from products.models import Product
from records import clock
from records.actors import SYSTEM
from records.models import AuditEvent
from records.refusals import Refused
from tests.metrics.events_texts import DEPLOYMENT, INCIDENT, as_json, as_lines, as_tables, document


@pytest.fixture
def folder(tmp_path):
    for name, content in as_tables().items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def import_(capsys, *arguments):
    """Exit code, what was printed, what was complained of."""
    code = 0
    try:
        call_command("import_delivery_events", *(str(each) for each in arguments))
    except CommandError as error:
        code = error.returncode
    out, err = capsys.readouterr()
    return code, out, err


def written(tmp_path, content, name="events.json"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def test_file_goes_in_and_a_second_time_changes_nothing(cast, tmp_path, capsys):
    path = written(tmp_path, as_json())
    assert import_(capsys, path) == (
        0,
        f"{path}: 2 new, 0 newer, 0 older, 0 duplicate, 0 refused\n  settings changed of 1 of 1 products\n",
        "",
    )
    assert import_(capsys, path) == (0, f"{path}: 0 new, 0 newer, 0 older, 2 duplicate, 0 refused\n", "")
    deployment = Deployment.objects.get(product=cast.product)
    assert [each.sha for each in deployment.changes.all()] == [deployment.sha]
    assert Incident.objects.get(product=cast.product).attributed_to == deployment
    assert DeliverySettings.objects.get(product=cast.product).timezone == "America/Toronto"


def test_three_forms_are_duplicates_of_each_other(cast, tmp_path, folder, capsys):
    import_(capsys, written(tmp_path, as_lines(), "events.jsonl"))
    assert "0 new, 0 newer, 0 older, 2 duplicate" in import_(capsys, folder)[1]
    assert [each.event for each in Delivery.objects.order_by("pk")] == [
        "file events.jsonl",
        "file products.csv",
        "file deployments.csv",
        "file deployment_commits.csv",
        "file incidents.csv",
    ]
    assert bytes(Delivery.objects.order_by("pk").first().body) == as_lines()


def test_older_version_is_counted_and_a_newer_one_replaces(cast, tmp_path, capsys):
    older = {**DEPLOYMENT, "status": "in_progress", "finished_at": None, "updated_at": "2026-04-30T20:00:00Z"}
    newer = {**DEPLOYMENT, "voided": True, "updated_at": "2026-05-02T08:00:00Z"}
    import_(capsys, written(tmp_path, as_json()))
    said = import_(capsys, written(tmp_path, document(deployments=[older, newer], incidents=[])))
    assert "0 new, 1 newer, 1 older, 0 duplicate" in said[1]
    assert Deployment.objects.get().voided


def test_bad_row_in_the_middle_stores_nothing_of_its_file(cast, tmp_path, folder, capsys):
    head, row = as_tables()["deployments.csv"].splitlines()
    rows = [row.replace(b",41,", f",{number},".encode()) for number in range(41, 46)]
    rows[2] = rows[2].replace(b"-04:00", b"")
    (folder / "deployments.csv").write_bytes(b"\n".join([head, *rows]))
    good = written(tmp_path, document(deployments=[], products=[]), "good.json")
    code, out, err = import_(capsys, folder, good)
    assert (code, Deployment.objects.count(), Incident.objects.count()) == (1, 0, 1)
    assert f"{folder}: 0 new, 0 newer, 0 older, 0 duplicate, 1 refused" in out
    assert "deployments.csv, line 4, started_at: “2026-04-30T16:00:00” does not say its offset from UTC" in err


def test_unknown_product_is_refused_and_made_on_request(cast, tmp_path, capsys):
    path = written(tmp_path, json.dumps(document(), indent=1).replace('"JSA"', '"flask@Pacific/Auckland"').encode())
    code, _out, err = import_(capsys, path)
    assert code == 1
    assert "line 12, deployments[0].product: There is no product “flask@Pacific/Auckland”." in err
    code, out, err = import_(capsys, "--create-products", path)
    assert (code, err) == (0, "")
    assert "registered FLASK-PACIFIC-AUCKLAND for flask@Pacific/Auckland" in out
    made = Product.objects.get(code="FLASK-PACIFIC-AUCKLAND")
    assert (made.department.code, made.delivery_settings.key) == ("TRIALS", "flask@Pacific/Auckland")
    assert AuditEvent.objects.filter(chain=made.chain(), event="product registered", actor_id="system").exists()
    assert "2 duplicate" in import_(capsys, path)[1]


def test_closed_months_of_a_trial_follow_a_later_file(cast, tmp_path, capsys):
    """Nobody could approve a restatement there; a change of zone moves the deployment of 30 April, 20:05 in UTC."""
    product = {"key": "x-1", "timezone": "UTC"}
    deployments = [{**DEPLOYMENT, "product": "x-1"}]
    for zone, months in (("UTC", [1, 0]), ("Pacific/Auckland", [0, 1])):
        content = document(products=[{**product, "timezone": zone}], deployments=deployments, incidents=[])
        with clock.at(datetime(2028, 1, 10, tzinfo=UTC)):
            import_(capsys, "--create-products", written(tmp_path, content))
            call_command("compile_dora", "--from", "2026-04", "--to", "2026-05", "--product", "X-1")
        current = DoraSnapshot.objects.current().filter(product__code="X-1", scope="product", period="month")
        found = current.filter(starts_on__in=["2026-04-01", "2026-05-01"])
        assert [each.deployment_count for each in found] == months


def test_refused_file_leaves_no_products_behind(cast, tmp_path, capsys):
    bad = {**INCIDENT, "product": "new-one", "resolved_at": None}
    path = written(tmp_path, document(incidents=[bad], deployments=[{**DEPLOYMENT, "product": "new-two"}]))
    code, _out, err = import_(capsys, "--create-products", path)
    assert (code, Product.objects.count()) == (1, 1)
    assert "incidents[0].resolved_at: The incident is resolved" in err


def test_key_in_small_letters_finds_the_code(cast, tmp_path, capsys):
    path = written(tmp_path, document(deployments=[{**DEPLOYMENT, "product": "jsa"}], incidents=[], products=[]))
    assert import_(capsys, path)[0] == 0
    assert Deployment.objects.get().product == cast.product


def test_file_that_is_not_there_exits_2(cast, tmp_path, capsys):
    assert import_(capsys, tmp_path / "none.json")[0] == 2


def test_help_teaches(capsys):
    with pytest.raises(SystemExit):
        call_command("import_delivery_events", "--help")
    said = capsys.readouterr().out
    assert "Exit code 0: everything is in." in said
    assert "--create-products april/ may.jsonl" in said


@pytest.mark.parametrize(
    ("key", "code"),
    [("flask", "FLASK"), ("a/b c", "A-B-C"), ("é", "TRIAL"), ("x", "TRIAL-X"), ("a" * 40, "A" * 30)],
)
def test_code_is_made_from_the_key(key, code):
    assert code_for(key) == code


def test_second_product_of_a_like_key_gets_a_number(cast):
    codes = [register_for_trial(key=key, by=SYSTEM).code for key in ("jsa!", "jsa?", "z" * 31, "z" * 32)]
    assert codes == ["JSA-2", "JSA-3", "Z" * 30, f"{'Z' * 28}-2"]


def test_nobody_but_the_system_registers_for_a_trial(cast):
    with pytest.raises(Refused):
        register_for_trial(key="x", by=cast.admin)
