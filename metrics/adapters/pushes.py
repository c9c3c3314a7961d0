"""Commits told by a push: oldest first, each the child of the one before, the first the child of what the branch held."""

import re
from datetime import datetime
from typing import Any

from metrics.adapters import fields
from metrics.adapters.envelope import Feed
from metrics.normal import Commit, CommitsRecord, Reading

NOTHING = re.compile(r"0*")
# The first lines that git, GitHub and GitLab give to merges; a push does not name the parents of a commit.
MERGE = re.compile(r"Merge (pull request #\d+ from |branch '|branches '|remote-tracking branch(es)? '|tag ')")


def branch_of(payload: Any, default: str, feed: Feed) -> str:
    """Why a push does not count: empty when it went to the default branch and left it there, else a reason."""
    ref = fields.text(payload, "ref", 300)
    known = {feed.default_branch, fields.text(payload, default)} - {""}
    if ref not in {f"refs/heads/{name}" for name in known}:
        return "other_branch"
    if payload.get("deleted") is True or NOTHING.fullmatch(fields.text(payload, "after")):
        return "branch_deleted"
    return ""


def read_push(event: str, payload: Any, repo: str, *, is_whole: bool) -> Reading:
    """The commits of a push. Not `is_whole`: older ones were left out or replaced, so the first one's parent is unknown."""
    before = fields.sha(payload, "before")
    parent = before if is_whole and not NOTHING.fullmatch(before) else ""
    commits = []
    for row in fields.rows(payload, "commits"):
        sha, when = fields.sha(row, "id"), fields.instant(row, "timestamp")
        if sha:
            commits.append(_commit(repo, sha, when, row, parent))
            parent = sha
    if not commits:
        return Reading(event, reason="no_commits")
    note = {} if is_whole else {"reason": "commits_left_out", "detail": str(len(commits))}
    return Reading(event, (CommitsRecord(tuple(commits)),), **note)


def _commit(repo: str, sha: str, when: datetime | None, row: dict[str, Any], parent: str) -> Commit:
    is_merge = MERGE.match(fields.text(row, "message", 120)) is not None
    return Commit(sha=sha, repo=repo, committed_at=when, is_merge=is_merge, parent=parent)
