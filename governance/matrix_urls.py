"""The addresses of risk matrices and of the files that carry registers out and in."""

from django.urls import path

from governance.views import risk_files, risk_imports, risk_matrix

OF_PRODUCT = "products/<code:code>/risks/"

urlpatterns = [
    path("risks/", risk_matrix.risk_overview, name="risk-overview"),
    path("risks/register.<slug:kind>", risk_files.overview_file, name="risk-overview-file"),
    path(f"{OF_PRODUCT}matrix/", risk_matrix.product_matrix, name="risk-matrix"),
    path(f"{OF_PRODUCT}register.<slug:kind>", risk_files.product_file, name="risk-file"),
    path(f"{OF_PRODUCT}import/", risk_imports.import_upload, name="risk-import"),
    path(f"{OF_PRODUCT}import/template.<slug:kind>", risk_imports.import_template, name="risk-import-template"),
    path(f"{OF_PRODUCT}import/<uuid:pk>/", risk_imports.import_show, name="risk-import-detail"),
    path(f"{OF_PRODUCT}import/<uuid:pk>/confirm/", risk_imports.import_confirm, name="risk-import-confirm"),
]
