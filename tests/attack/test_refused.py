"""Every address that takes a form × everybody who may not: refused, nothing written, and noted in the trail (S-01, S-04)."""

import pytest
from django.db import transaction

from records.models import AuditEvent
from tests.attack.everything import MODELS, every_third, governed_rows
from tests.attack.forms_found import forms_of
from tests.attack.town import EXPECTED, OURS
from tests.config.url_matrix import BUILDERS, CHANGERS, LEADS, PLANNERS, REGISTRARS, TEAM
from tests.config.url_matrix_governance import ON_BOARDS
from tests.config.url_matrix_meetings import RUNNERS, SEES
from tests.config.url_matrix_roadmap import ASKING, FOR_PROJECTS

pytestmark = pytest.mark.django_db
UPLOADERS = PLANNERS | {"it_manager", "change_coordinator"}
VOTERS = {"chair", "member_one"}
OWN = {"product_manager"}  # the town's drafts and views are theirs
# Who may press where there is nothing to look at (or where looking is allowed to more than sending).
MAY_SEND = {
    "view-choose": OWN,
    "view-delete": OWN,
    "import-confirm": REGISTRARS,
    "brief-autosave": TEAM,
    "brief-discard": TEAM,
    "brief-publish": LEADS,
    "facing-remove": BUILDERS,
    "outcome-start": PLANNERS,
    "analysis-begin": PLANNERS,
    "release-resume": PLANNERS | {"change_coordinator"},
    "feedback-detach": TEAM,
    "mitigation-move": TEAM,
    "risk-import-confirm": OWN,  # their own upload
    "milestone-press": PLANNERS,
    "dependency-drop": PLANNERS,
    "funding-drop": PLANNERS,
    "year-vet": {"it_manager"},
    "copy-forward": PLANNERS,
    "order-confirm": {"product_owner"},
    "change-drop": OWN,
    "change-undo": PLANNERS,
    "demand-reopen": PLANNERS,
    "expectation-confirm": FOR_PROJECTS,
    "demand-add": ASKING,
    "delivery-files": UPLOADERS,
    "delivery-file-take-over": UPLOADERS,
    **dict.fromkeys(
        ["gate-begin", "live-change-gate-begin", "input-freeze", "artefact-remove", "condition-drop"], LEADS
    ),
    "condition-accept": {"sponsor"},  # its verifier
    **dict.fromkeys(["mou-begin", "mou-send", "mou-committee", "mou-send-out", "mou-sign-again"], CHANGERS),
    **dict.fromkeys(["mou-party-remove", "mou-official-remove", "mou-remark-settle"], CHANGERS),
    "status-attempt": LEADS | {"sponsor"},
    "status-grant": {"sponsor"},
    **dict.fromkeys(["meeting-open", "meeting-close", "attendance-mark", "minutes-draft", "minutes-move"], RUNNERS),
    **dict.fromkeys(["point-move", "voting-open", "voting-close"], RUNNERS),
    "vote-check": SEES,  # shows the vote once more, keeps nothing
    "vote-cast": VOTERS,
    "conflict-declare": VOTERS | {"secretary"},
}
SENT = {name: {"page": "product-list"} for name in ("view-choose", "view-delete")} | {
    "vote-cast": {"choice": "for"},
    "conflict-declare": {"conflict": "A cousin of mine sells it."},
    "minutes-move": {"to": "circulate"},
}
ALWAYS = ("admin", "stranger")
EVERYBODY = {"factor-codes-renew", "view-save", "sessions-end", "session-extend", "delivery-receive"} | {
    "notice-read",  # each their own; of others there is none to find
    "notices-read",
    "key-remove",
}


def takers(name):
    """Who may send a form to the address; None where everybody may, or where it takes none."""
    allowed = EXPECTED[name].allowed
    return MAY_SEND.get(name) or (None if allowed is None else set(allowed))


def stands_for_itself(town, who):
    """On the boards one for each seat stands for all, as in the matrix."""
    return who in ON_BOARDS or who not in town.world.seats


