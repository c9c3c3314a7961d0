"""Who gets which answer from the addresses of meetings, votes and decisions."""

from typing import Any

from tests.config.url_matrix import READERS, Row, hidden, only, posted, staff, word

RUNNERS = {"chair", "secretary"}
# Meetings, their agendas and votes are the board's own; oversight and auditors read them.
SEES = {"chair", "member_one", "secretary", "observer", "oversight", "auditor"}
OFFICES = {"sponsor", "cio", "cfo", "director_general", "portfolio_manager"}


def seen(allowed: set[str] | None = None, ok: int = 200, **names: Any) -> Row:
    """Who sits on the board and who watches it see it; of them some may; for all others it is not there."""
    return Row(allowed=frozenset(allowed or SEES), readers=frozenset(SEES), ok=ok, names=names)


def _of(name: str) -> Any:
    return lambda world: world.things[name].pk


MEETINGS: dict[str, Row] = {
    "meeting-call": only(RUNNERS, board=lambda world: world.board.pk),
    "meeting-detail": seen(key=_of("meeting")),
    "meeting-change": seen(RUNNERS, key=_of("meeting")),
    "meeting-cancel": seen(RUNNERS, key=_of("meeting")),
    "meeting-open": posted(key=_of("meeting")),
    "meeting-close": posted(key=_of("meeting")),
    "attendance-mark": posted(key=_of("meeting")),
    "point-add": seen(RUNNERS, key=_of("meeting")),
    "minutes-detail": seen(key=_of("past_meeting")),
    "minutes-draft": posted(key=_of("past_meeting")),
    "minutes-change": seen(RUNNERS, key=_of("minutes")),
    "minutes-move": posted(key=_of("minutes")),
    "minutes-approve": seen(RUNNERS, key=_of("minutes")),
    "minutes-correct": seen(RUNNERS, ok=404, key=_of("minutes")),  # not locked yet
    "point-detail": seen(key=_of("point")),
    "point-change": seen(RUNNERS, key=_of("point")),
    "point-move": posted(key=_of("point")),
    "point-remove": seen(RUNNERS, key=_of("point")),
    "voting-open": posted(key=_of("point")),
    "voting-close": posted(key=_of("point")),
    "conflict-declare": posted(key=_of("point")),
    "vote-check": posted(key=_of("point")),
    "vote-cast": posted(key=_of("point")),
    "vote-done": seen(key=_of("point")),
    "point-decide": seen({"chair"}, key=_of("voted_point")),
    "minutes-document": seen(key=_of("minutes")),
    "pack-list": seen(key=_of("meeting")),
    # Its papers are not issued, and that review is not submitted: who reads such documents, tests/governance/test_papers asks.
    "pack-document": hidden(key=_of("meeting"), number=word(1), language=word("en")),
    "decision-brief": hidden(key=_of("review")),
    "decision-waiting": staff(),
    "condition-verifying": staff(),
    "decision-document": Row(  # rendered by a worker, and until then back to the decision's page
        allowed=frozenset(READERS | SEES | OFFICES), refused=404, ok=303, names={"key": _of("decision")}
    ),
    "decision-detail": Row(allowed=frozenset(READERS | SEES | OFFICES), refused=404, names={"key": _of("decision")}),
}
