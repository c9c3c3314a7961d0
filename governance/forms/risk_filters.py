"""The filters of the register."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.forms.risks import PAIRS
from governance.models import Risk
from governance.risk_states import Band, RiskState, RiskStrategy
from people.models import Person
from products.lists.filters import SearchFilter

EVERY = "all"
NONE = "none"
STRATEGIES = [*RiskStrategy.choices, (NONE, pgettext_lazy("strategy", "not decided yet"))]
# Those that are open are what the list shows unless another state is chosen.
STATES = [(EVERY, _("All")), *(each for each in RiskState.choices if each[0] != RiskState.OPEN)]


def _products(request: Any) -> QuerySet:
    return request.risk_products.order_by("code")


def _owners(request: Any) -> QuerySet:
    return Person.objects.filter(risks__product__in=request.risk_products).distinct().order_by("name")


class RiskFilters(django_filters.FilterSet):
    """Which rows of the register; without a state, those that are open."""

    q = SearchFilter(fields=(*PAIRS,))
    band = django_filters.ChoiceFilter(label=_("Band"), choices=Band, empty_label=_("All"))
    strategy = django_filters.ChoiceFilter(
        label=_("Strategy"), choices=STRATEGIES, empty_label=_("All"),
        method="of_strategy",
    )  # fmt: skip
    owner = django_filters.ModelChoiceFilter(label=_("Owner"), queryset=_owners, empty_label=_("All"))
    product = django_filters.ModelChoiceFilter(label=_("Product"), queryset=_products, empty_label=_("All"))
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, empty_label=RiskState.OPEN.label, method="of_state"
    )
    due = django_filters.ChoiceFilter(
        label=_("Needs"),
        choices=[
            ("review", _("review overdue")),
            ("board", _("before a board")),
            ("accepted", pgettext_lazy("risk", "accepted")),
        ],
        empty_label=_("All"),
        method="that_needs",
    )

    class Meta:
        model = Risk
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        products = self.request.risk_products
        if products.count() < 2:
            del self.filters["product"]

    def of_strategy(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(strategy="" if value == NONE else value)

    def of_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows if value == EVERY else rows.filter(state=value)

    def that_needs(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(
            **{{"review": "is_overdue", "board": "is_escalated", "accepted": "is_accepted"}[value]: True}
        )

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.filter(state=RiskState.OPEN)
