"""A condition from open to closed: proven by its owner, verified by somebody else, overdue in the meantime."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.actions.boards import seat_person
from governance.actions.conditions import accept_proof, give_proof
from governance.jobs import tell_overdue_conditions
from governance.models import Condition
from people.actions.people import deactivate_person
from people.models import Notice
from records import clock
from records.acts import performing
from records.models import AuditEvent
from records.refusals import Conflict, Refused
from tests.governance.deciding import bound
from tests.records import samples

PROOF = {"proof": "Six people tried it on 2 June.", "proof_link": ""}


@pytest.fixture
def condition(cast):
    return bound(cast)


def page(condition, what="", language="en"):
    return f"/{language}/conditions/{condition.pk}/{what}"


def test_condition_is_proven_refused_proven_again_and_closed(condition, client_of):
    owner, verifier = client_of("product_manager"), client_of("sponsor")
    for reason in ("Nobody with a screen reader took part", None):
        condition.refresh_from_db()
        answer = owner.post(page(condition, "prove/"), PROOF | {"version": condition.version})
        assert answer.status_code == 303
        condition.refresh_from_db()
        if reason:
            verifier.post(page(condition, "refuse/"), {"reason": reason, "version": condition.version})
            assert reason in owner.get(page(condition)).content.decode()
    assert verifier.post(page(condition, "accept/"), {"version": condition.version}).status_code == 303
    condition.refresh_from_db()
    assert (condition.state, condition.refusal) == ("closed", "")
    events = AuditEvent.objects.filter(subject_id=str(condition.pk)).order_by("number").values_list("event", flat=True)
    assert list(events) == [
        "condition proven", "proof of a condition not accepted", "condition proven", "condition closed",
    ]  # fmt: skip
    assert Notice.objects.filter(person=condition.owner, text_en__contains="a condition is closed").exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("product_manager", 200), ("head_of_product", 200), ("sponsor", 403), ("cfo", 403), ("colleague", 404),
     ("stranger", 404), ("admin", 404), ("support_manager", 403)],
)  # fmt: skip
def test_owner_and_leads_prove(condition, client_of, who, status):
    client = client_of(who)
    assert client.get(page(condition, "prove/")).status_code == status
    answer = client.post(page(condition, "prove/"), PROOF | {"version": condition.version})
    assert answer.status_code == (303 if status == 200 else status)


@pytest.mark.parametrize("who", ["product_manager", "head_of_product", "cfo", "oversight", "colleague", "admin"])
def test_only_the_verifier_accepts(cast, condition, client_of, who):
    give_proof(condition=condition, by=cast.product_manager, **PROOF)
    client = client_of(who)
    for what in ("accept/", "refuse/"):
        answer = client.post(page(condition, what), {"reason": "No", "version": condition.version})
        assert answer.status_code in (403, 404)
    condition.refresh_from_db()
    assert condition.state == "proven"


def test_proof_is_for_the_chair_once_its_verifier_has_left(cast, condition, client_of):
    chair = {"board": condition.review.board, "role": "chair", "person": cast.cio}
    seat_person(starts_on=clock.today(), by=cast.admin, **chair)
    deactivate_person(person=condition.verifier, by=cast.admin, reason="Retired")
    condition = Condition.objects.get(pk=condition.pk)
    give_proof(condition=condition, by=cast.product_manager, **PROOF)
    assert Notice.objects.filter(person=cast.cio, text_en__contains="a proof awaits you").exists()
    told = {"version": condition.version}
    assert client_of("head_of_product").post(page(condition, "accept/"), told).status_code == 403
    assert client_of("cio").post(page(condition, "accept/"), told).status_code == 303
    assert "Cio accepted the proof" in client_of("cio").get(page(condition)).content.decode()


def test_verifier_cannot_give_the_proof_even_as_a_lead(cast):
    condition = bound(cast, verifier=cast.head_of_product)
    with pytest.raises(Refused, match="You verify this condition"):
        give_proof(condition=condition, by=cast.head_of_product, **PROOF)
    give_proof(condition=condition, by=cast.product_manager, **PROOF)
    condition.proven_by_id = str(cast.head_of_product.pk)
    with pytest.raises(Refused, match="of their own"):
        accept_proof(condition=condition, by=cast.head_of_product)


def test_empty_proof_and_late_button_keep_what_was_typed(condition, client_of):
    client = client_of("product_manager")
    empty = client.post(page(condition, "prove/"), {"proof": " ", "version": condition.version})
    assert empty.status_code == 422
    wrong = client.post(page(condition, "prove/"), PROOF | {"proof_link": "javascript:1", "version": condition.version})
    assert wrong.status_code == 422
    assert "Six people" in wrong.content.decode()
    assert client_of("sponsor").post(page(condition, "accept/"), {}).status_code == 409
    assert client_of("sponsor").post(page(condition, "accept/"), {"version": "9" * 5000}).status_code == 409
    client.post(page(condition, "prove/"), PROOF | {"version": condition.version})
    assert client.post(page(condition, "prove/"), PROOF | {"version": condition.version}).status_code == 409


def test_list_says_what_is_mine_and_what_is_overdue(cast, client_of):
    late = bound(cast, due_on=clock.today() - timedelta(days=1), what_en="Late matter")
    told = client_of("product_manager").get("/en/conditions/").content.decode()
    assert "One condition is yours to prove" in told
    assert "One condition you may read is overdue" in told
    assert "Mettre à l’essai" in client_of("sponsor").get("/fr/conditions/?overdue=on").content.decode()
    assert "Late matter" not in client_of("sponsor").get("/en/conditions/?whose=prove").content.decode()
    table = b"".join(client_of("oversight").get("/en/conditions/?format=csv").streaming_content).decode()
    assert late.decision.number in table
    assert "Late matter" not in client_of("stranger").get("/en/conditions/").content.decode()


def test_daily_work_tells_of_overdue_conditions_once(cast):
    bound(cast, due_on=clock.today() - timedelta(days=1))
    bound(cast)
    for _day in range(2):
        with performing():
            tell_overdue_conditions({})
    told = Notice.objects.filter(kind="condition.due", text_en__contains="overdue")
    assert {each.person for each in told} == {cast.product_manager, cast.sponsor}
    assert told.count() == 2


def prove_with(client, condition, name="Report of the test.pdf", content=None):
    file = SimpleUploadedFile(name, samples.pdf() if content is None else content)
    return client.post(page(condition, "prove/"), PROOF | {"version": condition.version, "file": file})


def test_file_proves_a_condition_and_is_read_by_its_readers(condition, client_of, media):
    assert client_of("sponsor").get(page(condition, "file/")).status_code == 404
    assert prove_with(client_of("product_manager"), condition).status_code == 303
    assert "Report of the test.pdf" in client_of("sponsor").get(page(condition)).content.decode()
    assert client_of("sponsor").get(page(condition, "file/"))["Content-Type"] == "application/pdf"
    assert client_of("colleague").get(page(condition, "file/")).status_code == 404


def test_file_that_is_not_kept_proves_nothing(condition, client_of, media):
    answer = prove_with(client_of("product_manager"), condition, "logo.svg", b"<svg/>")
    assert answer.status_code == 422
    assert "SVG pictures can carry programs" in answer.content.decode()
    assert PROOF["proof"] in answer.content.decode()
    condition.refresh_from_db()
    assert condition.state == "open"


def test_proof_whose_file_waits_is_not_accepted(condition, client_of, scanned, media):
    scanned.CLAMAV_ADDRESS = "/nowhere/clamd.sock"
    prove_with(client_of("product_manager"), condition)
    condition.refresh_from_db()
    with pytest.raises(Conflict, match="waits for its scan"):
        accept_proof(condition=condition, by=condition.verifier)