SENDABLE = sorted(name for name in OURS if takers(name) is not None and name not in EVERYBODY)


def filled(as_, name, address):
    """The fields that somebody who may would send."""
    page = as_(sorted(takers(name))[0]).get(address)
    if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
        return SENT.get(name, {})
    return next((fields for action, fields in forms_of(page.content.decode()) if action in ("", address)), {})


def test_every_address_that_takes_a_form_says_who_may():
    silent = {name for name in OURS if EXPECTED[name].ok == 405} - set(MAY_SEND) - EVERYBODY
    assert silent == set()


def some(name, others):
    """Two who always try and one in turn, so that over all addresses everybody tries many."""
    rest = [who for who in others if who not in ALWAYS]
    return {who for who in others if who in ALWAYS} | {rest[SENDABLE.index(name) // 3 % len(rest)]}


def everybody(name, others):
    return others


@pytest.mark.parametrize("trying", [some, pytest.param(everybody, marks=pytest.mark.cross)])
@pytest.mark.parametrize("name", every_third(SENDABLE))
def test_sending_by_others_is_refused_written_nowhere_and_noted(town, as_, name, trying):
    address, may = town.address(name), takers(name)
    data, before, seen = filled(as_, name, address), governed_rows(), AuditEvent.objects.count()
    others = sorted(who for who in town.cast.people if who not in may and stands_for_itself(town, who))
    answers = {who: as_(who).post(address, data).status_code for who in trying(name, others)}
    assert {who: status for who, status in answers.items() if status not in (403, 404, 405)} == {}
    assert as_(None).post(address, data).status_code == 302
    assert governed_rows() == before
    noted = AuditEvent.objects.order_by("pk")[seen:]
    assert {each.event for each in noted} <= {"act refused"}
    assert all(each.reason for each in noted)
    refused = {str(town.cast.people[who].pk) for who, status in answers.items() if status == 403}
    assert {each.actor_id for each in noted} == refused


MALLORY = "MALLORY"
EXTRA = {
    **dict.fromkeys(["state", "phase", "changed_by_name", "published_by_name", "approved_by_name"], MALLORY),
    **dict.fromkeys(["changed_by_id", "published_by_id", "approved_by_id", "decided_by_id", "sha256"], MALLORY),
    **dict.fromkeys(["created_at", "changed_at", "published_at", "approved_at", "locked_at"], "1999-01-01"),
    **dict.fromkeys(
        ["id", "pk", "product", "roadmap", "department", "owner", "author"], "19990101-0000-4000-8000-000000000000"
    ),
    **dict.fromkeys(["edition", "number", "rank", "letter"], "1999"),
    **dict.fromkeys(["is_active", "is_staff", "is_superuser", "is_administrator"], "1"),
}


@pytest.mark.parametrize("name", every_third(sorted(name for name in SENDABLE if EXPECTED[name].ok == 200)))
def test_fields_a_form_does_not_have_change_nothing(town, as_, name):
    client, address = as_(sorted(takers(name))[0]), town.address(name)
    data, before = filled(as_, name, address), governed_rows()
    outcomes = []
    for sent in (data, {key: value for key, value in EXTRA.items() if key not in data} | data):
        mark = transaction.savepoint()
        answer = client.post(address, sent)
        outcomes.append((answer.status_code, changed_since(before)))
        transaction.savepoint_rollback(mark)
    assert outcomes[0][0] == outcomes[1][0] < 500
    assert {kind: len(rows) for kind, rows in outcomes[0][1].items()} == {
        kind: len(rows) for kind, rows in outcomes[1][1].items()
    }
    assert MALLORY not in str(outcomes[1][1])
    assert "1999" not in str(outcomes[1][1])


def changed_since(before):
    """Table → the rows that are new or have another version."""
    now, found = governed_rows(), {}
    for model in MODELS:
        known = before[model.__name__]
        if now[model.__name__] != known:
            rows = model._base_manager.values()
            found[model.__name__] = [row for row in rows if known.get(str(row["id"])) != row["version"]]
    return found
