"""What a committee's decision about a memorandum does (domain.md §6): approved, or a draft again."""

from django.utils.translation import gettext as _

from governance.actions.mou_review import approve_mou, return_mou
from governance.consequences.mandates import mandate_of
from governance.models import Decision, Package
from governance.states import Outcome
from people.bilingual import said
from records.actors import Actor
from records.refusals import Conflict


def carry_mou(decision: Decision, by: Actor) -> None:
    """Approved: the text whose hash is in the package may be signed. Returned or rejected: a draft again. Deferred: nothing."""
    mou = decision.review.mou
    if mou is None or decision.outcome == Outcome.DEFERRED:
        return
    if decision.is_approval:
        approve_mou(mou=mou, sha256=_decided(decision), mandate=mandate_of(decision, by), by=by)
    else:
        return_mou(mou=mou, reason=said(decision, "rationale"), by=by)


def _decided(decision: Decision) -> str:
    """The hash of the text that the decided package is about."""
    content = Package.objects.get(review=decision.review_id).content
    if "mou" not in content:
        raise Conflict(_("The package that was decided names no text."))
    return str(content["mou"]["sha256"])
