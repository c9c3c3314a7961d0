"""What a decision does (domain.md §5, decisions.md §12): the whole gate × decision table, and the other kinds.

`actions.decisions.decide_review` calls, inside its own act:

    mandate = mandate_for(review=review, outcome=outcome, number=number, by=by)   # kept in Decision.mandate
    next_review_on = proposed_next_review(review.gate, day, months)               # kept in Decision.next_review_on
    carry_out(decision=decision, by=by)                                           # once the decision is written

Either everything the table says happens with the decision, or nothing does.
"""

from governance.consequences.carrying import carry_out
from governance.consequences.mandates import mandate_for
from governance.consequences.next_review import proposed_next_review
from governance.consequences.standing import moves_its_subject, what_stands

__all__ = ["carry_out", "mandate_for", "moves_its_subject", "proposed_next_review", "what_stands"]
