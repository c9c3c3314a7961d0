"""The addresses of risk matrices and of the files that carry registers out and in."""

from django.urls import path

from governance.views import risk_files, risk_matrix

OF_PRODUCT = "products/<code:code>/risks/"

urlpatterns = [
    path("risks/", risk_matrix.risk_overview, name="risk-overview"),
    path("risks/register.<slug:kind>", risk_files.overview_file, name="risk-overview-file"),
    path(f"{OF_PRODUCT}matrix/", risk_matrix.product_matrix, name="risk-matrix"),
    path(f"{OF_PRODUCT}register.<slug:kind>", risk_files.product_file, name="risk-file"),
]
