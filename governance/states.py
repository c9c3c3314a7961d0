"""The vocabulary of boards, gates, reviews, meetings, votes and decisions, and the allowed moves (domain.md §5)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.moves import Moves


class DecisionKind(TextChoices):
    """What a board may be asked to decide."""

    GATE = "gate", _("toll-gate")
    STATUS = "status", _("product status")
    STATUS_REVIEW = "status_review", _("review of product status")
    MOU = "mou", _("MOU")
    ROADMAP_ENDORSEMENT = "roadmap_endorsement", _("roadmap endorsement")
    ROADMAP_APPROVAL = "roadmap_approval", _("roadmap approval")
    OUTCOME_GATE = "outcome_gate", _("outcome gate")
    RISK_ESCALATION = "risk_escalation", _("escalated risk")
    NON_COMPLIANCE = "non_compliance", _("non-compliance")
    ADVICE = "advice", _("advice")


class Rule(TextChoices):
    """How a board comes to its decision."""

    MAJORITY = "majority", _("majority of those voting")
    CONSENSUS = "consensus", _("consensus: nobody against")
    CHAIR = "chair", _("the chair decides on the board's advice")


class SeatRole(TextChoices):
    CHAIR = "chair", _("chair")
    VOTING = "voting", _("voting member")
    ALTERNATE = "alternate", _("alternate")
    SECRETARY = "secretary", _("secretary")
    OBSERVER = "observer", _("observer")

    @classmethod
    def eligible(cls) -> tuple["SeatRole", ...]:
        """The seats that make up the base of the quorum."""
        return (cls.CHAIR, cls.VOTING)


class Requirement(TextChoices):
    """How firmly a gate asks for an input."""

    REQUIRED = "required", _("required")
    CONDITIONAL = "conditional", _("where asked for")
    RECOMMENDED = "recommended", _("recommended")


class Effect(TextChoices):
    """What a gate decision does: the closed list (decisions.md §12). Which gate has which is data."""

    NOTHING = "nothing", _("nothing moves")
    JUSTIFIED = "justified", _("gate 2 opens if complex or risky, else on to Design")
    TO_DESIGN = "to_design", _("on to Design")
    TO_TRANSITION = "to_transition", _("funding approved, on to Transition; listed as coming")
    TO_OPERATE = "to_operate", _("on to Operate; listed as live; next business case review fixed")
    CONFIRMED = "confirmed", _("outcomes confirmed, in Operate; next business case review fixed")
    TO_IMPROVE = "to_improve", _("strategy and roadmap reviewed, on to Improve")
    TO_RETIRE = "to_retire", _("off the catalogue, on to Retire")
    PHASED_OUT = "phased_out", _("closed: phased out")
    REJECTED = "rejected", _("closed: rejected")


class ChangePhase(TextChoices):
    """Where a change to a live product stands; it passes gates 1 to 4 while the product stays where it is."""

    STRATEGY = "strategy", _("Strategy")
    DESIGN = "design", _("Design")
    TRANSITION = "transition", _("Transition")
    DONE = "done", _("In operation")
    REJECTED = "rejected", _("Closed: rejected")


CHANGE_MOVES: Moves = {
    ChangePhase.STRATEGY: {ChangePhase.DESIGN, ChangePhase.REJECTED},
    ChangePhase.DESIGN: {ChangePhase.TRANSITION, ChangePhase.REJECTED},
    ChangePhase.TRANSITION: {ChangePhase.DONE, ChangePhase.REJECTED},
    ChangePhase.DONE: set(),
    ChangePhase.REJECTED: set(),
}


class ReviewState(TextChoices):
    PREPARING = "preparing", _("in preparation")
    SUBMITTED = "submitted", _("submitted")
    ON_AGENDA = "on_agenda", _("on an agenda")
    DECIDED = "decided", _("decided")
    WITHDRAWN = "withdrawn", pgettext_lazy("review", "withdrawn")


REVIEW_MOVES: Moves = {
    ReviewState.PREPARING: {ReviewState.SUBMITTED, ReviewState.WITHDRAWN},
    ReviewState.SUBMITTED: {ReviewState.ON_AGENDA, ReviewState.WITHDRAWN},
    # Back to submitted when the item leaves the agenda or is deferred: the same package waits for a later meeting.
    ReviewState.ON_AGENDA: {ReviewState.SUBMITTED, ReviewState.DECIDED, ReviewState.WITHDRAWN},
    ReviewState.DECIDED: set(),
    ReviewState.WITHDRAWN: set(),
}


class MeetingForm(TextChoices):
    MEETING = "meeting", _("meeting")
    WRITTEN = "written", _("written procedure")


class MeetingState(TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    OPEN = "open", pgettext_lazy("meeting", "open")
    CLOSED = "closed", pgettext_lazy("meeting", "closed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


MEETING_MOVES: Moves = {
    MeetingState.PLANNED: {MeetingState.OPEN, MeetingState.CANCELLED},
    MeetingState.OPEN: {MeetingState.CLOSED},
    MeetingState.CLOSED: set(),
    MeetingState.CANCELLED: set(),
}


class AgendaState(TextChoices):
    """An item of an agenda."""

    WAITING = "waiting", _("not begun")
    VOTING = "voting", _("voting is open")
    VOTED = "voted", _("voting is closed")
    DECIDED = "decided", _("decided")
    REMOVED = "removed", _("taken off the agenda")


AGENDA_MOVES: Moves = {
    AgendaState.WAITING: {AgendaState.VOTING, AgendaState.REMOVED},
    AgendaState.VOTING: {AgendaState.VOTED},
    AgendaState.VOTED: {AgendaState.DECIDED, AgendaState.REMOVED},
    AgendaState.DECIDED: set(),
    AgendaState.REMOVED: set(),
}


class Presence(TextChoices):
    PRESENT = "present", _("present")
    ABSENT = "absent", _("absent")


class Choice(TextChoices):
    """A vote. Recusal is declared, not cast."""

    FOR = "for", _("for")
    AGAINST = "against", _("against")
    ABSTAIN = "abstain", _("abstain")


class Outcome(TextChoices):
    """What a board decided."""

    APPROVED = "approved", pgettext_lazy("decision", "approved")
    WITH_CONDITIONS = "with_conditions", _("approved with conditions")
    RETURNED = "returned", _("returned for amendment")
    DEFERRED = "deferred", _("deferred")
    REJECTED = "rejected", pgettext_lazy("decision", "rejected")

    @classmethod
    def approvals(cls) -> tuple["Outcome", ...]:
        return (cls.APPROVED, cls.WITH_CONDITIONS)


class ConditionState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("condition", "proposed")
    OPEN = "open", pgettext_lazy("condition", "open")
    PROVEN = "proven", _("proof given")
    CLOSED = "closed", pgettext_lazy("condition", "closed")
    DROPPED = "dropped", _("not taken up")
    WITHDRAWN = "withdrawn", pgettext_lazy("condition", "withdrawn")


CONDITION_MOVES: Moves = {
    ConditionState.PROPOSED: {ConditionState.OPEN, ConditionState.DROPPED},
    # Withdrawn when the decision it binds by is corrected and the new one does not carry it over.
    ConditionState.OPEN: {ConditionState.PROVEN, ConditionState.WITHDRAWN},
    # Back to open when the verifier does not accept the proof.
    ConditionState.PROVEN: {ConditionState.CLOSED, ConditionState.OPEN, ConditionState.WITHDRAWN},
    ConditionState.CLOSED: set(),
    ConditionState.DROPPED: set(),
    ConditionState.WITHDRAWN: set(),
}


class MinutesState(TextChoices):
    DRAFT = "draft", pgettext_lazy("minutes", "draft")
    CIRCULATED = "circulated", _("circulated")
    APPROVED = "approved", pgettext_lazy("minutes", "approved")
    LOCKED = "locked", _("locked")


MINUTES_MOVES: Moves = {
    MinutesState.DRAFT: {MinutesState.CIRCULATED},
    MinutesState.CIRCULATED: {MinutesState.DRAFT, MinutesState.APPROVED},
    MinutesState.APPROVED: {MinutesState.LOCKED},
    MinutesState.LOCKED: set(),
}
