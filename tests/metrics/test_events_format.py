"""The reader of `dora-events/1`: three forms, one result; every fault at its place; nothing guessed, nothing raised."""

import json
from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.events_format import Terms, located, read_files, read_path
from metrics.normal import Commit, DeploymentRecord, IncidentRecord, ProductRecord
from tests.metrics.events_texts import COMMIT, DEPLOYMENT, INCIDENT, SHA, as_json, as_lines, as_tables, document

WHOLE = [
    ProductRecord("JSA", "America/Toronto", has_incident_feed=True, attribution_window=86400, sets_window=True),
    DeploymentRecord(
        product="JSA",
        source="pipeline",
        id="41",
        environment="production",
        status="success",
        started_at=datetime(2026, 4, 30, 20, tzinfo=UTC),
        finished_at=datetime(2026, 4, 30, 20, 5, tzinfo=UTC),
        sha=SHA,
        updated_at=datetime(2026, 4, 30, 20, 5, tzinfo=UTC),
        commits=(Commit(SHA, "acme/jsa", datetime(2026, 4, 29, 10, tzinfo=UTC)),),
    ),
    IncidentRecord(
        product="JSA",
        source="desk",
        id="INC-7",
        status="resolved",
        started_at=datetime(2026, 5, 1, 13, tzinfo=UTC),
        resolved_at=datetime(2026, 5, 1, 14, 30, tzinfo=UTC),
        deployment_source="pipeline",
        deployment_id="41",
        updated_at=datetime(2026, 5, 1, 14, 31, tzinfo=UTC),
    ),
]


def faults_of(readings):
    return [(fault.place.line, fault.place.path, fault.reason) for fault in readings.faults.kept]


def read_one(**changed):
    """The faults of a document whose one deployment has other values; a value of ... leaves the field out."""
    values = {name: value for name, value in {**DEPLOYMENT, **changed}.items() if value is not ...}
    return faults_of(read_files({"a.json": as_json(deployments=[values])}))


def read_incident(**changed):
    values = {name: value for name, value in {**INCIDENT, **changed}.items() if value is not ...}
    return faults_of(read_files({"a.json": as_json(incidents=[values])}))


@pytest.mark.parametrize("files", [{"a.json": as_json()}, {"a.jsonl": as_lines()}, as_tables()])
def test_three_forms_give_equal_records(files):
    readings = read_files(files)
    assert faults_of(readings) == []
    assert readings.records == WHOLE


@pytest.mark.parametrize("wrap", [lambda kind, each: {kind: each}, lambda kind, each: {"type": kind, **each}])
def test_line_says_its_kind_by_wrapping_or_by_a_field(wrap):
    lines = [{"schema": "dora-events/1"}, wrap("deployment", DEPLOYMENT), wrap("incident", INCIDENT)]
    readings = read_files({"a.json": "\r\n".join(json.dumps(each) for each in lines).encode()})
    assert (faults_of(readings), readings.records) == ([], WHOLE[1:])


def test_line_without_a_kind_is_told_by_fields_of_its_own():
    readings = read_files({"a.jsonl": "\n".join(json.dumps(each) for each in (DEPLOYMENT, INCIDENT)).encode()})
    assert readings.records == WHOLE[1:]
    unclear = {name: INCIDENT[name] for name in ("product", "source", "id", "status", "started_at", "updated_at")}
    (fault,) = faults_of(read_files({"a.jsonl": json.dumps(unclear).encode()}))
    assert fault[2] == (
        "Which record this is cannot be told. Add a field kind with one of: product, deployment, incident."
    )


