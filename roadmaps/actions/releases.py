"""Releases: planned with a goal and a scope, made with number, date and change record, or withdrawn (domain.md §4)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.permissions import require
from products.models import Product
from records import clock
from records.actors import Actor
from records.acts import act
from records.moves import check_move
from records.refusals import Conflict, OutOfTurn
from records.trail import record
from records.writing import remove, save
from roadmaps import events
from roadmaps.actions.outcomes import take_into_delivery
from roadmaps.actions.speed import note_speed
from roadmaps.models import ImpactAnalysis, Milestone, Release, ReleaseMilestone, Roadmap
from roadmaps.permissions import may_make_release
from roadmaps.states import RELEASE_MOVES, MilestoneState, ReleaseState


@act
def plan_release(
    *, roadmap: Roadmap, by: Actor, milestones: Iterable[Milestone] = (), product: Product | None = None, **values: Any
) -> Release:
    """Plan a release of the family's head, or of `product`, a member of the family, with the milestones it shall bring."""
    require(may_make_release(by, roadmap))
    release = Release(roadmap=roadmap, product=product or roadmap.product, **values)
    _check_family(release)
    changes = save(release, by=by)
    changes |= _bring(release, list(milestones), by)
    record(events.RELEASE_PLANNED, on=release, by=by, changes=changes)
    return release


def _check_family(release: Release) -> None:
    if release.product.head_id != release.roadmap.product_id:
        raise ValidationError({"product": _("This product belongs to another family.")})


@act
def change_release(
    *,
    release: Release,
    by: Actor,
    expected: int | None = None,
    milestones: Iterable[Milestone] | None = None,
    **values: Any,
) -> Release:
    """Change a planned release. Conflict once it is in production (what was released stays as it was) or withdrawn."""
    require(may_make_release(by, release.roadmap))
    if why := why_settled(release):
        raise Conflict(why)
    for name, value in values.items():
        setattr(release, name, value)
    _check_family(release)
    changes = save(release, by=by, expected=expected)
    if milestones is not None:
        changes |= _bring(release, list(milestones), by)
    if changes:
        record(events.RELEASE_CHANGED, on=release, by=by, changes=changes)
    return release


def why_settled(release: Release) -> str:
    """Why its plan changes no more; empty while it is planned."""
    if release.state == ReleaseState.RELEASED:
        return _("This release is in production; its record stays as it was.")
    if release.state == ReleaseState.WITHDRAWN:
        return _("This release is withdrawn. Plan it again to change it.")
    return ""


def _bring(release: Release, milestones: list[Milestone], by: Actor) -> dict[str, list[Any]]:
    """Let the release bring exactly these milestones; returns the change as titles."""
    if any(milestone.roadmap_id != release.roadmap_id for milestone in milestones):
        raise ValidationError({"milestones": _("A milestone belongs to another roadmap.")})
    wanted = {milestone.pk: milestone for milestone in milestones}
    links = ReleaseMilestone.objects.filter(release=release).select_related("milestone")
    present = {link.milestone_id: link for link in links}
    for key in present.keys() - wanted.keys():
        remove(present[key], by=by)
    for key in wanted.keys() - present.keys():
        _link(release, wanted[key], by)
    if wanted.keys() == present.keys():
        return {}
    before = sorted(link.milestone.title for link in present.values())
    return {"milestones": [before, sorted(milestone.title for milestone in wanted.values())]}


def _link(release: Release, milestone: Milestone, by: Actor) -> None:
    if milestone.state == MilestoneState.CANCELLED:
        words = _("“%(milestone)s” is cancelled; no release brings it.") % {"milestone": milestone.title}
        raise ValidationError({"milestones": words})
    taken = ReleaseMilestone.objects.filter(milestone=milestone).select_related("release").first()
    if taken is not None:
        raise ValidationError(
            {
                "milestones": _("“%(milestone)s” is part of release %(number)s.")
                % {"milestone": milestone.title, "number": taken.release.number}
            }
        )
    save(ReleaseMilestone(roadmap=release.roadmap, release=release, milestone=milestone), by=by)


