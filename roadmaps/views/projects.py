"""Projects beside the products, what they expect of roadmaps, and where the roadmap says otherwise."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from people.editing import edit
from people.listing import Column, Listing, by_name
from people.models import Department
from people.permissions import require, standing
from products.models import Product
from roadmaps.actions.projects import (
    change_expectation,
    change_project,
    confirm_expectation,
    register_project,
    state_expectation,
)
from roadmaps.forms.demand import ExpectationForm, ProjectFilters, ProjectForm
from roadmaps.models import Demand, ParallelProject, ProjectExpectation
from roadmaps.permissions import (
    may_change_project,
    may_manage_department_projects,
    may_manage_expectations,
    may_register_project,
)
from roadmaps.reading.expectations import mismatch_words
from roadmaps.views.lookup import page, press, visible_roadmap

COLUMNS = [
    Column(gettext_lazy("Code"), "code"),
    Column(gettext_lazy("Project"), "name"),
    Column(gettext_lazy("Kind"), "get_kind_display"),
    Column(gettext_lazy("Sponsor"), "sponsor"),
    Column(gettext_lazy("Project manager"), "manager"),
    Column(gettext_lazy("Source of funds"), lambda project: project.funds.name if project.funds else ""),
    Column(gettext_lazy("Expected end"), "ends_on"),
]
SORTS = {"code": "code", "name": by_name("name"), "ends": "ends_on"}


def projects_seen(request: HttpRequest):
    """Projects of the departments this person reads, and those that expect something of a product they see."""
    mine = standing(request.user)
    if mine.sees_everything:
        return ParallelProject.objects.all()
    seen = Product.objects.visible_to(request.user)
    beside = ProjectExpectation.objects.filter(roadmap__product__in=seen).values("project")
    return ParallelProject.objects.filter(Q(department_id__in=mine.departments) | Q(pk__in=beside))


def project_list(request: HttpRequest) -> HttpResponse:
    rows = projects_seen(request).select_related("funds", "department")
    listing = Listing(
        request, rows, name="project-list", filters=ProjectFilters, sorts=SORTS, default_sort="code", columns=COLUMNS
    )
    if answer := listing.answer("projects"):
        return answer
    department = Department.objects.get(pk=request.user.department_id)
    may_add = bool(may_manage_department_projects(request.user, department))
    return render(
        request, "roadmaps/project_list.html", {"listing": listing, "may_add": may_add, "main_place": "demands"}
    )


def project_of(request: HttpRequest, key: UUID) -> ParallelProject:
    found = projects_seen(request).filter(pk=key).select_related("funds", "department").first()
    if found is None:
        raise Http404
    return found


def project_show(request: HttpRequest, key: UUID) -> HttpResponse:
    project = project_of(request, key)
    seen = Product.objects.visible_to(request.user)
    rows = ProjectExpectation.objects.filter(project=project, roadmap__product__in=seen).select_related(
        "roadmap__product", "milestone"
    )
    expectations = [{"row": row, "mismatch": _mismatch(row)} for row in rows]
    told = {
        "project": project,
        "expectations": expectations,
        "differing": sum(bool(each["mismatch"]) for each in expectations),
        "demands": Demand.objects.filter(project=project, roadmap__product__in=seen).select_related("roadmap__product"),
        "may_change": bool(may_change_project(request.user, project)),
        "main_place": "demands",
    }
    return render(request, "roadmaps/project_detail.html", told)


def _mismatch(row: ProjectExpectation) -> str:
    if row.milestone is None:
        return _("no milestone answers yet")
    return mismatch_words(row.project.name, row.expected_month, row.milestone.month)


def project_add(request: HttpRequest) -> HttpResponse:
    department = Department.objects.get(pk=request.user.department_id)
    require(may_manage_department_projects(request.user, department))
    return _register(request, department, None)


def project_add_beside(request: HttpRequest, code: str) -> HttpResponse:
    product = visible_roadmap(request, code).product
    require(may_register_project(request.user, product))
    return _register(request, product.department, product)


def _register(request: HttpRequest, department: Department, beside: Product | None) -> HttpResponse:
    form = ProjectForm(request.POST or None, department=department.pk)
    told = {
        "heading": _("Enter a project"),
        "button": _("Enter the project"),
        "back": reverse("project-list"),
        "product": beside,
        "current": "roadmap",
        "main_place": "demands",
    }
    return edit(
        request,
        form,
        "products/form.html",
        said=_("The project is entered."),
        context=told,
        to=lambda project: reverse("project-detail", args=[project.pk]),
        act=lambda: register_project(department=department, beside=beside, by=request.user, **form.values),
    )


def project_change(request: HttpRequest, key: UUID) -> HttpResponse:
    project = project_of(request, key)
    require(may_change_project(request.user, project))
    form = ProjectForm(request.POST or None, instance=project, department=project.department_id)
    back = reverse("project-detail", args=[key])
    told = {"heading": _("Change the project"), "button": _("Save the changes"), "back": back, "main_place": "demands"}
    return edit(
        request,
        form,
        "products/form.html",
        to=back,
        said=_("The changes are saved."),
        context=told,
        act=lambda: change_project(project=form.instance, by=request.user, expected=form.expected, **form.values),
    )


def expectation_list(request: HttpRequest, code: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    rows = ProjectExpectation.objects.filter(roadmap=roadmap).select_related("project", "milestone")
    told = page(
        request,
        roadmap,
        expectations=[{"row": row, "mismatch": _mismatch(row)} for row in rows],
        may_manage=bool(may_manage_expectations(request.user, roadmap)),
    )
    told["differing"] = sum(bool(each["mismatch"]) for each in told["expectations"])
    return render(request, "roadmaps/expectation_list.html", told)


def _form_page(request, roadmap, form, *, act, said, heading, button) -> HttpResponse:
    require(may_manage_expectations(request.user, roadmap))
    back = reverse("expectation-list", args=[roadmap.product.code])
    told = page(
        request,
        roadmap,
        heading=heading,
        button=button,
        back=back,
        intro=_("When the roadmap moves, the project adjusts; not the other way round."),
    )
    return edit(request, form, "products/form.html", act=act, to=back, said=said, context=told)


def expectation_add(request: HttpRequest, code: str) -> HttpResponse:
    roadmap = visible_roadmap(request, code)
    form = ExpectationForm(request.POST or None, instance=ProjectExpectation(roadmap=roadmap), roadmap=roadmap)
    return _form_page(
        request,
        roadmap,
        form,
        said=_("The expectation is kept."),
        heading=_("What does a project expect?"),
        button=_("Keep the expectation"),
        act=lambda: state_expectation(roadmap=roadmap, by=request.user, **form.values),
    )


def expectation_of(request: HttpRequest, code: str, key: UUID) -> ProjectExpectation:
    roadmap = visible_roadmap(request, code)
    found = ProjectExpectation.objects.filter(roadmap=roadmap, pk=key).select_related("project").first()
    if found is None:
        raise Http404
    found.roadmap = roadmap
    return found


def expectation_change(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    expectation = expectation_of(request, code, key)
    form = ExpectationForm(request.POST or None, instance=expectation, roadmap=expectation.roadmap)
    return _form_page(
        request,
        expectation.roadmap,
        form,
        said=_("The changes are saved."),
        heading=_("Change the expectation"),
        button=_("Save the changes"),
        act=lambda: change_expectation(
            expectation=form.instance, by=request.user, expected=form.expected, **form.values
        ),
    )


@require_POST
def expectation_confirm(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    expectation = expectation_of(request, code, key)
    return press(
        request,
        lambda: confirm_expectation(expectation=expectation, by=request.user),
        to=reverse("expectation-list", args=[code]),
        said=_("Confirmed today."),
    )
