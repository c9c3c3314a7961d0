"""The addresses of this floor."""

from django.urls import URLPattern, path

import products.addresses
from products.views import landscape, products

LISTS = {
    "portfolio-list": "portfolios/",
    "program-list": "programs/",
    "service-list": "services/",
    "capability-list": "capabilities/",
    "application-list": "applications/",
    "standard-list": "standards/",
}

urlpatterns: list[URLPattern] = [
    path("products/new/", products.product_register, name="product-register"),
    path("products/<code:code>/change/", products.product_change, name="product-change"),
    path("products/<code:code>/family/", products.product_family, name="product-family"),
    path("capabilities/tree/", landscape.capability_tree, name="capability-tree"),
    path("portfolios/<uuid:pk>/", landscape.portfolio_show, name="portfolio-detail"),
    path("programs/<uuid:pk>/", landscape.program_show, name="program-detail"),
    path("services/<uuid:pk>/", landscape.service_show, name="service-detail"),
    path("capabilities/<uuid:pk>/", landscape.capability_show, name="capability-detail"),
    path("applications/<uuid:pk>/", landscape.application_show, name="application-detail"),
    path("standards/<uuid:pk>/", landscape.standard_show, name="standard-detail"),
    *(path(address, landscape.entry_list, {"name": name}, name=name) for name, address in LISTS.items()),
]
