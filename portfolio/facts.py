"""What is known of many products at once: brief, team, plan, status, boundaries, each as columns of one query.

Facts of a family are read from its head. Lists, the home page and the product page share these columns, so they never
disagree, and a list of a thousand products costs as many queries as a list of ten.
"""

from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, JSONObject, TruncDate

from governance.consequences.next_review import with_next_case_review
from governance.models import Mou, MouReview, Risk, RiskAcceptance
from governance.risk_states import AcceptanceEnd, RiskState, RiskStrategy
from portfolio.team import HOLDER
from products.models import (
    BriefConfirmation,
    BriefPolicy,
    BriefVersion,
    InformationAssessment,
    ProductStatus,
    ProductStrategy,
    RoleAssignment,
    RoleDefinition,
    StandardInUse,
)
from products.models.product import ProductQuerySet
from products.states import AssessmentState, StandardState, StrategyState
from records import clock
from roadmaps.models import Milestone, Release, RoadmapYear
from roadmaps.reading.asof import gathered
from roadmaps.states import MilestoneState

HEAD = OuterRef("head_id")


def _first(rows: QuerySet, field: str) -> Subquery:
    return Subquery(rows.values(field)[:1])


def current_year(day: date) -> Case:
    """The fiscal year of `day` in each product's department."""
    begun = When(department__fiscal_start_month__lte=day.month, then=Value(day.year))
    return Case(begun, default=Value(day.year - 1), output_field=IntegerField())


def with_lead(products: ProductQuerySet, day: date) -> ProductQuerySet:
    """`head_of_product`: the name, or None; who has left holds nothing."""
    holders = RoleAssignment.objects.filter(product=HEAD, kind="head_of_product", person__is_active=True).on(day)
    return products.annotate(head_of_product=_first(holders, "person__name"))


def with_brief(products: ProductQuerySet, day: date) -> ProductQuerySet:
    """`brief_number`, `brief_published`, `brief_updated` (published or confirmed last) and `brief_is_stale`."""
    versions = BriefVersion.objects.filter(product=HEAD).order_by("-number")
    confirmed = BriefConfirmation.objects.filter(product=HEAD).order_by("-confirmed_on")
    published = Subquery(versions.annotate(day=TruncDate("published_at")).values("day")[:1])
    products = products.annotate(brief_number=_first(versions, "number"), brief_published=published)
    products = products.annotate(brief_updated=Greatest("brief_published", _first(confirmed, "confirmed_on")))
    days = Coalesce(
        _first(BriefPolicy.objects.order_by("pk"), "stale_after_days"),
        BriefPolicy._meta.get_field("stale_after_days").default,
    )
    return products.annotate(brief_stale_after=days, brief_age=Value(day) - F("brief_updated"))


def with_plan(products: ProductQuerySet, day: date) -> ProductQuerySet:
    """`year` (the current fiscal year), `year_state`, `year_approved_on`, and whether there is a roadmap at all."""
    products = products.annotate(year=current_year(day))
    plans = RoadmapYear.objects.filter(roadmap__product=HEAD, year=OuterRef("year"))
    return products.annotate(year_state=_first(plans, "state"), year_approved_on=_first(plans, "approved_on"))


def with_status(products: ProductQuerySet, day: date) -> ProductQuerySet:
    """`status` and `status_until` of the status in force, else of the last row; none for a product that never asked."""
    rows = ProductStatus.objects.filter(product=HEAD).foremost()
    return products.annotate(status=_first(rows, "state"), status_until=_first(rows, "expires_on"))


def with_roles(products: ProductQuerySet, day: date) -> ProductQuerySet:
    """`team`, who holds which role today (portfolio.team) and has not left, and `roles_required` by the definitions of roles."""
    held = RoleAssignment.objects.filter(product=HEAD, person__is_active=True).on(day).order_by("person__name", "id")
    required = RoleDefinition.objects.filter(is_required=True).order_by()
    return products.annotate(team=gathered(held, *HOLDER), roles_required=ArraySubquery(required.values("kind")))


def with_strategy(products: ProductQuerySet, day: date) -> ProductQuerySet:
    """`strategy_number` and `strategy_published` of the last published strategy."""
    rows = ProductStrategy.objects.filter(product=HEAD, state=StrategyState.PUBLISHED).order_by("-number")
    return products.annotate(strategy_number=_first(rows, "number"), strategy_published=_first(rows, "published_at"))


