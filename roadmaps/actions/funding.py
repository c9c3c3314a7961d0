"""Money for milestones, and the funding rule of parallel projects (domain.md §4).

A project's money counts only for milestones whose outcomes include a requirement of that project that the product accepted.
"""

from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people.permissions import Verdict, require
from products.models import FundingSource
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import remove, save
from roadmaps import events
from roadmaps.models import Demand, Milestone, MilestoneFunding, ParallelProject
from roadmaps.permissions import may_edit_roadmap
from roadmaps.states import DemandState


def may_source_fund(milestone: Milestone, source: FundingSource, by: Actor) -> Verdict:
    """The funding rule. The reason names the project and what is missing."""
    project = ParallelProject.objects.filter(funds=source).first()
    if project is None or milestone.demands.filter(project=project, state=DemandState.SCHEDULED).exists():
        return Verdict(True)
    accepted = Demand.objects.filter(project=project, state__in=[DemandState.ACCEPTED, DemandState.SCHEDULED])
    if accepted.filter(outcome__served_by__milestone=milestone).exists():
        return Verdict(True)
    codes = sorted(link.outcome.code for link in milestone.serves.select_related("outcome__goal"))
    where = _("Its outcomes are: %(codes)s.") % {"codes": ", ".join(codes)} if codes else _("It serves no outcome yet.")
    reason = _(
        "Money of %(project)s counts only for a milestone whose outcomes include an accepted requirement of that project; "
        "“%(milestone)s” has none."
    ) % {"project": project.name, "milestone": milestone.title}
    return Verdict(False, f"{reason} {where}", milestone, by)


def not_counting(fundings: QuerySet, by: Actor) -> str:
    """Why money that `fundings` name does not count, as the requirements stand now; empty while all of it does."""
    ruled = fundings.filter(source__in=ParallelProject.objects.exclude(funds=None).values("funds"))
    for funding in ruled.select_related("milestone__roadmap", "source"):
        verdict = may_source_fund(funding.milestone, funding.source, by)
        if not verdict:
            return _("%(reason)s Take that money off the milestone first.") % {"reason": verdict.reason}
    return ""


@act
def fund_milestone(*, milestone: Milestone, source: FundingSource, amount: Decimal, by: Actor) -> MilestoneFunding:
    """Set what a source gives to a milestone. Refused, with what is missing, against the funding rule."""
    require(may_edit_roadmap(by, milestone.roadmap))
    require(may_source_fund(milestone, source, by))
    funding = MilestoneFunding.objects.filter(milestone=milestone, source=source).first()
    funding = funding or MilestoneFunding(roadmap=milestone.roadmap, milestone=milestone, source=source)
    funding.amount = amount
    changes = save(funding, by=by)
    if changes:
        record(
            events.MILESTONE_FUNDED, on=milestone, by=by, changes={"source": [None, source.name], **_amount(changes)}
        )
    return funding


def _amount(changes: dict) -> dict:
    return {"amount": changes["amount"]} if "amount" in changes else {}


@act
def drop_funding(*, funding: MilestoneFunding, by: Actor) -> None:
    """The source no longer pays for the milestone."""
    require(may_edit_roadmap(by, funding.roadmap))
    record(
        events.MILESTONE_FUNDING_DROPPED,
        on=funding.milestone,
        by=by,
        changes={"source": [funding.source.name, None], "amount": [funding.amount, None]},
    )
    remove(funding, by=by)
