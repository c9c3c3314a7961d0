"""The first month of a department's fiscal year: free until something is counted by its years, then refused with the reason."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from people.actions.organisation import change_department
from people.models import Department
from products.actions.budget import add_budget_line
from products.models import FundingSource
from records.actors import SYSTEM
from records.writing import save
from tests.metrics.rows import a_row
from tests.metrics.test_kpi_acts import adopted, enter
from tests.portfolio.roadmap_year import open_with_outcome


def sent(client, department, **values):
    told = {"code": department.code, "name_en": department.name_en, "name_fr": department.name_fr, "is_active": "on"}
    told |= {"time_zone": department.time_zone, "fiscal_start_month": department.fiscal_start_month}
    told |= {"version_seen": department.version}
    return client.post(reverse("admin:people_department_change", args=[department.pk]), told | values)


def test_first_month_moves_while_nothing_is_counted_by_it(cast, client_of):
    assert sent(client_of("admin"), cast.department, fiscal_start_month=1).status_code == 302
    assert Department.objects.get(pk=cast.department.pk).fiscal_start_month == 1


def test_first_month_under_a_roadmap_stays_and_the_page_says_why(cast, client_of):
    open_with_outcome(cast)
    answer = sent(client_of("admin"), cast.department, fiscal_start_month=1, name_en="Renamed")
    assert answer.status_code == 422
    assert "This department has roadmaps counted by its fiscal years" in answer.content.decode()
    found = Department.objects.get(pk=cast.department.pk)
    assert (found.fiscal_start_month, found.name_en) == (4, cast.department.name_en)
    assert sent(client_of("admin"), cast.department, name_en="Renamed").status_code == 302


def test_each_thing_counted_by_the_years_holds_them(cast):
    source = FundingSource(department=cast.department, code="A", name_en="A-base", name_fr="Services votés")
    save(source, by=SYSTEM)
    line = {"fiscal_year": 2026, "source": source, "kind": "cloud", "planned": 1}
    add_budget_line(product=cast.product, by=cast.product_manager, **line)
    a_row(cast.product, date(2026, 10, 1))
    kpi = adopted(cast)
    enter(cast, kpi, 3, period=date(2026, 7, 1))
    with pytest.raises(ValidationError) as refused:
        change_department(department=cast.department, fiscal_start_month=7, by=cast.people["admin"])
    assert "budgets, indicators and delivery measures" in refused.value.message_dict["fiscal_start_month"][0]
