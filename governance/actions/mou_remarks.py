"""Remarks on the sections of a memorandum, with a suggested text if one likes, and the questions of who is to sign it; open
until somebody settles them (ux.md A7). The writers, the thread and who is asked hear of each.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import events
from governance.models import Mou, MouComment
from governance.mou.limits import check_texts
from governance.mou.remarks import around, may_ask, tell_of
from governance.mou_states import MouState
from governance.permissions import may_comment_mou, may_write_mou
from people.bilingual import reader
from people.models import Person
from people.permissions import require
from records import clock
from records.acts import act
from records.refusals import Conflict, OutOfTurn
from records.trail import record
from records.writing import save

OPEN_STATES = (MouState.DRAFT, MouState.IN_REVIEW, MouState.APPROVED, MouState.OUT_FOR_SIGNATURE)


@act
def write_comment(
    *,
    mou: Mou,
    section: int,
    text: str,
    by: Person,
    suggested: str = "",
    answers: MouComment | None = None,
    asked: Person | None = None,
) -> MouComment:
    """Say something of a section, ask somebody about it, or answer a remark on it. It keeps its writer's language.

    ValidationError where `asked` is nobody whom the memorandum concerns.
    """
    require(may_comment_mou(by, mou))
    if mou.state not in OPEN_STATES:
        raise OutOfTurn(_("This version takes no more remarks: it is %(state)s.") % {"state": mou.get_state_display()})
    check_texts({"text": text, "suggested": suggested})
    if asked is not None and not around(mou).filter(pk=asked.pk).exists():
        raise ValidationError({"asked": _("Choose one of the answers.")})
    if answers is not None:
        answers = answers.answers or answers
        if answers.mou_id != mou.pk or answers.settled_at is not None:
            raise Conflict(_("This remark is settled. Write a new one."))
        section = answers.section
    comment = _comment(mou, section, text, by)
    comment.answers, comment.suggested, comment.asked = answers, suggested.strip(), asked
    record(events.MOU_REMARK_WRITTEN, on=comment, by=by, changes=save(comment, by=by))
    tell_of(comment, by)
    return comment


@act
def ask_before_signing(*, mou: Mou, section: int, text: str, by: Person) -> MouComment:
    """Ask about a section of the frozen text before signing it; the writers and all parties are told and may answer.

    Refused to all but the signatories and who signs for them, and when it is not out for signature.
    """
    require(may_ask(by, mou))
    check_texts({"text": text})
    question = _comment(mou, section, text, by)
    question.is_question = True
    record(events.MOU_QUESTION_ASKED, on=question, by=by, changes=save(question, by=by))
    tell_of(question, by)
    return question


def _comment(mou: Mou, section: int, text: str, by: Person) -> MouComment:
    return MouComment(
        mou=mou, section=section, text=text.strip(), language=reader(), written_at=clock.now(),
        written_by_id=str(by.pk), written_by_name=by.get_full_name(),
    )  # fmt: skip


@act
def settle_comment(*, comment: MouComment, by: Person, expected: int | None = None) -> MouComment:
    """Close a remark: by who wrote it, or by who writes the memorandum."""
    if comment.written_by_id != str(by.pk):
        require(may_write_mou(by, comment.mou))
    if comment.answers_id is not None or comment.settled_at is not None:
        raise Conflict(_("This remark is settled already."))
    comment.settled_at, comment.settled_by_id, comment.settled_by_name = clock.now(), str(by.pk), by.get_full_name()
    record(events.MOU_REMARK_SETTLED, on=comment, by=by, changes=save(comment, by=by, expected=expected))
    return comment
