"""Ask a board for product status, and ask no longer: the request and its review in one act (domain.md §2)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.actions.reviews import begin_review, withdraw_review
from governance.models import Review
from governance.states import DecisionKind
from products.actions.status import request_status, take_back_request
from products.models import Product, ProductStatus
from records.actors import Actor
from records.acts import act
from records.refusals import OutOfTurn
from roadmaps.models import RoadmapYear


@act
def ask_for_status(*, product: Product, until: date, business_case: RoadmapYear, by: Actor) -> Review:
    """Request status until the end of the horizon, with a roadmap year as business case, and begin its review."""
    if business_case.roadmap.product_id != product.pk:
        raise ValidationError({"business_case": _("This roadmap year belongs to another product.")})
    request_status(product=product, asked_until=until, business_case_year=business_case.year, by=by)
    return begin_review(product=product, kind=DecisionKind.STATUS, by=by)


@act
def ask_no_longer(*, status: ProductStatus, reason: str, by: Actor, expected: int | None = None) -> ProductStatus:
    """Take the request back; a review of it that is under way is withdrawn with it."""
    if not status.is_asking:
        raise OutOfTurn(_("This request is answered already."))
    taken = take_back_request(status=status, reason=reason, by=by, expected=expected)
    for review in Review.objects.live().filter(product=status.product_id, kind=DecisionKind.STATUS):
        withdraw_review(review=review, reason=reason, by=by)
    return taken
