"""The addresses of this floor: pages for people, and where machines deliver (outside the languages)."""

from django.urls import URLPattern, URLResolver, include, path

import products.addresses  # noqa: F401 - registers the converter of product codes
from metrics.views import endpoint, kpis, sources, uploads

FILES = "products/<code:code>/metrics/files/"
KPIS = "products/<code:code>/metrics/kpis/"
SOURCES = "products/<code:code>/metrics/sources/"

machines: list[URLPattern | URLResolver] = [
    path("deliveries/<uuid:source>/", endpoint.delivery_receive, name="delivery-receive"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path(KPIS, kpis.kpi_list, name="kpi-list"),
    path(f"{KPIS}adopt/", kpis.kpi_adopt, name="kpi-adopt"),
    path(f"{KPIS}<uuid:pk>/", kpis.kpi_show, name="kpi-detail"),
    path(f"{KPIS}<uuid:pk>/change/", kpis.kpi_change, name="kpi-change"),
    path(f"{KPIS}<uuid:pk>/value/", kpis.kpi_value, name="kpi-value"),
    path(f"{KPIS}<uuid:pk>/retire/", kpis.kpi_retire, name="kpi-retire"),
    path(FILES, uploads.delivery_files, name="delivery-files"),
    path(f"{FILES}templates/<str:name>", uploads.delivery_file_template, name="delivery-file-template"),
    path(f"{FILES}<uuid:pk>/", uploads.delivery_file, name="delivery-file"),
    path(f"{FILES}<uuid:pk>/take-over/", uploads.delivery_file_take_over, name="delivery-file-take-over"),
    path(SOURCES, sources.source_list, name="source-list"),
    path(f"{SOURCES}connect/<str:kind>/", sources.source_connect, name="source-connect"),
    path(f"{SOURCES}<uuid:pk>/", sources.source_show, name="source-detail"),
    path(f"{SOURCES}<uuid:pk>/secret/", sources.source_secret, name="source-secret"),
    path(f"{SOURCES}<uuid:pk>/names/", sources.source_names, name="source-names"),
    path(f"{SOURCES}<uuid:pk>/change/", sources.source_change, name="source-change"),
    path(f"{SOURCES}<uuid:pk>/rotate/", sources.source_rotate, name="source-rotate"),
    path(f"{SOURCES}<uuid:pk>/retire/", sources.source_retire, name="source-retire"),
    path("products/<code:code>/metrics/", include("metrics.month_urls")),
]
