"""The history says what boards did in a reader's words: no keys, no instants of machines (domain.md §11)."""

from decimal import Decimal

import pytest
from django.utils import translation

from governance import events
from governance.actions.decisions import decide_review
from metrics.actions.settings import set_target
from metrics.events import SECRET_ROTATED
from portfolio.trail.lines import lines
from records.models import AuditEvent
from tests.governance.before_board import another_product, submitted, voted

pytestmark = pytest.mark.django_db
KEY = "d070d383-3bd7-4a23-8515-eb8b76a3ffbc"
INSTANT = "2026-05-21T13:15:59+00:00"


def told(cast, name, kind, **changes):
    event = AuditEvent(event=name, subject_kind=kind, subject_id=KEY, subject_name="Gate 3", changes=changes)
    return {each.label: each.after for each in lines([event], cast.people["product_manager"])[0].changes}


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        (events.VOTING_OPENED, {"voting_opened_at": [None, INSTANT], "voting_opened_by_id": ["", KEY]}),
        (events.VOTE_CAST, {"ballot": [None, KEY], "number": [None, 1]}),
    ],
)
def test_history_of_a_vote_shows_no_keys(cast, name, changes):
    assert told(cast, name, "governance.agendapoint", seat=[None, "Finance"], **changes) == {"Seat": "Finance"}


def test_history_of_a_submission_shows_no_key_and_no_hash(cast):
    changes = {"submitted_at": [None, INSTANT], "submitted_by_id": ["", KEY], "package": [None, "ab" * 32]}

    assert told(cast, events.REVIEW_SUBMITTED, "governance.review", attempt=[1, 2], **changes) == {"Attempt": "2"}


def test_history_tells_an_instant_in_local_time(cast):
    moved = told(cast, events.MEETING_CHANGED, "governance.meeting", starts_at=[None, INSTANT])

    assert moved == {"Starts at": "2026-05-21 09:15"}


def test_history_tells_an_instant_that_belongs_to_no_field_in_local_time(cast):
    changes = {"old secret valid until": [None, INSTANT]}

    assert told(cast, SECRET_ROTATED, "metrics.deliverysource", **changes) == {
        "Old secret valid until": "2026-05-21 09:15"
    }


def test_history_of_a_decision_says_why_in_the_reader_s_language(town):
    review = submitted(town, product=another_product(town), gate=2)
    why = {"rationale_en": "A figure is wrong.", "rationale_fr": "Un chiffre est erroné."}
    decision = decide_review(point=voted(town, "chair", review=review), outcome="returned", by=town.chair, **why)
    events = AuditEvent.objects.filter(subject_id=str(decision.pk))
    with translation.override("fr"):
        (line,) = lines(events, town.chair)
        assert str(decision).startswith(f"{decision.number}\u00a0: ")
    assert line.reason == "Un chiffre est erroné."
    assert lines(events, town.chair)[0].reason == "A figure is wrong."


def test_history_tells_a_target_as_the_page_of_measures_does(cast, client_of):
    set_target(product=cast.product, metric="time_to_restore", value=Decimal(14_400), by=cast.product_manager)
    page = client_of("product_manager").get("/fr/products/JSA/history/?topic=delivery").content.decode()
    assert "4\u00a0heures ou moins" in page
    assert "14400" not in page
    assert "\u00a0: Délai de rétablissement" in page


def test_history_tells_a_target_that_was_taken_away_in_words_too(cast, client_of):
    for value in (Decimal(14_400), None):
        set_target(product=cast.product, metric="time_to_restore", value=value, by=cast.product_manager)
    page = client_of("product_manager").get("/en/products/JSA/history/?topic=delivery").content.decode()
    assert page.count("4\u00a0hours or less") == 2
    assert "14400" not in page


def test_history_tells_what_became_of_an_outcome_in_words(cast):
    changes = {"A.3 verdict": ["", "too_early"], "A.3 observed_fr": ["", "Rien encore"]}
    with translation.override("fr"):
        said = told(cast, "impact analysis saved", "roadmaps.impactanalysis", **changes)
    assert list(said) == ["A.3 verdict", "A.3 observé (français)"]
    assert said["A.3 verdict"] == "trop tôt pour le dire"


def test_history_leaves_out_what_only_the_software_counts(cast):
    assert told(cast, "impact analysis begun", "roadmaps.impactanalysis", edits=[None, 0]) == {}
    assert told(cast, "change drafted", "roadmaps.changeset", base_edition=[None, 13], reason_language=["", "en"]) == {}


def test_history_of_a_sealed_document_and_of_an_agenda_is_told_in_french(cast):
    with translation.override("fr"):
        standing = told(cast, "seals.standing_noted", "records.seal", standing=[None, "superseded"])
        point = told(cast, events.VOTING_OPENED, "governance.agendapoint", meeting=[None, KEY])
    assert list(standing.values()) == ["remplacé"]
    assert list(point) == ["Séance"]
