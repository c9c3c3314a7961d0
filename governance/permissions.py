"""Who may do what with reviews, boards and their meetings. Each verdict carries its reason; the table is in people.permissions.

Who may vote on one point, and who records its decision, depends on seats: see governance.voting.voices.
"""

from typing import Any

from django.utils.translation import gettext as _

from governance.models import BandRule, Board, Mitigation, Mou, Review, Risk
from governance.models.mou import own
from governance.states import DecisionKind, Effect
from people.models import Person
from people.permissions import Verdict, may, standing
from people.states import CapacityKind
from products.models import Product
from products.permissions import may_request_status


def may_prepare_review(person: Any, product: Product, kind: str = DecisionKind.GATE) -> Verdict:
    """The leads of the product; its sponsor a request of status as well, its portfolio manager a memorandum."""
    if kind == DecisionKind.MOU:
        return may_begin_mou(person, product)
    if kind == DecisionKind.RISK_ESCALATION:
        return may(person, "escalate_risk", product, **product.scopes())
    verdict = may(person, "prepare_review", product, **product.scopes())
    if verdict or kind != DecisionKind.STATUS:
        return verdict
    return may_request_status(person, product)


def may_submit_review(person: Any, review: Review) -> Verdict:
    """Who prepares it submits it. Product status is requested by the sponsor or in the sponsor's name (domain.md §2); the
    review of a business case is presented by the Head of Product (§5)."""
    if review.kind == DecisionKind.MOU:
        return may_begin_mou(person, review.product)
    if review.kind == DecisionKind.RISK_ESCALATION:
        return may(person, "escalate_risk", review, **review.product.scopes())
    if review.kind == DecisionKind.STATUS:
        return may_request_status(person, review.product)
    confirms = review.gate is not None and review.gate.approved_effect == Effect.CONFIRMED
    return may(person, "present_case" if confirms else "prepare_review", review, **review.product.scopes())


def may_begin_change(person: Any, product: Product) -> Verdict:
    return may(person, "prepare_review", product, **product.scopes())


def _over(person: Any, verb: str, board: Board, subject: Any = None) -> Verdict:
    return may(person, verb, subject or board, board=board.pk, department=board.department_id)


def may_run_meeting(person: Any, board: Board) -> Verdict:
    return _over(person, "run_meeting", board)


def may_read_board(person: Any, board: Board) -> Verdict:
    return _over(person, "read_board", board)


def _over_mou(person: Any, verb: str, mou: Mou) -> Verdict:
    """Held over the product, or over the branch of any party."""
    verdict = may(person, verb, mou, **mou.product.scopes())
    for party in () if verdict else mou.parties.all():
        over = may(person, verb, mou, branch=party.branch_id)
        if over:
            return over
    return verdict


def may_begin_mou(person: Any, product: Product) -> Verdict:
    return may(person, "write_mou", product, **product.scopes())


def may_write_mou(person: Any, mou: Mou) -> Verdict:
    """The leads of the product and its portfolio manager, whatever state it is in."""
    return may(person, "write_mou", mou, **mou.product.scopes())


def may_comment_mou(person: Any, mou: Mou) -> Verdict:
    """The team, the heads and directors-general of every party, and its officials and who signs for them."""
    verdict = _over_mou(person, "comment_mou", mou)
    if verdict or not (isinstance(person, Person) and person.is_active and own(mou, person).exists()):
        return verdict
    return Verdict(True)


def may_keep_risks(person: Any, product: Product) -> Verdict:
    """The team raises, scores, reviews and closes."""
    return may(person, "keep_risks", product, **product.scopes())


def may_move_mitigation(person: Any, mitigation: Mitigation) -> Verdict:
    """The team, and whoever does it."""
    verdict = may_keep_risks(person, mitigation.risk.product)
    if verdict or not (isinstance(person, Person) and person.is_active and mitigation.owner_id == person.pk):
        return verdict
    return Verdict(True)


def may_escalate_risk(person: Any, risk: Risk) -> Verdict:
    return may(person, "escalate_risk", risk, **risk.product.scopes())


def may_accept_risk(person: Any, risk: Risk, rule: BandRule) -> Verdict:
    """Those whom the rule of the risk's band names, within the circle that may ever accept."""
    verdict = may(person, "accept_risk", risk, **risk.product.scopes())
    if verdict and accepting_as(person, risk, rule):
        return verdict
    names = [str(kind.label) for kind in rule.accepters()]
    holders = ", ".join([*names, _("a board")] if rule.board_accepts else names)
    told = {"band": rule.get_band_display(), "holders": holders}
    reason = _("You cannot accept this risk. A risk that is %(band)s is accepted by: %(holders)s.") % told
    return Verdict(False, reason, risk, person)


def accepting_as(person: Any, risk: Risk, rule: BandRule) -> CapacityKind | None:
    """In what capacity `person` may accept, if in any."""
    held = standing(person)
    return next((kind for kind in rule.accepters() if held.has([kind], **risk.product.scopes())), None)
