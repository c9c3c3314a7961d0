"""The addresses of risk matrices and of the files that carry registers out and in."""

from django.urls import path

from governance.views import risk_matrix

OF_PRODUCT = "products/<code:code>/risks/"

urlpatterns = [
    path("risks/", risk_matrix.risk_overview, name="risk-overview"),
    path(f"{OF_PRODUCT}matrix/", risk_matrix.product_matrix, name="risk-matrix"),
]
