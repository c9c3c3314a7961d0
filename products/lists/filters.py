"""Filters that lists of products and of reference data share. An impossible value is named beside its field and ignored."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.models import Department, Person
from people.permissions import standing

WORDS = 8


class SearchFilter(django_filters.CharFilter):
    """Every word must stand in one of `fields`, whatever its accents and capitals."""

    def __init__(self, *, fields: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(label=_("Search"), max_length=100, **kwargs)
        self.fields = fields

    def filter(self, qs: QuerySet, value: str | None) -> QuerySet:
        for word in (value or "").split()[:WORDS]:
            found = Q()
            for field in self.fields:
                found |= Q(**{f"{field}__unaccent__icontains": word})
            qs = qs.filter(found)
        return qs


EVERYWHERE = "all"


def departments_of(person: Person) -> QuerySet[Department]:
    """The departments whose records this person reads."""
    mine = standing(person)
    rows = Department.objects.filter(is_active=True)
    return rows if mine.sees_everything else rows.filter(pk__in=mine.departments)


def reads_several(person: Person) -> bool:
    """Whether this person reads more than one department."""
    mine = standing(person)
    return mine.sees_everything or len(mine.departments) > 1


class DepartmentFilter(django_filters.ChoiceFilter):
    """One department or all; without it a list shows the reader's own (`own_department`)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Department"), empty_label=_("My department"), **kwargs)

    def filter(self, qs: QuerySet, value: str | None) -> QuerySet:
        return qs.filter(department_id=value) if value and value != EVERYWHERE else qs


class DepartmentFilters(django_filters.FilterSet):
    """A set of filters with the department where the reader has a choice."""

    department = DepartmentFilter()

    def __init__(
        self, data: Any = None, queryset: QuerySet | None = None, *, request: HttpRequest, **kwargs: Any
    ) -> None:
        super().__init__(data, queryset, request=request, **kwargs)
        if not reads_several(request.user):
            del self.filters["department"]
            return
        rows = departments_of(request.user).exclude(pk=request.user.department_id)
        named = [(str(row.pk), row.name) for row in rows]
        self.filters["department"].extra["choices"] = [(EVERYWHERE, _("All departments")), *named]


def own_department(request: HttpRequest, rows: QuerySet, also: Q | None = None) -> QuerySet:
    """Without a chosen department: the reader's own rows, and `also`."""
    if request.GET.get("department"):
        return rows
    return rows.filter(Q(department_id=request.user.department_id) | (also or Q(pk__in=[])))
