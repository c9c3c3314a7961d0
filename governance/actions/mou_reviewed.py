"""The periodic review of a memorandum in force, noted as done; the next one follows from its cycle (domain.md §6)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from governance import events
from governance.actions.mou_review import hold_mou
from governance.models import Mou, MouReview
from governance.mou import telling
from governance.mou.ahead import next_review
from governance.mou.limits import check_texts
from governance.mou_states import MouState, ReviewCycle
from governance.permissions import may_write_mou
from people.models import Person
from people.permissions import require
from records import clock
from records.acts import act
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import write

NOTED = gettext_noop("%(product)s: memorandum %(number)s was reviewed on %(day)s, as %(who)s noted.")


@act
def note_review(
    *, mou: Mou, reviewed_on: date, due_on: date | None, by: Person, note_en: str = "", note_fr: str = "",
    next_on: date | None = None,
) -> MouReview:  # fmt: skip
    """Note that the review that is due on `due_on` was done on a day, and what came of it, in one language at least.

    `next_on` is the date after it where the memorandum is reviewed on a date; elsewhere the cycle says it. OutOfTurn when it
    is not in force, or another review is the next by now; ValidationError for a day that is to come.
    """
    require(may_write_mou(by, mou))
    held = hold_mou(mou)
    if held.state != MouState.IN_FORCE:
        raise OutOfTurn(_("This version is not in force."), subject=held)
    due = next_review(held)
    if due is None or due != due_on:
        raise OutOfTurn(_("This review is noted already, or none is to come."), subject=held)
    notes = {"note_en": note_en.strip(), "note_fr": note_fr.strip()}
    _check(held, reviewed_on, due, next_on, notes)
    review = MouReview(
        mou=held, due_on=due, reviewed_on=reviewed_on, next_on=next_on, noted_at=clock.now(), noted_by_id=str(by.pk),
        noted_by_name=by.get_full_name(), **notes,
    )  # fmt: skip
    write(review)
    told = {"was due on": [None, due.isoformat()], "reviewed on": [None, reviewed_on.isoformat()]}
    record(events.MOU_REVIEW_NOTED, on=held, by=by, changes=told, reason=notes["note_en"] or notes["note_fr"])
    telling.tell_parties(held, telling.DUE, NOTED, by, key=str(review.pk), day=reviewed_on, who=by.get_full_name())
    return review


def _check(mou: Mou, reviewed_on: date, due: date, next_on: date | None, notes: dict[str, str]) -> None:
    check_texts(notes)
    errors = {}
    if reviewed_on > clock.today():
        errors["reviewed_on"] = _("This day is still to come.")
    elif mou.in_force_from is not None and reviewed_on < mou.in_force_from:
        errors["reviewed_on"] = _("It was not in force yet on this day.")
    if not any(notes.values()):
        errors["note_en"] = _("Say what came of it, in one language at least.")
    if next_on is not None and (mou.review_cycle != ReviewCycle.ON_DATE or next_on <= max(due, reviewed_on)):
        errors["next_on"] = _("The next date comes after this review.")
    elif next_on is not None and mou.ends_on is not None and next_on >= mou.ends_on:
        errors["next_on"] = _("It ends on %(day)s already.") % {"day": mou.ends_on.isoformat()}
    if errors:
        raise ValidationError(errors)
