"""The addresses of this floor."""

from django.urls import URLPattern, URLResolver, include, path

import products.addresses
from products.views import boundaries, budget, landscape, offered, place, products, strategy

LISTS = {
    "portfolio-list": "portfolios/",
    "program-list": "programs/",
    "service-list": "services/",
    "capability-list": "capabilities/",
    "application-list": "applications/",
    "standard-list": "standards/",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("products/new/", products.product_register, name="product-register"),
    path("products/<code:code>/change/", products.product_change, name="product-change"),
    path("products/<code:code>/family/", products.product_family, name="product-family"),
    path("products/<code:code>/place/", place.place_show, name="product-place"),
    path("products/<code:code>/place/add/<slug:kind>/", place.link_add, name="link-add"),
    path("products/<code:code>/place/<slug:kind>/<uuid:pk>/remove/", place.link_remove, name="link-remove"),
    path("products/<code:code>/stages/<uuid:pk>/", place.stage_change, name="stage-change"),
    path("products/<code:code>/stages/<uuid:pk>/remove/", place.stage_remove, name="stage-remove"),
    path("products/<code:code>/strategy/", strategy.strategy_show, name="strategy-detail"),
    path("products/<code:code>/strategy/<int:number>/", strategy.strategy_show, name="strategy-version"),
    path("products/<code:code>/strategy/<int:older>/<int:newer>/", strategy.strategy_compare, name="strategy-compare"),
    path("products/<code:code>/strategy/write/", strategy.strategy_edit, name="strategy-edit"),
    path("products/<code:code>/strategy/publish/", strategy.strategy_publish, name="strategy-publish"),
    path("products/<code:code>/budget/", budget.budget_list, name="budget-list"),
    path("products/<code:code>/budget/add/", budget.budget_add, name="budget-add"),
    path("products/<code:code>/budget/<uuid:pk>/", budget.budget_change, name="budget-change"),
    path("products/<code:code>/budget/<uuid:pk>/remove/", budget.budget_remove, name="budget-remove"),
    path("products/<code:code>/boundaries/", boundaries.boundaries_show, name="boundaries-detail"),
    path("products/<code:code>/assessments/add/", boundaries.assessment_add, name="assessment-add"),
    path("products/<code:code>/assessments/<uuid:pk>/", boundaries.assessment_change, name="assessment-change"),
    path("products/<code:code>/standards/add/", boundaries.standard_add, name="standard-add"),
    path("products/<code:code>/standards/<uuid:pk>/", boundaries.standard_plan, name="standard-plan"),
    path("products/<code:code>/standards/<uuid:pk>/remove/", boundaries.standard_remove, name="standard-remove"),
    path("catalogue/", offered.catalogue, name="catalogue"),
    path("capabilities/tree/", landscape.capability_tree, name="capability-tree"),
    path("portfolios/<uuid:pk>/", landscape.portfolio_show, name="portfolio-detail"),
    path("programs/<uuid:pk>/", landscape.program_show, name="program-detail"),
    path("services/<uuid:pk>/", landscape.service_show, name="service-detail"),
    path("capabilities/<uuid:pk>/", landscape.capability_show, name="capability-detail"),
    path("applications/<uuid:pk>/", landscape.application_show, name="application-detail"),
    path("standards/<uuid:pk>/", landscape.standard_show, name="standard-detail"),
    *(path(address, landscape.entry_list, {"name": name}, name=name) for name, address in LISTS.items()),
    path("products/<code:code>/brief/", include("products.brief_urls")),
]
