"""Reprioritise: moves gathered as a draft, published together with one reason, taken back while nothing later touched them.

domain.md §4 (reprioritise at any time, with a reason; a move to another year is moved, not removed); decisions.md §8.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from people.bilingual import reader
from people.models import Person
from people.permissions import require
from records import clock
from records.acts import act
from records.moves import check_move
from records.refusals import Conflict, Refused
from records.trail import record
from records.writing import remove, save
from roadmaps import events
from roadmaps.actions.placement import put
from roadmaps.actions.roadmap import hold
from roadmaps.clashes import ChangesClash, Clash, clashes_of, later_touches
from roadmaps.models import ChangeSet, Milestone, MilestoneChange, Roadmap
from roadmaps.permissions import may_edit_roadmap
from roadmaps.placing import Move, destination, difference, drafted_places, place_of
from roadmaps.states import CHANGE_SET_MOVES, ChangeSetState, MilestoneState, ReasonKind

OPEN = (MilestoneState.PLANNED, MilestoneState.IN_PROGRESS)


@act
def draft_change(*, roadmap: Roadmap, by: Person) -> ChangeSet:
    """The author's draft of a change, begun when there is none."""
    require(may_edit_roadmap(by, roadmap))
    draft = ChangeSet.objects.filter(roadmap=roadmap, author=by, state=ChangeSetState.DRAFT).first()
    if draft is None:
        draft = ChangeSet(roadmap=roadmap, author=by, base_edition=roadmap.edition)
        record(events.CHANGE_DRAFTED, on=draft, by=by, changes=save(draft, by=by))
    return draft


@act
def move_milestone(*, change_set: ChangeSet, move: Move, by: Person) -> MilestoneChange | None:
    """Draw a move into the draft, counted from where the draft has the milestone. None when it stands where it stood.

    Nothing else follows silently: what waits for the milestone is named in the preview. ValidationError for a milestone
    that is released or cancelled and for a place that cannot be.
    """
    roadmap = _own_draft(change_set, by)
    milestone = Milestone.objects.filter(roadmap=roadmap).select_related("roadmap").get(pk=move.milestone.pk)
    if milestone.state not in OPEN:
        raise ValidationError(
            _("“%(title)s” is %(state)s; it stays where it is.")
            % {"title": milestone.title, "state": milestone.get_state_display()}
        )
    there = destination(roadmap, drafted_places(roadmap, change_set), move)
    return _draw(change_set, milestone, difference(place_of(milestone), there), by)


def _draw(change_set: ChangeSet, milestone: Milestone, fields: dict, by: Person) -> MilestoneChange | None:
    line = MilestoneChange.objects.filter(change_set=change_set, milestone=milestone).first()
    if not fields:
        if line is not None:
            drop_change(line=line, by=by)
        return None
    line = line or MilestoneChange(roadmap=change_set.roadmap, change_set=change_set, milestone=milestone)
    line.base_version, line.fields = milestone.version, fields
    if save(line, by=by):
        record(events.CHANGE_REDRAWN, on=change_set, by=by, changes={"milestone": [None, milestone.title], **fields})
    return line


@act
def drop_change(*, line: MilestoneChange, by: Person) -> None:
    """Leave one milestone out of the draft."""
    _own_draft(line.change_set, by)
    record(events.CHANGE_DROPPED, on=line.change_set, by=by, changes={"milestone": [line.milestone.title, None]})
    remove(line, by=by)


@act
def drop_draft(*, change_set: ChangeSet, by: Person) -> None:
    """Throw the whole draft away."""
    _own_draft(change_set, by)
    for line in change_set.changes.select_related("milestone"):
        remove(line, by=by)
    record(events.CHANGE_DROPPED, on=change_set, by=by)
    remove(change_set, by=by)


def _own_draft(change_set: ChangeSet, by: Person) -> Roadmap:
    """The roadmap, held: until this act ends nobody publishes, redraws or throws away what is still a draft now."""
    require(may_edit_roadmap(by, change_set.roadmap))
    if change_set.author_id != by.pk:
        raise Refused(
            _("This draft is %(name)s’s. Begin your own.") % {"name": change_set.author.name}, subject=change_set, by=by
        )
    roadmap = hold(change_set.roadmap)
    state = ChangeSet.objects.filter(pk=change_set.pk).values_list("state", flat=True).first()
    if state is None:
        raise Conflict(_("This draft was thrown away."))
    if state != ChangeSetState.DRAFT:
        raise Conflict(_("This change is published already."))
    return roadmap


