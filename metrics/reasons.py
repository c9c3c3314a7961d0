"""Why a delivery was refused or not used: codes for the log, words for people, statuses for machines (RFC 9457)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# code → (status, title): a 4xx tells the sender what to change
PROBLEMS: dict[str, tuple[int, Any]] = {
    "unknown_source": (404, _("There is no such source")),
    "method": (405, _("Deliveries are sent by POST")),
    "retired_source": (410, _("This source is retired")),
    "no_length": (411, _("The length of the body is not announced")),
    "too_large": (413, _("The body is too large")),
    "cut_off": (400, _("The body ended before its announced length")),
    "unsigned": (401, _("The delivery is not signed")),
    "signature": (401, _("The signature does not match")),
    "timestamp": (401, _("The timestamp is not a number of seconds")),
    "skew": (401, _("The timestamp is more than five minutes away")),
    "invalid_json": (400, _("The body is not valid JSON")),
    "not_an_object": (400, _("The body is not a JSON object")),
    "malformed": (422, _("The delivery does not follow its format")),
    "sealed": (503, _("The secret of this source cannot be opened")),
}
# genuine, kept, and nothing of it used
IGNORED: dict[str, Any] = {
    "ping": _("A test of the connection"),
    "unmapped_event": _("An event that tells nothing about delivery"),
    "unmapped_action": _("Not the moment that counts"),
    "unmapped_workflow": _("This workflow is not said to deploy"),
    "other_repository": _("From another repository"),
    "other_branch": _("Not the default branch"),
    "branch_deleted": _("The branch was deleted"),
    "no_commits": _("It names no commits"),
    "no_commit": _("What was merged is not named by its commit"),
    "superseded": _("Only says that a newer deployment replaced this one"),
    "releases_not_counted": _("Releases are not counted as deployments for this source"),
    "not_final": _("A draft or a pre-release"),
    "no_incident_label": _("An issue without the label of incidents"),
    "settings_not_taken": _("How a product is measured is settled by people, not told by a pipeline"),
    "incomplete": _("A value that is needed is missing"),
}
# used, with something the team should know
NOTES: dict[str, Any] = {
    "unmapped_environment": _("The name of the environment is not mapped; counted as “other”"),
    "commits_left_out": _("The push does not list all of its commits"),
}
# taken, and then impossible to store: our fault, not the sender's
FAILED: dict[str, Any] = {"not_stored": _("It was received and could not be stored; the operators’ log says why")}
SEPARATOR = "\x1f"  # between a detail in English and the same in French
LONGEST_DETAIL = 500
WORDS: dict[str, Any] = {**{code: title for code, (_status, title) in PROBLEMS.items()}, **IGNORED, **NOTES, **FAILED}


def words_of(code: str) -> str:
    """The reason in the reader's language; a code of a later version stays as it is."""
    return str(WORDS.get(code, code))


def in_both(english: str, french: str) -> str:
    """A detail that reads in either language, within the length a log line holds."""
    if english == french:
        return english[:LONGEST_DETAIL]
    half = LONGEST_DETAIL // 2 - 1
    return SEPARATOR.join(each if len(each) <= half else f"{each[: half - 1]}…" for each in (english, french))


def detail_of(kept: str, language: str) -> str:
    """The detail of a log line in the reader's language."""
    english, _between, french = kept.partition(SEPARATOR)
    return french if french and language == "fr" else english
