"""What a page of the risk register may be asked: whose risks, which score, on which day, in which cell.

The matrix counts what all of it lets through except the cell and the band; the list beside it obeys the cell and the band
too. Both stand on the same scores (governance.risks.matrix), so the count of a cell is the length of its list.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.default_risks import SINCE
from governance.models import Risk, RiskScore
from governance.risk_states import Band, Impact, Likelihood, RiskStrategy, ScoreKind
from governance.risks.grids import DEPARTMENT, INSTALLATION, Grids, place
from governance.risks.matrix import Matrix, matrix_of, same_risk, scores_of
from governance.risks.registers import with_register
from people.bilingual import said
from people.models import Department
from products.lists.filters import EVERYWHERE, DepartmentFilters
from products.models import Portfolio, Product
from records import clock

MONTH = timedelta(days=30)
UNDECIDED = "undecided"
FIRST_DAY = SINCE + MONTH  # so that the month before has a grid too


@dataclass(frozen=True)
class Scope:
    """Whose risks: `name` says it, `department_id` whose grid draws the matrix (None: the installation's)."""

    products: QuerySet
    name: str
    department_id: Any


def _days(label: Any) -> django_filters.DateFilter:
    widget = forms.DateInput(attrs={"size": 10, "autocomplete": "off", "placeholder": gettext_lazy("YYYY-MM-DD")})
    wrong = {"invalid": gettext_lazy("Write the date as YYYY-MM-DD, for example 2026-05-31")}
    return django_filters.DateFilter(label=label, input_formats=["%Y-%m-%d"], widget=widget, error_messages=wrong)


def _hidden(label: Any, choices: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, choices=choices, widget=forms.HiddenInput)


def _choice(label: Any, choices: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, choices=choices, empty_label=gettext_lazy("All"))


def _ticked(label: Any) -> django_filters.BooleanFilter:
    return django_filters.BooleanFilter(label=label, widget=forms.CheckboxInput)


def _portfolios(request: Any) -> QuerySet:
    return Portfolio.objects.visible_to(request.user).filter(is_active=True).order_by("code")


def _kept(day: date | None) -> date | None:
    """Refuse days before any register: no grid says what was high then."""
    if day and day < FIRST_DAY:
        raise forms.ValidationError(_("No register goes back that far."))
    return day


class DaysForm(forms.Form):
    """A day that has come, and an earlier one to compare with."""

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return _kept(day)

    def clean_since(self) -> date | None:
        return _kept(self.cleaned_data["since"])

    def clean(self) -> dict[str, Any]:
        since = self.cleaned_data.get("since")
        if since and since >= (self.cleaned_data.get("on") or clock.today()):
            self.add_error("since", _("Compare with an earlier day."))
        return self.cleaned_data


class RegisterFilters(DepartmentFilters):
    """Over scores (`RiskScore`), of whichever products `scope` names."""

    score = _hidden(gettext_lazy("Score"), ScoreKind.choices)
    likelihood = _hidden(gettext_lazy("Likelihood"), Likelihood.choices)
    impact = _hidden(gettext_lazy("Impact"), Impact.choices)
    on = _days(gettext_lazy("As it stood on"))
    since = _days(gettext_lazy("Compared with"))
    portfolio = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Portfolio"), queryset=_portfolios, empty_label=gettext_lazy("All")
    )
    band = _choice(gettext_lazy("Band"), Band.choices)
    strategy = _choice(
        gettext_lazy("Strategy"), [*RiskStrategy.choices, (UNDECIDED, pgettext_lazy("strategy", "not decided yet"))]
    )
    owner = django_filters.CharFilter(label=gettext_lazy("Owner"), max_length=100)
    overdue = _ticked(gettext_lazy("Review overdue"))
    escalated = _ticked(gettext_lazy("Before a board"))

    class Meta:
        model = RiskScore
        fields: list[str] = []
        form = DaysForm

    @property
    def kind(self) -> ScoreKind:
        return ScoreKind(self.given("score") or ScoreKind.CURRENT)

    @property
    def day(self) -> date:
        return self.given("on") or clock.today()

    @property
    def is_past(self) -> bool:
        return self.day < clock.today()

    @property
    def compared(self) -> date:
        """The day compared with; a month earlier unless the reader says."""
        return self.given("since") or self.day - MONTH

    @property
    def is_thinned(self) -> bool:
        """Whether the matrix itself counts only some of the risks there are."""
        return any(self.given(name) for name in ("portfolio", "strategy", "owner", "overdue", "escalated"))

    @property
    def is_cell(self) -> bool:
        """Whether one cell was asked for."""
        return bool(self.at_likelihood and self.at_impact)

    @property
    def at_likelihood(self) -> int | None:
        """Of the cell that was asked for."""
        return int(self.given("likelihood")) if self.given("likelihood") else None

    @property
    def at_impact(self) -> int | None:
        return int(self.given("impact")) if self.given("impact") else None

    def given(self, name: str) -> Any:
        """What was asked and makes sense; the rest is named beside its field and ignored."""
        self.form.is_valid()
        return self.form.cleaned_data.get(name)

    @cached_property
    def grids(self) -> Grids:
        return Grids()

    def with_past(self, scores: QuerySet) -> QuerySet:
        """`was`: the severity a risk had on the day compared with, none if it was not open then."""
        then = same_risk().on(self.compared)
        return scores.annotate(was=Subquery(then.values_list(F("likelihood") * F("impact"))[:1]))

    def band_of(self, score: RiskScore) -> Band:
        """By the grid of the score's own department, of the day."""
        return self.grids.on(score.risk.product.department_id, self.day).band(score.likelihood, score.impact)

    @cached_property
    def scope(self) -> Scope:
        """The chosen portfolio, the chosen department, all, or the reader's own department."""
        products = with_register(self.request.user)
        portfolio, department = self.given("portfolio"), self.given("department")
        if portfolio:
            return Scope(products.filter(portfolio=portfolio), said(portfolio, "name"), portfolio.department_id)
        if department == EVERYWHERE:
            return Scope(products, _("All departments"), INSTALLATION)
        chosen = Department.objects.get(pk=department) if department else self.request.user.department
        return Scope(products.filter(department=chosen), said(chosen, "name"), chosen.pk)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows = scores_of(self.scope.products, self.kind, self._among()).on(self.day)
        rows = rows.annotate(place=place())
        if self.at_likelihood:
            rows = rows.filter(likelihood=self.at_likelihood)
        if self.at_impact:
            rows = rows.filter(impact=self.at_impact)
        band = self.given("band")
        return rows.filter(self.grids.in_band(band, self.day, DEPARTMENT)) if band else rows

    def _among(self) -> QuerySet | None:
        """The risks that what is known of them today lets through; None when it was not asked for."""
        found, owner = Q(), self.given("owner")
        if strategy := self.given("strategy"):
            found &= Q(strategy="" if strategy == UNDECIDED else strategy)
        if owner:
            found &= Q(owner__name__unaccent__icontains=owner)
        if self.given("overdue"):
            found &= Q(review_on__lt=clock.today())
        if self.given("escalated"):
            found &= Q(pk__in=Risk.objects.escalated().values("pk"))
        return Risk.objects.filter(found).values("pk") if found else None

    @cached_property
    def matrix(self) -> Matrix:
        return matrix_of(
            self.scope.products,
            self.kind,
            self.day,
            self.compared,
            department_id=self.scope.department_id,
            among=self._among(),
        )


class ProductRegisterFilters(RegisterFilters):
    """Of one product and what is part of it; the whole family for its head."""

    def __init__(self, *args: Any, product: Product, products: QuerySet, **kwargs: Any) -> None:
        # Nobody chooses a department here, so no reader is asked for one: a register is frozen without any.
        super(DepartmentFilters, self).__init__(*args, **kwargs)
        self.filters.pop("department", None)
        self.filters.pop("portfolio", None)
        self.scope = Scope(products, said(product, "name"), product.department_id)