@act
def publish_changes(
    *, change_set: ChangeSet, reason_kind: str, reason: str, by: Person, leave_clashing: bool = False
) -> ChangeSet:
    """Publish every move of the draft at once, with one reason. The roadmap's edition rises by one.

    ChangesClash lists the milestones that were moved, released or cancelled meanwhile; with `leave_clashing` those stay
    behind in a new draft of the author and the others are published.
    """
    roadmap = _own_draft(change_set, by)
    _check_reason(reason_kind, reason)
    lines = list(change_set.changes.select_related("milestone"))
    clashing = clashes_of(lines)
    kept = _kept(lines, clashing, leave_clashing)
    change_set.reason_kind, change_set.reason, change_set.reason_language = reason_kind, reason, reader()
    _stamp_published(change_set, roadmap, by)
    _leave_behind(roadmap, [clash.line for clash in clashing], by)
    put(roadmap, {line.milestone_id: line.fields for line in kept}, reason=reason, by=by)
    return change_set


def _check_reason(reason_kind: str, reason: str) -> None:
    errors = {}
    if reason_kind not in ReasonKind.values:
        errors["reason_kind"] = _("Choose a reason.")
    if not reason.strip():
        errors["reason"] = _("Say why in a sentence; it stays in the log.")
    if errors:
        raise ValidationError(errors)


def _kept(lines: list[MilestoneChange], clashing: list[Clash], leave_clashing: bool) -> list[MilestoneChange]:
    if clashing and not leave_clashing:
        raise ChangesClash(clashing)
    behind = {clash.line.pk for clash in clashing}
    kept = [line for line in lines if line.pk not in behind]
    if not kept:
        raise ValidationError(_("There is nothing to publish."))
    return kept


def _stamp_published(change_set: ChangeSet, roadmap: Roadmap, by: Person) -> None:
    highest = ChangeSet.objects.filter(roadmap=roadmap).aggregate(highest=Max("number"))["highest"] or 0
    change_set.number, change_set.state = highest + 1, ChangeSetState.PUBLISHED
    change_set.published_at, change_set.published_by_id = clock.now(), str(by.pk)
    change_set.published_by_name = by.get_full_name()
    record(events.CHANGE_PUBLISHED, on=change_set, by=by, changes=save(change_set, by=by), reason=change_set.reason)
    roadmap.edition += 1
    save(roadmap, by=by)


def _leave_behind(roadmap: Roadmap, lines: list[MilestoneChange], by: Person) -> None:
    """Clashing lines wait in a new draft of the author."""
    if not lines:
        return
    draft = draft_change(roadmap=roadmap, by=by)
    for line in lines:
        line.change_set = draft
        save(line, by=by)


@act
def undo_changes(*, change_set: ChangeSet, by: Person, reason: str = "") -> ChangeSet:
    """Take a published change back by a new one. Conflict, naming them, once later changes touched its milestones.

    Without a reason the rows say by themselves, in each reader's language, which change this one takes back.
    """
    require(may_edit_roadmap(by, change_set.roadmap))
    roadmap = hold(change_set.roadmap)
    check_move(CHANGE_SET_MOVES, change_set.state, ChangeSetState.UNDONE)
    lines = list(change_set.changes.select_related("milestone"))
    touched = later_touches(lines)
    if touched:
        raise Conflict(
            _("This cannot be taken back: %(titles)s changed since. Move them again instead.")
            % {"titles": ", ".join(f"“{milestone.title}”" for milestone in touched)}
        )
    change_set.state = ChangeSetState.UNDONE
    reason = reason.strip()
    record(events.CHANGE_UNDONE, on=change_set, by=by, changes=save(change_set, by=by), reason=reason)
    return _reverse(roadmap, change_set, lines, reason, by)


def _reverse(roadmap: Roadmap, undone: ChangeSet, lines: list[MilestoneChange], reason: str, by: Person) -> ChangeSet:
    back = ChangeSet(
        roadmap=roadmap,
        author=by,
        base_edition=roadmap.edition,
        undoes=undone,
        reason=reason,
        reason_kind=ReasonKind.CORRECTION,
        reason_language=reader() if reason else "",
    )
    _stamp_published(back, roadmap, by)
    fields = {line.milestone_id: _turned_round(line) for line in lines}
    for line in lines:
        save(
            MilestoneChange(
                roadmap=roadmap,
                change_set=back,
                milestone=line.milestone,
                base_version=line.milestone.version,
                fields=fields[line.milestone_id],
            ),
            by=by,
        )
    put(roadmap, fields, reason=reason, by=by)
    return back


def _turned_round(line: MilestoneChange) -> dict:
    """The line's fields with old and new exchanged; an order that was arranged anew since is left as it is."""
    lost = {"rank"} if "rank" in line.fields and line.fields["rank"][1] != line.milestone.rank else set()
    return {name: pair[::-1] for name, pair in line.fields.items() if name not in lost}


@act
def reprioritise(*, roadmap: Roadmap, moves: Iterable[Move], reason_kind: str, reason: str, by: Person) -> ChangeSet:
    """Draft, move and publish in one act. Conflict while the author has another draft with moves in it."""
    draft = draft_change(roadmap=roadmap, by=by)
    if draft.changes.exists():
        raise Conflict(_("You have a draft with other moves. Publish it or throw it away first."))
    for move in moves:
        move_milestone(change_set=draft, move=move, by=by)
    return publish_changes(change_set=draft, reason_kind=reason_kind, reason=reason, by=by)