@pytest.mark.parametrize(
    ("changed", "path", "words"),
    [
        ({"finished_at": "2026-04-30T16:05:00"}, "finished_at", "does not say its offset"),
        ({"finished_at": "2026-04-30"}, "finished_at", "is not a time"),
        ({"finished_at": "2026-W18-4T10:00:00Z"}, "finished_at", "is not a time"),
        ({"finished_at": "2026-02-30T10:00:00Z"}, "finished_at", "is not a time"),
        ({"finished_at": "0001-01-01T00:00:00+14:00"}, "finished_at", "is not a time"),
        ({"finished_at": "1912-01-01T00:00:00Z"}, "finished_at", "between the years 1970 and 2199"),
        ({"finished_at": 1777579500}, "finished_at", "Expected a time with its offset"),
        ({"updated_at": None}, "updated_at", "This is missing"),
        ({"source": ...}, "source", "This is missing. Expected text."),
        ({"id": "  "}, "id", "This is missing"),
        ({"id": 41}, "id", "Expected text, found 41."),
        ({"id": "4" * 201}, "id", "longer than 200 characters"),
        ({"id": "4\x001"}, "id", "no text may hold"),
        ({"id": "\ud800"}, "id", "no text may hold"),
        ({"environment": ...}, "environment", "production, staging, testing, development, other"),
        ({"environment": "prod"}, "environment", "“prod” is not known here. Expected one of: production, staging"),
        ({"status": "SUCCESS"}, "status", "Expected one of: queued, in_progress, success"),
        ({"status": ...}, "status", "This is missing"),
        ({"product": None}, "product", "This is missing"),
        ({"voided": "false"}, "voided", "Expected true or false, found “false”."),
        ({"unplanned": 0}, "unplanned", "Expected true or false, found 0."),
        ({"sha": "main"}, "sha", "4 to 64 hexadecimal digits"),
        ({"url": "javascript:alert(1)"}, "url", "begins with https://"),
        ({"commits": {}}, "commits", "Expected a list, found an object."),
        ({"commits": [COMMIT, None]}, "commits[1]", "Expected an object, found null."),
        ({"commits": [{**COMMIT, "sha": None}]}, "commits[0].sha", "This is missing"),
        ({"commits": [{**COMMIT, "committed_at": "yesterday"}]}, "commits[0].committed_at", "is not a time"),
        ({"commits": [{**COMMIT, "is_merge": "no"}]}, "commits[0].is_merge", "Expected true or false"),
    ],
)
def test_fault_in_a_deployment_names_its_place(changed, path, words):
    ((_line, place, reason),) = read_one(**changed)
    assert place == f"deployments[0].{path}"
    assert words in reason


@pytest.mark.parametrize(
    ("changed", "path", "words"),
    [
        ({"resolved_at": None}, "resolved_at", "the time of its resolution is expected"),
        ({"started_at": ...}, "started_at", "This is missing"),
        ({"status": "closed"}, "status", "Expected one of: open, resolved, cancelled"),
        ({"environment": "live"}, "environment", "is not known here"),
        ({"deployment": "41"}, "deployment", "Expected an object, found “41”."),
        ({"deployment": {"id": "41"}}, "deployment.source", "This is missing"),
        ({"change_related": "yes"}, "change_related", "Expected true or false"),
    ],
)
def test_fault_in_an_incident_names_its_place(changed, path, words):
    ((_line, place, reason),) = read_incident(**changed)
    assert place == f"incidents[0].{path}"
    assert words in reason


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (b"", None, "The file is empty."),
        (b"\xef\xbb\xbf \n", None, "The file is empty."),
        (b"PK\x03\x04", None, "This is no text file"),
        (b'{"schema": "\x00"}', None, "This is no text file"),
        (b"\xff\xfe{\x00", None, "UTF-16"),
        ('{"schema": "é"}'.encode("latin-1"), None, "not in UTF-8"),
        (b'{\n "schema": "dora-events/1",\n "deployments": [}', 3, "This is not JSON"),
        (b'{"deployments": []}', None, "Expected the schema dora-events/1, found null."),
        (b'{"schema": "dora-events/2", "incidents": []}', None, "found “dora-events/2”"),
        (b'{"schema": "dora-events/1", "products": [], "deployment": []}', None, "“deployment” is not known here"),
        (b'{"schema": "dora-events/1", "deployments": {}}', None, "Expected a list, found an object."),
        (b'{"schema": "dora-events/1"}', None, "No record stands in this file."),
        (b"[]", None, "Expected an object, found a list."),
        (b"NaN", None, "NaN is not a number"),
        (b"[" * 100_000, None, "nested too deeply"),
        (b"1" * 5_000, None, "a number too long"),
        (b'{"kind": "release", "id": "1"}', None, "“release” is not known here"),
        (b'{"kind": "product", "key": "A", "key": "B"}', None, "“key” stands here twice"),
    ],
)
def test_file_that_is_none_says_why(text, line, words):
    readings = read_files({"a.json": text})
    ((found, _path, reason),) = faults_of(readings)
    assert (found, readings.records, readings.refused) == (line, [], 1)
    assert words in reason


