"""What owners and leads are told of risks: a review that is due, an acceptance that ends, an issue (domain.md §7)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from governance.models import Mitigation, Risk, RiskAcceptance
from people.actions.notices import tell_people
from people.models import Person
from people.notices import Group, Kind, both, register
from people.states import Delivery
from products.notices import holders
from records.actors import Actor

REVIEW_DUE, ACCEPTANCE, ISSUE, OWNED = "risk.review_due", "risk.acceptance", "risk.issue", "risk.owned"

register(
    Kind(REVIEW_DUE, _("The review of a risk, or an activity against it, is due"), Delivery.DIGEST, Group.RISK),
    Kind(ACCEPTANCE, _("The acceptance of a risk ends"), Delivery.AT_ONCE, Group.RISK),
    Kind(ISSUE, _("A risk became an issue"), Delivery.AT_ONCE, Group.RISK),
    Kind(OWNED, _("A risk or an activity against one is given to you"), Delivery.DIGEST, Group.RISK),
)

SOON = timedelta(days=7)
DUE = gettext_noop("%(product)s: the review of risk %(risk)s is due on %(day)s.")
LATE = gettext_noop("%(product)s: the review of risk %(risk)s was due on %(day)s.")
ACTIVITY_LATE = gettext_noop("%(product)s: an activity against risk %(risk)s was due on %(day)s: %(what)s")
ENDS = gettext_noop("%(product)s: the acceptance of risk %(risk)s ends after %(day)s.")
ENDED = gettext_noop("%(product)s: the acceptance of risk %(risk)s ended: %(why)s.")
BECAME = gettext_noop("%(product)s: risk %(risk)s became an issue on %(day)s: %(what)s")
YOURS = gettext_noop("%(product)s: risk %(risk)s is yours: %(what)s")
TO_DO = gettext_noop("%(product)s: an activity against risk %(risk)s is yours, due on %(day)s: %(what)s")


def concerned(risk: Risk) -> list[Person]:
    """Its owner and the leads of its product."""
    return [*([risk.owner] if risk.owner else []), *holders(risk.product)]


def _tell(
    risk: Risk,
    kind: str,
    words: str,
    by: Actor,
    *,
    people: Iterable[Person] | None = None,
    key: str = "",
    **values: Any,
) -> None:
    tell_people(
        people=concerned(risk) if people is None else people,
        kind=kind,
        path=reverse("risk-detail", args=[risk.product.code, risk.pk]),
        by=by,
        key=key,
        **both(words, product=lambda: risk.product.name, risk=risk.label, **values),
    )


def tell_review_due(risk: Risk, day: date, by: Actor) -> None:
    """Once a week before the review is due, once when it was."""
    late = risk.review_on is not None and risk.review_on < day
    key = f"{risk.pk}:{risk.review_on}:{'late' if late else 'soon'}"
    _tell(risk, REVIEW_DUE, LATE if late else DUE, by, key=key, day=risk.review_on)


def tell_activity_late(activity: Mitigation, by: Actor) -> None:
    """Whoever does it, once for each due day it had."""
    values: dict[str, Any] = {
        "day": activity.due_on,
        "what": lambda: activity.what,
        "key": f"{activity.pk}:{activity.due_on}",
    }
    _tell(activity.risk, REVIEW_DUE, ACTIVITY_LATE, by, people=[activity.owner], **values)


def tell_acceptance_ends(acceptance: RiskAcceptance, by: Actor) -> None:
    """Once a week before its last day."""
    _tell(acceptance.risk, ACCEPTANCE, ENDS, by, key=f"{acceptance.pk}:{acceptance.until}", day=acceptance.until)


def tell_acceptance_ended(acceptance: RiskAcceptance, by: Actor) -> None:
    _tell(acceptance.risk, ACCEPTANCE, ENDED, by, why=acceptance.get_ended_why_display)


def tell_issue(risk: Risk, by: Actor) -> None:
    _tell(risk, ISSUE, BECAME, by, day=risk.became_issue_on, what=lambda: risk.issue)


def tell_owner(risk: Risk, by: Actor) -> None:
    """Who is made the owner of a risk."""
    if risk.owner is not None:
        _tell(risk, OWNED, YOURS, by, people=[risk.owner], what=lambda: risk.event)


def tell_doer(activity: Mitigation, by: Actor) -> None:
    """Who is given an activity."""
    values: dict[str, Any] = {"day": activity.due_on, "what": lambda: activity.what}
    _tell(activity.risk, OWNED, TO_DO, by, people=[activity.owner], **values)
