"""The grid, the levels and the rules of the bands in the administration: the past keeps what it had."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from governance.actions.risk_rules import set_grid
from governance.models import BandRule, RiskGrid, RiskLevel
from governance.risks.bands import band_of, grid_on, rule_on
from records import clock
from records.refusals import Refused
from tests.governance.risk_world import a_risk, noon


def sent(grid, **cells):
    """What the table of the administration sends, with some cells changed."""
    given = {f"cells_{at}": band for at, band in enumerate(grid.cells)}
    return {**given, **cells, "version_seen": grid.version}


def test_changed_cell_changes_the_word_today_and_not_yesterday(cast, client_of):
    risk, grid = a_risk(cast, scores={"current": (3, 4)}), RiskGrid.objects.get()
    page = reverse("admin:governance_riskgrid_change", args=[grid.pk])
    form = client_of("admin").get(page).context["adminform"].form
    shown = {name: form[name].value() for name in ("version_seen", "cells")}
    assert shown == {"version_seen": grid.version, "cells": grid.cells}
    assert 'name="version_seen"' in client_of("admin").get(page).content.decode()
    assert client_of("admin").post(page, sent(grid, cells_13="high")).status_code == 302
    today = clock.today()
    bands = [band_of(cast.department.pk, 3, 4, day) for day in (today - timedelta(days=1), today)]
    assert bands == ["medium", "high"]
    shown = client_of("product_manager").get(reverse("risk-list", args=["JSA"])).context["shown"]
    assert [(each.pk, each.band_word) for each in shown] == [(risk.pk, "high")]


def test_risk_that_only_the_grid_made_high_was_not_high_before(cast, client_of):
    with clock.at(noon(clock.today() - timedelta(days=60))):
        a_risk(cast, scores={"current": (3, 4)})
    a_risk(cast, scores={"current": (1, 1)})
    grid = RiskGrid.objects.get()
    client_of("admin").post(reverse("admin:governance_riskgrid_change", args=[grid.pk]), sent(grid, cells_13="high"))
    page = client_of("product_manager").get(reverse("risk-matrix", args=["JSA"]))
    assert (page.context["matrix"].high, page.context["matrix"].newly_high) == (1, 1)


def test_grid_changed_twice_on_a_day_is_one_new_grid(cast, client_of):
    first = RiskGrid.objects.get()
    page = reverse("admin:governance_riskgrid_change", args=[first.pk])
    client_of("admin").post(page, sent(first, cells_13="high"))
    second = grid_on(cast.department.pk, clock.today())
    page = reverse("admin:governance_riskgrid_change", args=[second.pk])
    assert client_of("admin").post(page, sent(second, cells_13="medium")).status_code == 302
    assert [grid.cells[13] for grid in RiskGrid.objects.all()] == ["medium", "medium"]


def test_grid_in_which_more_is_less_is_refused_and_a_new_one_begins_as_the_shared_one(cast, client_of):
    grid = RiskGrid.objects.get()
    page = reverse("admin:governance_riskgrid_change", args=[grid.pk])
    refused = client_of("admin").post(page, sent(grid, cells_24="low"))
    assert refused.status_code == 422
    assert "what is more likely or hits harder is never in a lower band" in refused.content.decode()
    new = client_of("admin").get(reverse("admin:governance_riskgrid_add"))
    assert new.context["adminform"].form["cells"].value() == grid.cells


def test_grid_begins_today_or_later_and_is_set_by_administrators(cast):
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(ValidationError, match="in the past stays so"):
        set_grid(cells=["low"] * 25, starts_on=yesterday, by=cast.admin)
    with pytest.raises(ValidationError, match="25 cells"):
        set_grid(cells=["low"] * 24, starts_on=clock.today(), by=cast.admin)
    with pytest.raises(Refused):
        set_grid(cells=["low"] * 25, starts_on=clock.today(), by=cast.portfolio_manager)


def test_rule_of_a_band_is_changed_from_today(cast, client_of):
    rule = BandRule.objects.get(band="low")
    page = reverse("admin:governance_bandrule_change", args=[rule.pk])
    values = {"review_days": 365, "accepted_by": ["product_manager", "sponsor"], "version_seen": rule.version}
    assert client_of("admin").post(page, values).status_code == 302
    now = rule_on(cast.department.pk, "low", clock.today())
    assert (now.review_days, now.accepted_by, now.starts_on) == (365, ["product_manager", "sponsor"], clock.today())
    assert client_of("admin").post(page, values | {"accepted_by": []}).status_code == 422


def test_definition_of_a_level_is_shown_where_it_is_chosen(cast, client_of):
    level = RiskLevel.objects.get(scale="impact", value=5)
    page = reverse("admin:governance_risklevel_change", args=[level.pk])
    values = {
        "definition_en": "The roof falls in.",
        "definition_fr": "Le toit s’effondre.",
        "version_seen": level.version,
    }
    assert client_of("admin").post(page, values).status_code == 302
    assert "The roof falls in." in client_of("product_manager").get(reverse("risk-add", args=["JSA"])).content.decode()