def test_bad_line_is_named_and_the_others_are_read():
    readings = read_files({"a.jsonl": as_lines().replace(b'"id": "41", "env', b'"id": 41, "env') + b"\n{oops}\n"})
    assert [(line, path) for line, path, _reason in faults_of(readings)] == [(2, "id"), (4, "")]
    assert (len(readings.records), readings.refused) == (2, 2)


@pytest.mark.parametrize(
    ("name", "before", "after", "line", "path", "words"),
    [
        ("deployments.csv", b"success", b"ok", 2, "status", "“ok” is not known here"),
        ("deployments.csv", b",false,false", b",no,false", 2, "unplanned", "Expected true or false, found “no”."),
        ("deployments.csv", b"16:05:00-04:00", b"16:05:00", 2, "finished_at", "does not say its offset"),
        ("deployments.csv", b"41,prod", b"=1+1,prod", 2, "deployment_id", "holds no such deployment"),
        ("deployments.csv", b",status,", b",state,", 1, "", "The column status is missing"),
        ("deployments.csv", b",sha,", b",id,", 1, "", "stands here twice"),
        ("deployments.csv", b"JSA,pipe", b"JSA,x,pipe", 2, "", "has 13 cells, the head has 12"),
        ("deployments.csv", b"JSA,pipe", b'"JS"A,pipe', 2, "", "not CSV from here on"),
        ("deployment_commits.csv", b"2026-04-29T10", b"29 avril", 2, "committed_at", "is not a time"),
        ("products.csv", b"86400", b"-1", 2, "attribution_window_seconds", "a whole number of seconds"),
        ("products.csv", b"America/Toronto", b"EST5", 2, "timezone", "not the name of a time zone"),
        ("incidents.csv", b"pipeline,41", b",41", 2, "deployment.source", "This is missing"),
    ],
)
def test_fault_in_a_table_names_line_and_column(name, before, after, line, path, words):
    files = as_tables()
    files[name] = files[name].replace(before, after, 1)
    fault = faults_of(read_files(files))[0]
    assert fault[:2] == (line, path)
    assert words in fault[2]


def test_commits_without_deployments_and_strange_tables_are_refused():
    files = as_tables()
    (alone,) = faults_of(read_files({"deployment_commits.csv": files["deployment_commits.csv"]}))
    (strange,) = faults_of(read_files({"export.csv": b"a,b\n1,2\n"}))
    (second,) = faults_of(read_files({"products.csv": files["products.csv"], "more.csv": files["products.csv"]}))
    assert "give both" in alone[2]
    assert "Neither its name nor its first row" in strange[2]
    assert "a second file of the kind products.csv" in second[2]


def test_table_is_known_by_its_head_whatever_its_name():
    files = {f"{number}.csv": content for number, content in enumerate(as_tables().values())}
    readings = read_files(files)
    assert (faults_of(readings), readings.records) == ([], WHOLE)


def test_commits_are_listed_or_derived_as_the_files_say():
    files = as_tables()
    none_listed = {**files, "deployment_commits.csv": files["deployment_commits.csv"].splitlines()[0]}
    without = {"deployments.csv": files["deployments.csv"]}
    said = {"deployments.csv": files["deployments.csv"].replace(b"updated_at\n", b"updated_at,commits_listed\n")}
    said["deployments.csv"] = said["deployments.csv"].replace(b"05:00Z\n", b"05:00Z,true\n")
    lists = [read_files(each).records for each in (none_listed, without, said)]
    assert [next(r.commits for r in each if isinstance(r, DeploymentRecord)) for each in lists] == [(), None, ()]


def test_rows_of_commits_may_name_the_version_they_belong_to():
    files = as_tables()
    head, row = files["deployments.csv"].splitlines()
    later = row.replace(b"20:05:00Z", b"21:00:00Z")
    files["deployments.csv"] = b"\n".join([head, row, later])
    commits_head, commits_row = files["deployment_commits.csv"].splitlines()
    files["deployment_commits.csv"] = commits_head + b",updated_at\n" + commits_row + b",2026-04-30T21:00:00Z\n"
    deployments = [each for each in read_files(files).records if isinstance(each, DeploymentRecord)]
    assert [len(each.commits) for each in deployments] == [0, 1]