def with_boundaries(products: ProductQuerySet, day: date) -> ProductQuerySet:
    """`assessments`, how many of them are `assessments_due`, and `standards_to_leave` without a plan."""
    rows = InformationAssessment.objects.filter(product=OuterRef("pk")).order_by()
    due = Q(state__in=[AssessmentState.NEEDED, AssessmentState.IN_PROGRESS]) | Q(
        next_review_on__lte=day + timedelta(days=30)
    )
    bad = StandardInUse.objects.filter(product=OuterRef("pk"), plan_en="", plan_fr="").exclude(
        standard__state=StandardState.CURRENT
    )
    return products.annotate(
        assessments=_count(rows),
        assessments_due=_count(rows.filter(due)),
        next_review=_first(rows.filter(next_review_on__isnull=False).order_by("next_review_on"), "next_review_on"),
        standards_to_leave=_count(bad.order_by()),
    )


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.values("product_id").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def with_agreement(products: ProductQuerySet, day: date) -> ProductQuerySet:
    """`agreement`: key, name and terms of the memorandum in force as JSON (days as ISO text); None where none is."""
    names = ("id", "number", "edition", "ends_on", "commences_on", "in_force_from", "review_cycle", "review_on")
    last = MouReview.objects.filter(mou__number=OuterRef("number")).order_by("-due_on")
    noted = {"reviewed_until": Subquery(last.values("due_on")[:1]), "next_on": Subquery(last.values("next_on")[:1])}
    found = Mou.objects.in_force().filter(product=HEAD)
    rows = found.values(told=JSONObject(**{name: name for name in names}, **noted))
    return products.annotate(agreement=Subquery(rows[:1]))


def with_next_milestone(products: ProductQuerySet, day: date) -> ProductQuerySet:
    """`next_month`, `next_title_en`, `next_title_fr`, `next_at_risk` of the first open milestone from this month on."""
    rows = (
        Milestone.objects.filter(roadmap__product=HEAD, month__gte=day.replace(day=1))
        .filter(state__in=[MilestoneState.PLANNED, MilestoneState.IN_PROGRESS])
        .order_by("month", "rank", "id")
    )
    names: dict[str, Any] = {
        "next_month": "month",
        "next_title_en": "title_en",
        "next_title_fr": "title_fr",
        "next_at_risk": "is_at_risk",
    }
    return products.annotate(**{name: _first(rows, field) for name, field in names.items()})


def with_trouble(products: ProductQuerySet, day: date) -> ProductQuerySet:
    """`at_risk`: how many milestones of the current fiscal year are at risk. Stands on `with_plan`."""
    rows = Milestone.objects.filter(roadmap__product=HEAD, planned_year=OuterRef("year"), is_at_risk=True)
    counted = rows.order_by().values("roadmap__product").annotate(many=Count("pk")).values("many")
    return products.annotate(at_risk=Coalesce(Subquery(counted), 0, output_field=IntegerField()))


def with_case(products: ProductQuerySet, day: date) -> ProductQuerySet:
    """`next_case_review` as the boards fixed it, and `case_is_before_board`."""
    return with_next_case_review(products)


def with_analyses(products: ProductQuerySet, day: date) -> ProductQuerySet:
    """`analysis_first`: key, number and due day of the release whose impact analysis is due first, as JSON, and `analyses_due`,
    how many are due within two weeks or overdue; None and 0 where none is."""
    rows = Release.objects.analysis_due_by(day).filter(roadmap__product=HEAD)
    first = rows.values(told=JSONObject(id="id", number="number", due="analysis_due_on"))
    counted = rows.order_by().values("roadmap__product").annotate(many=Count("pk")).values("many")
    many = Coalesce(Subquery(counted), 0, output_field=IntegerField())
    return products.annotate(analysis_first=Subquery(first[:1]), analyses_due=many)


def with_risks(products: ProductQuerySet, day: date) -> ProductQuerySet:
    """`risks_told`: how many risks of the family are `open` and `overdue`, and the `first` review day, as JSON; None where none
    is open. `acceptance_until`: the last day of the acceptance that lapses first and of which nothing came since."""
    mine = Risk.objects.open().filter(product__head=HEAD).order_by().values("product__head")
    late = Count("pk", filter=Q(review_on__lt=day))
    told = mine.annotate(told=JSONObject(open=Count("pk"), overdue=late, first=Min("review_on"))).values("told")
    later = RiskAcceptance.objects.filter(risk=OuterRef("risk"), starts_on__gt=OuterRef("starts_on"))
    ends = RiskAcceptance.objects.filter(
        ~Exists(later), risk__product__head=HEAD, risk__state=RiskState.OPEN, ended_why__in=["", AcceptanceEnd.LAPSED]
    )
    ends = ends.filter(risk__strategy__in=RiskStrategy.with_acceptance()) | ends.filter(mandate__isnull=False)
    return products.annotate(
        risks_told=Subquery(told), acceptance_until=Subquery(ends.order_by("until").values("until")[:1])
    )


EVERYTHING = (
    with_lead,
    with_brief,
    with_plan,
    with_status,
    with_roles,
    with_strategy,
    with_boundaries,
    with_agreement,
    with_next_milestone,
    with_case,
    with_analyses,
    with_risks,
)


def with_all_facts(products: ProductQuerySet) -> ProductQuerySet:
    """Every column above, as things stand on the business day."""
    day = clock.today()
    for add in EVERYTHING:
        products = add(products, day)
    return products.select_related("head")
