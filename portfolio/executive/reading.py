"""Gathers the facts of a view: now or at a past instant, in the same few queries however many milestones there are."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from people.models import Person
from portfolio.executive.facts import ApplicationAt, Expectation, Facts, RoleAt, Why
from portfolio.executive.figures import gather_figures
from portfolio.executive.releases import FIELDS as RELEASE
from portfolio.executive.releases import releases_in
from portfolio.executive.risks import FIELDS as RISK
from portfolio.executive.risks import grid_in, scores_in
from products import fiscal
from products.models import Application, ApplicationManaged, BudgetLine, Product, ProductStatus, RoleAssignment
from products.states import StatusState
from records import clock
from records.models import AuditEvent
from roadmaps import events
from roadmaps.models import ChangeSet, Demand, MilestoneChange, ProjectExpectation, Roadmap
from roadmaps.reading import MilestoneAt, RoadmapAt
from roadmaps.reading.asof import gathered, states_of
from roadmaps.reading.sealed import sealed_in
from roadmaps.states import ChangeSetState, DemandState, MilestoneState

APPLICATION = ("code", "name_en", "name_fr", "lifecycle", "lifecycle_until")


def instant_of(product: Product, day: date | None) -> datetime | None:
    """The end of `day` where the department works; None for today, for a day to come and when no day is asked for."""
    zone = ZoneInfo(product.department.time_zone)
    return datetime.combine(day, time.max, tzinfo=zone) if day and day < clock.today(zone) else None


def products_with_roadmap(person: Person) -> QuerySet[Product]:
    """Products this person sees, with their roadmap."""
    return Product.objects.visible_to(person).select_related("head", "department", "sponsoring_branch", "roadmap")


def gather(product: Product, year: int, asked_day: date | None = None, *, reads_risks: bool = False) -> Facts:
    """Everything the view of `year` needs, as it stood at the end of `asked_day` if that is past.

    The risk register is for those who read it: `reads_risks`.
    """
    at = instant_of(product, asked_day)
    day = asked_day if at and asked_day else clock.today(product.department.time_zone)
    roadmap = getattr(product, "roadmap", None)
    if roadmap is None:
        return Facts(product, year, day, is_past=at is not None)
    roadmap.product = product
    view = RoadmapAt(roadmap, at)
    if not view.existed:
        return Facts(product, year, day, is_past=True)
    around = _around(roadmap, year, day, at, reads_risks=reads_risks)
    return Facts(
        product,
        year,
        day,
        is_past=at is not None,
        roadmap=view.row,
        milestones=view.milestones,
        plan=view.year(year),
        years=view.years,
        goals=view.goals,
        outcomes=view.outcomes,
        reasons=_reasons(view.milestones, at),
        moves=_why(around.moves),
        expectations=_expectations(roadmap, view.milestones, at),
        roles=tuple(RoleAt(each["kind"], each["person__name"], each["member__code"] or "") for each in around.roles),
        applications=tuple(map(_application, around.applications)),
        budget=tuple(_budget(product, year, at)),
        demands_waiting=around.demands_open or 0,
        status_ends=around.status_ends,
        sealed=tuple(sorted({each["language"] for each in around.sealed})),
        risks=tuple(around.risks) if reads_risks else None,
        grid=tuple(around.grid or ()) if reads_risks else (),
        releases=tuple(around.released),
        figures=gather_figures(product, fiscal.first_day(year, product.department.fiscal_start_month), day, at),
    )


def _around(roadmap: Roadmap, year: int, day: date, at: datetime | None, *, reads_risks: bool) -> Any:
    """Small things in one query: roles of the day, applications, waiting demand, end of the status, why milestones moved,
    what is sealed, releases of the year, risks."""
    product_id = OuterRef("product_id")
    roles = RoleAssignment.objects.filter(product_id=product_id).on(day).order_by("starts_on", "person__name")
    demands = states_of(Demand, at).filter(roadmap_id=OuterRef("id"), state=DemandState.PROPOSED)
    status = states_of(ProductStatus, at).filter(product_id=product_id, state=StatusState.GRANTED)
    rows = Roadmap.objects.filter(pk=roadmap.pk).annotate(
        roles=gathered(roles, "kind", "person__name", "member__code"),
        applications=gathered(_applications(roadmap.product, at), *APPLICATION),
        moves=gathered(_moves(at), "milestone_id", "change_set__reason", "change_set__reason_language"),
        demands_open=Subquery(demands.order_by().values("roadmap_id").annotate(count=Count("id")).values("count")),
        status_ends=Subquery(status.values("expires_on")[:1]),
        sealed=gathered(sealed_in(year), "language"),
        released=gathered(releases_in(roadmap.product, *_ends_of(roadmap.product, year), at), *RELEASE),
    )
    if reads_risks:
        product = roadmap.product
        rows = rows.annotate(
            risks=gathered(scores_in(product.pk, day), *RISK), grid=grid_in(product.department_id, day)
        )
    return rows.get()


def _ends_of(product: Product, year: int) -> tuple[date, date]:
    """First and last day of the fiscal year."""
    month = product.department.fiscal_start_month
    return fiscal.first_day(year, month), fiscal.first_day(year + 1, month) - date.resolution


def _reasons(milestones: tuple[MilestoneAt, ...], at: datetime | None) -> dict[UUID, str]:
    """Why milestones were cancelled: the words are in the trail."""
    cancelled = {str(each.id) for each in milestones if each.state == MilestoneState.CANCELLED}
    told = AuditEvent.objects.filter(subject_id__in=cancelled, event=events.MILESTONE_CANCELLED).order_by("pk")
    told = told.filter(at__lte=at) if at else told
    return {UUID(key): reason for key, reason in told.values_list("subject_id", "reason")}


def _moves(at: datetime | None) -> QuerySet[MilestoneChange]:
    """Published moves that stand, oldest first: one taken back by then explains nothing, nor does its taking back."""
    by_then = Q(change_set__published_at__lte=at) if at else Q()
    taken_back = ChangeSet.objects.filter(undoes=OuterRef("change_set"))
    return (
        MilestoneChange.objects.filter(
            by_then,
            ~Exists(taken_back.filter(published_at__lte=at) if at else taken_back),
            roadmap_id=OuterRef("id"),
            fields__has_any_keys=["month", "planned_year"],
            change_set__undoes__isnull=True,
        )
        .exclude(change_set__state=ChangeSetState.DRAFT)
        .order_by("change_set__number")
    )


def _why(found: list[dict[str, Any]]) -> dict[UUID, Why]:
    """Why each milestone was moved last."""
    return {
        UUID(each["milestone_id"]): Why(each["change_set__reason"], each["change_set__reason_language"])
        for each in found
    }


def _expectations(
    roadmap: Roadmap, milestones: tuple[MilestoneAt, ...], at: datetime | None
) -> tuple[Expectation, ...]:
    by_id = {each.id: each for each in milestones}
    rows = states_of(ProjectExpectation, at).filter(roadmap_id=roadmap.pk).select_related("project")
    return tuple(
        Expectation(
            row.what_en,
            row.what_fr,
            row.expected_month,
            row.confirmed_on,
            row.project,
            by_id.get(row.milestone_id),
        )
        for row in rows.order_by("expected_month", "id")
    )


def _applications(product: Product, at: datetime | None) -> QuerySet[Any]:
    """What the family manages, by inventory id."""
    links = states_of(ApplicationManaged, at).filter(product__head=product)
    return states_of(Application, at).filter(id__in=links.values("application_id")).order_by("code")


def _application(found: dict[str, Any]) -> ApplicationAt:
    until = found["lifecycle_until"]
    return ApplicationAt(**{**found, "lifecycle_until": date.fromisoformat(until) if until else None})


def _budget(product: Product, year: int, at: datetime | None) -> QuerySet[Any]:
    lines = states_of(BudgetLine, at).filter(product__head=product, fiscal_year=year)
    return lines.select_related("source")
