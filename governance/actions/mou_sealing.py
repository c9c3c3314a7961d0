"""Seal a signed memorandum and send it to the parties (domain.md §6)."""

from governance import events
from governance.actions.mou_review import hold_mou
from governance.models import Mou
from governance.mou_states import MouState
from records import jobs
from records.actions.seals import note_standing, seal_document
from records.actors import Actor
from records.acts import act
from records.models import Document
from records.refusals import Conflict
from records.states import StandingState
from records.trail import record
from records.writing import save

MAIL = "governance.mail_sealed_mou"


@act
def seal_mou(*, mou: Mou, by: Actor) -> Document:
    """Render, seal and keep the final document, once; promise its mail to everybody concerned.

    Conflict for what nobody signed; NoCertificate, and Altered when the frozen text is not the one that was signed.
    """
    from governance.mou.sealed import paper_for  # the renderer takes long to load, and only workers need it
    from governance.mou.telling import people_of

    held = hold_mou(mou)
    if held.document is not None:
        return held.document
    if held.state not in MouState.was_in_force() or held.in_force_from is None:
        raise Conflict("Only a memorandum that everybody signed is sealed.")
    document = seal_document(paper=paper_for(held), chain=held.chain(), since=held.in_force_from, by=by)
    if held.state != MouState.IN_FORCE and held.ended_on is not None:  # it ended before its seal was made
        ended = StandingState.SUPERSEDED if held.state == MouState.SUPERSEDED else StandingState.ENDED
        note_standing(document=document, state=ended, since=held.ended_on, by=by)
    held.document = document
    record(events.MOU_SEALED, on=held, by=by, changes=save(held, by=by))
    for person in people_of(held):
        jobs.enqueue(MAIL, f"{held.pk}:{person.pk}", {"mou": str(held.pk), "person": str(person.pk)}, by=by)
    return document
