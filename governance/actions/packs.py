"""Issue the papers of a meeting: a numbered revision that never changes, rendered by a job in both languages (ux.md A8)."""

from django.utils.translation import gettext as _

from governance import events
from governance.actions.holding import hold_meeting
from governance.models import Meeting, Pack
from governance.papers import contents
from governance.permissions import may_run_meeting
from governance.states import MeetingState
from people.permissions import require
from records import clock
from records.actors import Actor
from records.acts import act
from records.jobs import enqueue
from records.refusals import Conflict, OutOfTurn
from records.trail import record

JOB = "governance.render_pack"


@act
def issue_pack(*, meeting: Meeting, by: Actor) -> Pack:
    """Issue the next revision. Conflict for an empty agenda, a cancelled meeting, or when nothing changed since the last."""
    require(may_run_meeting(by, meeting.board))
    meeting = hold_meeting(meeting)
    last = Pack.objects.filter(meeting=meeting).order_by("-number").first()
    content = contents.content_of(meeting)
    _check(meeting, content, last)
    pack = Pack.objects.create(
        meeting=meeting,
        number=last.number + 1 if last else 1,
        content=content,
        sha256=contents.sha256(content),
        issued_at=clock.now(),
        issued_by_id=str(by.pk),
        issued_by_name=by.get_full_name(),
    )
    told = {"revision": [last and last.revision, pack.revision], "sha256": [last and last.sha256, pack.sha256]}
    record(events.PACK_ISSUED, on=pack, by=by, changes=told)
    enqueue(JOB, str(pack.pk), {"pack": str(pack.pk)}, by=by)
    return pack


def _check(meeting: Meeting, content: dict[str, object], last: Pack | None) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise OutOfTurn(_("This meeting is cancelled."))
    if not content["points"]:
        raise Conflict(_("There is nothing on the agenda yet."))
    if last is not None and last.content == content:
        raise Conflict(_("Nothing changed since revision %(revision)s.") % {"revision": last.revision})