@act
def make_release(
    *,
    release: Release,
    authorisation: str,
    by: Actor,
    released_on: date | None = None,
    expected: int | None = None,
    **values: Any,
) -> Release:
    """The release is in production since `released_on` (today); its open milestones become released with it, in that month,
    and the planned outcomes these serve are in delivery. What was cancelled meanwhile did not come with it.

    `values`: number, change_kind, change_impact, who_was_told. ValidationError without authorisation or for a future date.
    """
    require(may_make_release(by, release.roadmap))
    check_move(RELEASE_MOVES, release.state, ReleaseState.RELEASED)
    day = released_on or clock.today()
    _check_day(release, day)
    if not authorisation.strip():
        raise ValidationError({"authorisation": _("Say who authorised this change.")})
    release.state, release.released_on, release.authorisation = ReleaseState.RELEASED, day, authorisation
    for name, value in values.items():
        setattr(release, name, value)
    changes = save(release, by=by, expected=expected)
    brought = Milestone.objects.filter(arrives_in__release=release).exclude(state=MilestoneState.CANCELLED)
    record(events.RELEASE_MADE, on=release, by=by, changes=changes | _bring(release, list(brought), by))
    _mark_released(release, day, by)
    note_speed(release.roadmap, day, _("Release %(number)s") % {"number": release.number}, by)
    return release


def _mark_released(release: Release, day: date, by: Actor) -> None:
    """Who may make a release marks its milestones with it, whether or not they plan the roadmap."""
    for link in ReleaseMilestone.objects.filter(release=release).select_related("milestone__roadmap"):
        milestone = link.milestone
        take_into_delivery(milestone=milestone, by=by, reason=_("Release %(number)s") % {"number": release.number})
        if milestone.state not in (MilestoneState.PLANNED, MilestoneState.IN_PROGRESS):
            continue
        milestone.state = MilestoneState.RELEASED
        milestone.came_on(day)
        milestone.is_at_risk, milestone.risk_reason_en, milestone.risk_reason_fr = False, "", ""
        changes = save(milestone, by=by)
        record(
            events.MILESTONE_RELEASED,
            on=milestone,
            by=by,
            changes=changes,
            reason=_("Release %(number)s") % {"number": release.number},
        )


@act
def correct_release(
    *, release: Release, reason: str, released_on: date, by: Actor, expected: int | None = None, **values: Any
) -> Release:
    """Correct the record of a release in production, with a reason; its milestones take its day. What is published stays.

    `values`: number, change_kind, change_impact, authorisation, who_was_told. ValidationError for a day in the future, or
    after the day of its impact analysis.
    """
    require(may_make_release(by, release.roadmap))
    if release.state != ReleaseState.RELEASED:
        raise OutOfTurn(_("Only a release in production has a record to correct."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say what is corrected and why.")})
    _check_day(release, released_on)
    before, release.released_on = release.released_on, released_on
    for name, value in values.items():
        setattr(release, name, value)
    changes = save(release, by=by, expected=expected)
    if changes:
        record(events.RELEASE_CORRECTED, on=release, by=by, changes=changes, reason=reason)
    if before != released_on:
        _move_with(release, before, released_on, reason, by)
        for day in filter(None, (before, released_on)):
            note_speed(release.roadmap, day, reason, by)
    return release


def _check_day(release: Release, day: date) -> None:
    """When it was in production: not to come, and not after somebody analysed it."""
    if day > clock.today():
        raise ValidationError({"released_on": _("A release in the future is a plan. Enter it when it happened.")})
    analysis = ImpactAnalysis.objects.filter(release=release, analysed_on__lt=day).first()
    if analysis is not None:
        words = _("Its impact analysis is dated %(day)s; it was not released after that.")
        raise ValidationError({"released_on": words % {"day": analysis.analysed_on}})


def _move_with(release: Release, before: date | None, day: date, reason: str, by: Actor) -> None:
    """The milestones that came with the release, on its day, came on the day that is right."""
    for link in ReleaseMilestone.objects.filter(release=release, milestone__released_on=before).select_related(
        "milestone__roadmap"
    ):
        link.milestone.came_on(day)
        changes = save(link.milestone, by=by)
        record(events.MILESTONE_CHANGED, on=link.milestone, by=by, changes=changes, reason=reason)


@act
def withdraw_release(*, release: Release, reason: str, by: Actor, expected: int | None = None) -> Release:
    """Give a planned release up; its milestones are free for another one."""
    require(may_make_release(by, release.roadmap))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is withdrawn.")})
    check_move(RELEASE_MOVES, release.state, ReleaseState.WITHDRAWN)
    release.state = ReleaseState.WITHDRAWN
    changes = save(release, by=by, expected=expected) | _bring(release, [], by)
    record(events.RELEASE_WITHDRAWN, on=release, by=by, changes=changes, reason=reason)
    return release


@act
def resume_release(*, release: Release, by: Actor) -> Release:
    """Plan a withdrawn release again, with its goal, scope and day; its milestones are chosen anew, others may have them."""
    require(may_make_release(by, release.roadmap))
    check_move(RELEASE_MOVES, release.state, ReleaseState.PLANNED)
    release.state = ReleaseState.PLANNED
    record(events.RELEASE_RESUMED, on=release, by=by, changes=save(release, by=by))
    return release