def test_spreadsheets_habits_are_read():
    semicolons = as_tables()["products.csv"].replace(b",", b";").replace(b"true", b"TRUE").replace(b"\n", b"\r\n")
    readings = read_files({"avril products.csv": b"\xef\xbb\xbf" + semicolons})
    assert readings.records == WHOLE[:1]


def test_folder_is_read_and_an_empty_one_refused(tmp_path):
    for name, content in as_tables().items():
        (tmp_path / name).write_bytes(content)
    readings, contents = read_path(tmp_path)
    assert (readings.records, list(contents)) == (WHOLE, list(as_tables()))
    (tmp_path / "none").mkdir()
    assert "No file of delivery events" in read_path(tmp_path / "none")[0].faults.kept[0].reason


def test_fault_of_a_document_of_many_lines_is_located():
    text = as_json(deployments=[DEPLOYMENT, {**DEPLOYMENT, "id": "42", "voided": "no"}])
    readings = read_files({"a.json": text})
    (fault,) = located(readings.faults, {"a.json": text})
    begins = text[: text.index(b'"42"')].splitlines()
    assert fault.place.path == "deployments[1].voided"
    assert begins[fault.place.line - 1].strip() == b"{"
    assert fault.place.line == max(number for number, line in enumerate(begins, 1) if line.strip() == b"{")


def test_hundred_faults_are_kept_and_all_counted():
    bad = [{**DEPLOYMENT, "id": str(number), "status": "?"} for number in range(250)]
    readings = read_files({"a.json": as_json(deployments=bad)})
    assert (len(readings.faults.kept), readings.faults.count, readings.refused) == (100, 250, 250)
    assert len(readings.records) == 2


def test_reasons_are_read_in_either_language():
    (fault,) = read_files({"a.json": as_json(deployments=[{**DEPLOYMENT, "voided": "false"}])}).faults.kept
    with translation.override("fr"):
        english, _french = fault.in_both()
    assert english == "Expected true or false, found “false”."


def test_feed_of_one_product_need_not_name_it():
    values = {name: value for name, value in DEPLOYMENT.items() if name not in ("product", "source")}
    body = json.dumps({"deployment": values}).encode()
    (record,) = read_files({"": body}, Terms(names_product=False, source="pipeline")).records
    assert (record.product, record.source) == ("", "pipeline")
    (fault,) = read_files({"": body}, Terms(names_product=False)).faults.kept
    assert fault.place.path == "deployment.source"


@pytest.mark.parametrize("text", ["2026-04-30t20:05z", "2026-04-30 16:05:00.000000-0400", "2026-05-01T05:35:00 +09:30"])
def test_time_is_read_however_iso_writes_it(text):
    (record,) = read_files(
        {"a.json": as_json(deployments=[{**DEPLOYMENT, "finished_at": text}], incidents=[], products=[])}
    ).records
    assert record.finished_at == datetime(2026, 4, 30, 20, 5, tzinfo=UTC)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["production", "success", SHA]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted({*DEPLOYMENT, *INCIDENT})), inner)
    ),
    max_leaves=10,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(DEPLOYMENT)), st.sampled_from(sorted(INCIDENT)), VALUES, VALUES)
def test_no_value_in_any_place_raises(of_deployment, of_incident, one, other):
    value = document(
        deployments=[{**DEPLOYMENT, of_deployment: one}, other], incidents=[{**INCIDENT, of_incident: other}]
    )
    readings = read_files({"a.json": json.dumps(value).encode()})
    assert all(fault.reason for fault in readings.faults.kept)
    assert readings.refused + len(readings.records) in (1, 4)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([*as_tables(), "a.json", "a.jsonl"]), st.binary(max_size=200) | st.text(max_size=200))
def test_no_bytes_raise(name, content):
    readings = read_files({name: content if isinstance(content, bytes) else content.encode("utf-8", "replace")})
    assert all(fault.reason for fault in readings.faults.kept)
