"""What a board's decision on an escalated risk does (domain.md §7): accepted until a day, or to be treated by the team."""

from django.utils.translation import gettext as _

from governance.actions.risk_acceptances import accept_risk
from governance.actions.risk_boards import refuse_by_board
from governance.consequences.mandates import mandate_of
from governance.models import Decision, Risk
from governance.risks.told import is_as_submitted
from governance.states import Outcome
from records.actors import Actor
from records.refusals import OutOfTurn


def carry_escalation(decision: Decision, by: Actor) -> None:
    """Approved: accepted as it was scored, until the day the board names. Rejected: not accepted. Otherwise nothing moves."""
    review, until = decision.review, decision.accepted_until
    if review.risk_id is None:
        return
    risk = Risk.objects.select_related("product").get(pk=review.risk_id)
    accepts, rejected = decision.is_approval and until is not None, decision.outcome == Outcome.REJECTED
    if (accepts and not is_as_submitted(review)) or (rejected and not risk.is_open):
        raise OutOfTurn(
            _("This risk ended or was scored anew since it was submitted. Defer it, so that the team withdraws it.")
        )
    if decision.is_approval and until is not None:
        why = {
            f"justification_{language}": getattr(decision, f"rationale_{language}")
            or getattr(review, f"recommendation_{language}")
            or getattr(review, f"ask_{language}")
            for language in ("en", "fr")
        }
        accept_risk(risk=risk, until=until, mandate=mandate_of(decision, by), by=by, **why)
    elif rejected:
        # Kept as one text and read in either language: both are given.
        texts = dict.fromkeys(getattr(decision, f"rationale_{language}") for language in ("en", "fr"))
        refuse_by_board(risk=risk, reason=" / ".join(text for text in texts if text), by=by)
