"""Papers: the decision brief on one page, the pack with its revisions, the minutes (ux.md A8)."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse

from governance.actions.agenda import add_point, move_point
from governance.actions.artefacts import attach_record
from governance.actions.decisions import decide_review
from governance.actions.meetings import call_meeting, change_meeting
from governance.actions.packs import issue_pack
from governance.actions.reviews import change_review, propose_condition, submit_review
from governance.models import Pack
from governance.papers.contents import changes_between, content_of
from governance.papers.minutes import blocks
from people.models import Notice
from products.actions.strategy import publish_strategy, save_strategy_draft
from records import clock, frozen
from records.jobs import run_due
from records.models import Document, Job, JobState
from records.refusals import Conflict
from tests.governance.before_board import voted
from tests.governance.gate_world import prepared
from tests.governance.test_meetings import minutes_in
from tests.walks.walk import words_of

pytestmark = pytest.mark.django_db
PARTS = ("why", "for_whom", "outcomes", "available")
STRATEGY = {f"{name}_{code}": f"{name} {code}" for name in PARTS for code in ("en", "fr")}
EN, FR = "Fund the build: $4,180,000", "Financer la réalisation : 4 180 000 $"


def ready(town, **values):
    """An attempt at gate 1 with the strategy frozen in it, submitted to the board."""
    lead, product = town.cast.head_of_product, town.cast.product
    publish_strategy(strategy=save_strategy_draft(product=product, by=lead, **STRATEGY), by=lead)
    review = prepared(product, 1, lead)
    (choice,) = frozen.choices("strategy", product, lead)
    attach_record(review=review, kind="strategy", key=choice.key, by=lead)
    if values:
        change_review(review=review, by=lead, **values)
    return review


@pytest.fixture
def meeting(town):
    """A meeting with one review and one matter on its agenda."""
    review = submit_review(review=ready(town), by=town.cast.head_of_product, board=town.board)
    starts_at = clock.now() + timedelta(days=7)
    meeting = call_meeting(board=town.board, starts_at=starts_at, place="Room 1402", by=town.secretary)
    add_point(meeting=meeting, review=review, by=town.secretary)
    add_point(meeting=meeting, title_en="Forecast", title_fr="Prévisions", by=town.secretary)
    return meeting


def opened(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return pikepdf.open(io.BytesIO(answer.content))


def test_brief_is_one_page_in_either_language_however_much_it_holds(town, client_of):
    lead = town.cast.head_of_product
    much = {f"recommendation_{code}": "Approve. " * 66 for code in ("en", "fr")}
    much |= {f"changed_{code}": "A line that says what changed since.\n\n" * 60 for code in ("en", "fr")}
    review = ready(town, **much)
    for number in range(12):
        propose_condition(
            review=review,
            what_en=f"Condition {number} " + "with many words " * 15,
            what_fr=f"Condition {number} " + "avec bien des mots " * 12,
            owner=lead,
            verifier=town.cast.oversight,
            due_on=clock.today() + timedelta(days=30),
            by=lead,
        )
    submit_review(review=review, by=lead, board=town.board)
    address = reverse("decision-brief", args=[review.pk])
    for path, ask in ((address, EN), (address.replace("/en/", "/fr/"), FR)):
        answer = client_of("member_one").get(path)
        assert len(opened(answer).pages) == 1
        assert ask in words_of(answer.content)
    assert "7 more are in the package" in words_of(client_of("member_one").get(address).content)
    assert client_of("colleague").get(address).status_code == 404


def test_pack_binds_agenda_briefs_and_artefacts_into_one_file(town, meeting, client_of):
    client, address = client_of("secretary"), reverse("pack-list", args=[meeting.pk])
    assert client.post(address).status_code == 303
    assert client.get(reverse("pack-document", args=[meeting.pk, 1, "en"])).status_code == 303
    run_due()
    answer = client_of("member_one").get(reverse("pack-document", args=[meeting.pk, 1, "en"]))
    pdf = opened(answer)
    with pdf.open_outline() as outline:
        headings = [str(item.title) for item in outline.root]
        annexes = [str(item.title) for item in outline.root[-1].children]
    assert headings == [town.board.name_en, "Agenda", f"1. {EN}", "All artefacts", "Annexes"]
    assert len(annexes) == 1
    annex = pdf.pages[-1]
    assert annex.label == "1.2-1"
    leads = [note for page in pdf.pages for note in page.obj.get("/Annots", []) if "/Dest" in note]
    assert annex.obj.objgen in [note.Dest[0].objgen for note in leads if isinstance(note.Dest, pikepdf.Array)]
    words = words_of(answer.content)
    assert "why en" in words
    assert re.search("Chair .chair., Member Four, Member One, Member Three, Member Two", words)
    assert set(Notice.objects.filter(kind="pack.ready").values_list("person__name", flat=True)) >= {"Chair", "Observer"}


def test_pack_is_tagged_throughout(meeting, town, tmp_path):
    import pdfua

    issue_pack(meeting=meeting, by=town.chair)
    run_due()

    for document in Document.objects.filter(kind="pack"):
        path = tmp_path / f"{document.language}.pdf"
        path.write_bytes(bytes(document.content))
        assert [each.message for each in pdfua.validate(str(path)).findings if each.severity.name == "ERROR"] == []


def test_revision_says_what_changed_and_nothing_new_is_no_revision(meeting, town):
    first = issue_pack(meeting=meeting, by=town.secretary)
    with pytest.raises(Conflict, match="Nothing changed since revision A"):
        issue_pack(meeting=meeting, by=town.secretary)
    move_point(point=meeting.agendapoints.get(position=2), up=True, by=town.secretary)
    change_meeting(meeting=meeting, place="By video", by=town.secretary)
    second = issue_pack(meeting=meeting, by=town.secretary)
    assert (first.revision, second.revision) == ("A", "B")
    assert changes_between(first.content, second.content) == [
        "Place: By video, was Room 1402.",
        "Now item 1, was item 2: Forecast",
        f"Now item 2, was item 1: {EN}",
    ]
    assert Pack(number=27).revision == "AA"


def test_papers_are_issued_by_who_runs_the_meeting_and_read_by_the_board(meeting, town, client_of):
    address = reverse("pack-list", args=[meeting.pk])
    assert client_of("member_one").post(address).status_code == 403
    assert client_of("member_one").get(address).status_code == 200
    assert client_of("head_of_product").get(address).status_code == 404
    secretary = client_of("secretary")
    assert secretary.post(address).status_code == 303
    assert secretary.post(address).status_code == 409
    assert "Revision A is up to date" in secretary.get(address).content.decode()
    assert secretary.get(reverse("pack-document", args=[meeting.pk, 2, "en"])).status_code == 404


def test_content_of_an_agenda_names_each_package(meeting):
    content = content_of(meeting)
    assert [bool(point["package"]) for point in content["points"]] == [True, False]
    assert content["points"][0]["title_fr"] == FR


def test_minutes_fall_into_their_points():
    found = blocks(
        "Meeting of the board.\nPresent: Chair\n\n1. Fund it\nFor 4.\n\n2. Forecast\n\nNot dealt with: End it\n"
    )
    assert [(block.heading, block.lines) for block in found] == [
        ("", ["Meeting of the board.", "Present: Chair"]),
        ("1. Fund it", ["For 4."]),
        ("2. Forecast", []),
        ("", ["Not dealt with: End it"]),
    ]


def test_papers_that_could_not_be_made_say_so(meeting, town, client_of):
    pack = issue_pack(meeting=meeting, by=town.secretary)
    Job.objects.filter(payload__pack=str(pack.pk)).update(state=JobState.PARKED)
    page = client_of("secretary").get(reverse("pack-list", args=[meeting.pk])).content.decode()
    assert "The documents could not be made" in page


def test_brief_of_a_decision_is_made_by_a_worker_and_never_again(town, client_of):
    lead = town.cast.head_of_product
    review = submit_review(review=ready(town), by=lead, board=town.board)
    why = {f"complexity_reason_{code}": "Small." for code in ("en", "fr")}
    point = voted(town, review=review)
    decision = decide_review(point=point, outcome="approved", by=town.chair, is_complex_or_risky=False, **why)
    client, address = client_of("member_one"), reverse("decision-document", args=[decision.pk])
    assert client.get(address)["Location"] == reverse("decision-detail", args=[decision.pk])
    assert not Document.objects.filter(kind="decision_brief").exists()
    run_due()
    kept = {each.language: bytes(each.content) for each in Document.objects.filter(kind="decision_brief")}
    assert client.get(address).content == kept["en"]
    assert client.get(address.replace("/en/", "/fr/")).content == kept["fr"]
    assert address.removeprefix("/en") in client.get(f"/en/reviews/{review.pk}/brief/pdf/")["Location"]
    assert decision.number in words_of(kept["fr"])
    assert len(pikepdf.open(io.BytesIO(kept["fr"])).pages) == 1
    assert review.package.content["artefacts"][-1]["version_fr"]


def test_locked_minutes_are_made_by_a_worker_and_never_again(town, client_of):
    minutes = minutes_in(town, "locked")
    client, address = client_of("member_one"), reverse("minutes-document", args=[minutes.pk])
    assert client.get(address)["Location"] == reverse("minutes-detail", args=[minutes.meeting_id])
    run_due()
    kept = {each.language: bytes(each.content) for each in Document.objects.filter(kind="minutes")}
    assert client.get(address).content == kept["en"]
    assert client.get(address.replace("/en/", "/fr/")).content == kept["fr"]
