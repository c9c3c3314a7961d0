"""Feedback from users: kept in their words, actioned by a milestone (domain.md §4)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.permissions import require
from records import clock
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import save
from roadmaps import events
from roadmaps.models import Feedback, Milestone, Release, Roadmap
from roadmaps.permissions import may_edit_roadmap, may_keep_feedback


@act
def keep_feedback(
    *,
    roadmap: Roadmap,
    text: str,
    language: str,
    source: str,
    by: Actor,
    heard_on: date | None = None,
    release: Release | None = None,
) -> Feedback:
    """Keep what a user said, in the language it was said in ("en" or "fr"), about a release where it is about one."""
    require(may_keep_feedback(by, roadmap))
    feedback = Feedback(
        roadmap=roadmap,
        text=text,
        language=language,
        source=source,
        heard_on=heard_on or clock.today(),
        release=release,
    )
    _check_release(feedback)
    if feedback.heard_on > clock.today():
        raise ValidationError({"heard_on": _("Nobody has said this yet: the date lies in the future.")})
    record(events.FEEDBACK_KEPT, on=feedback, by=by, changes=save(feedback, by=by))
    return feedback


def _check_release(feedback: Feedback) -> None:
    """It is of this roadmap, and was in production when the user spoke."""
    release = feedback.release
    if release is None:
        return
    if release.roadmap_id != feedback.roadmap_id:
        raise ValidationError({"release": _("This release belongs to another roadmap.")})
    if release.released_on is None or release.released_on > feedback.heard_on:
        raise ValidationError({"release": _("This release was not in production when the user said it.")})


@act
def attach_feedback(*, feedback: Feedback, release: Release | None, by: Actor, expected: int | None = None) -> Feedback:
    """Say which release the feedback is about; None takes it off again. ValidationError for what was said before it."""
    require(may_keep_feedback(by, feedback.roadmap))
    feedback.release = release
    _check_release(feedback)
    changes = save(feedback, by=by, expected=expected)
    if changes:
        record(events.FEEDBACK_ATTACHED, on=feedback, by=by, changes=changes)
    return feedback


@act
def action_feedback(*, feedback: Feedback, milestone: Milestone, by: Actor, expected: int | None = None) -> Feedback:
    """Name the milestone that answers it."""
    require(may_edit_roadmap(by, feedback.roadmap))
    if milestone.roadmap_id != feedback.roadmap_id:
        raise ValidationError({"milestone": _("This milestone belongs to another roadmap.")})
    feedback.milestone = milestone
    record(events.FEEDBACK_ACTIONED, on=feedback, by=by, changes=save(feedback, by=by, expected=expected))
    return feedback
