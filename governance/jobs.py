"""Work of this floor: the papers of a meeting, its locked minutes and the brief of a decision in both languages; written votes
end with their time; each day, overdue conditions and business cases to be reviewed are told of, and product status begins when
its MOU is there and ends on its day."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_noop

from governance.actions.conditions import tell_overdue
from governance.actions.decisions import JOB as BRIEF_JOB
from governance.actions.minutes import JOB as MINUTES_JOB
from governance.actions.mou_ending import expire_mou, terminate_mou
from governance.actions.packs import JOB
from governance.actions.votes import close_overdue
from governance.consequences.next_review import due_soon
from governance.models import AgendaPoint, Condition, Decision, Meeting, Minutes, Mou, MouTermination, Pack, Seat
from governance.mou.ahead import remind
from governance.mou.changed import differences, fingerprint
from governance.mou.ending import consented_all
from governance.mou.telling import tell_changed
from governance.notices import case_review_due
from governance.states import AgendaState, MeetingForm, MeetingState
from people.actions.notices import tell_people
from people.bilingual import LANGUAGES
from people.notices import both
from products.actions.status import expire_status, grant_waiting, has_mou, is_too_late, lapse_status
from products.models import ProductStatus
from products.states import StatusState
from records import clock
from records.actions.documents import keep_document
from records.actors import SYSTEM
from records.jobs import daily, job, waiting

DOCUMENT = "pack"


@job(JOB)
def render_pack(payload: dict[str, Any]) -> dict[str, Any]:
    """Render the revision once per language, keep the bytes, and tell the board that its papers are there."""
    from governance.papers.pack import pack_pdf, pack_title  # the renderer takes long to load, and only workers need it

    pack = Pack.objects.select_related("meeting__board__department").get(pk=payload["pack"])
    numbers = {}
    for language in ("en", "fr"):
        with translation.override(language):
            title = pack_title(pack)
        content = pack_pdf(pack, language=language)
        document = keep_document(
            kind=DOCUMENT, subject_id=str(pack.pk), language=language, title=title, content=content
        )
        numbers[language] = document.number
    _tell(pack)
    return numbers


@job(BRIEF_JOB)
def render_decision_brief(payload: dict[str, Any]) -> dict[str, Any]:
    """Keep the brief of a decision as it was recorded, once per language."""
    from governance.papers.sheet import keep_recorded

    rows = Decision.objects.select_related(
        "review__product__department", "review__gate", "point__meeting__board__department"
    )
    decision = rows.get(pk=payload["decision"])
    return {language: keep_recorded(decision, language=language).number for language in LANGUAGES}


@job(MINUTES_JOB)
def render_minutes(payload: dict[str, Any]) -> dict[str, Any]:
    """Keep locked minutes as they are, once per language."""
    from governance.papers.minutes import keep_minutes

    minutes = Minutes.objects.select_related("meeting__board__department").get(pk=payload["minutes"])
    return {language: keep_minutes(minutes, language=language).number for language in LANGUAGES}


def _tell(pack: Pack) -> None:
    meeting = pack.meeting
    seats = Seat.objects.filter(board=meeting.board_id).on(clock.today()).select_related("person")
    words = gettext_noop("%(board)s, %(day)s: the papers are ready, revision %(revision)s.")
    told = both(words, board=lambda: meeting.board.name, day=f"{meeting.starts_at:%Y-%m-%d}", revision=pack.revision)
    tell_people(
        people=[seat.person for seat in seats],
        kind="pack.ready",
        path=reverse("pack-list", args=[meeting.pk]),
        by=SYSTEM,
        key=str(pack.pk),
        **told,
    )


def overdue_votes() -> QuerySet[AgendaPoint]:
    """Open votes of written procedures whose end has passed; the rows decide, not the clock tick."""
    over = Meeting.objects.filter(form=MeetingForm.WRITTEN, state=MeetingState.OPEN, ends_at__lte=clock.now())
    return AgendaPoint.objects.filter(state=AgendaState.VOTING, meeting__in=over)


@waiting("governance.close_overdue_votes", lambda: overdue_votes().exists())
def close_overdue_votes(payload: dict[str, Any]) -> dict[str, Any]:
    """Close what is over, with the tally as it stood then. Done twice, the second time finds nothing."""
    points = list(overdue_votes().order_by("pk"))
    for point in points:
        close_overdue(point=point, by=SYSTEM)
    return {"points": len(points)}


@daily("governance.overdue_conditions")
def tell_overdue_conditions(payload: dict[str, Any]) -> None:
    """Owner and verifier learn that a condition is overdue: once for each due day it had."""
    rows = Condition.objects.overdue(clock.today()).select_related("owner", "verifier", "decision", "review__product")
    for condition in rows:
        tell_overdue(condition, SYSTEM)


@daily("governance.business_cases")
def remind_of_business_cases(payload: dict[str, Any]) -> None:
    """Leads and secretaries learn a month before that a business case is to be reviewed, and once more when it is overdue."""
    for product in due_soon(clock.today()):
        case_review_due(product, product.next_case_review, by=SYSTEM)  # type: ignore[attr-defined,arg-type]


@daily("governance.product_status")
def follow_status(payload: dict[str, Any]) -> None:
    """Status that waited for its MOU begins, or lapses with its horizon; status past its last day ends. Harmless when done
    before."""
    rows = ProductStatus.objects.select_related("product").select_for_update(of=("self",))
    for hopeful in rows.filter(state=StatusState.APPROVED):
        if is_too_late(hopeful):
            lapse_status(status=hopeful, by=SYSTEM)
        elif has_mou(hopeful.product):
            grant_waiting(status=hopeful, by=SYSTEM)
    for over in rows.filter(state=StatusState.GRANTED, expires_on__lt=clock.today()):
        expire_status(status=over, by=SYSTEM)


@daily("governance.memoranda")
def end_memoranda(payload: dict[str, Any]) -> None:
    """End what the parties agreed to end by today, then what had its last day. Done twice, the second time finds nothing."""
    today = clock.today()
    due = MouTermination.objects.filter(withdrawn_at=None, effective_on__lte=today).values("mou_id")
    rows = Mou.objects.in_force().select_related("product").select_for_update(of=("self",)).order_by("pk")
    for mou in rows.filter(pk__in=due):
        proposal = mou.terminations.get(withdrawn_at=None)
        if consented_all(proposal):
            terminate_mou(termination=proposal, by=SYSTEM)
    for mou in rows.filter(ends_on__lt=today):
        expire_mou(mou=mou, by=SYSTEM)


@daily("governance.memoranda_ahead")
def look_ahead(payload: dict[str, Any]) -> None:
    """Remind of reviews and last days; tell once where the records left what was signed."""
    for mou in Mou.objects.in_force().select_related("product__department").order_by("pk"):
        remind(mou, SYSTEM)
        if found := differences(mou):
            tell_changed(mou, SYSTEM, fingerprint(found))
