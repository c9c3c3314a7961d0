"""The addresses of pages that need every floor."""

from django.urls import path

import products.addresses
from portfolio.views import executive, history, home, imports, opening, product, products, sealed

YEAR = "products/<code:code>/roadmap/<int:year>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("products/", products.product_list, name="product-list"),
    path("products/<code:code>/", product.product_show, name="product-detail"),
    path("products/<code:code>/history/", history.history_list, name="product-history"),
    path("products/<code:code>/opening/", opening.opening_position, name="opening-position"),
    path("products/<code:code>/opening/done/", opening.opening_done, name="opening-done"),
    path("products/<code:code>/roadmap/current/", executive.executive_current, name="roadmap-current"),
    path(YEAR, executive.executive_show, name="roadmap-executive"),
    path(f"{YEAR}pdf/", executive.executive_pdf, name="roadmap-executive-pdf"),
    path(f"{YEAR}sealed/<slug:language>/", sealed.year_sealed, name="roadmap-sealed"),
    path("inventory/import/", imports.import_upload, name="inventory-import"),
    path("inventory/import/template.<slug:kind>", imports.template_download, name="import-template"),
    path("inventory/import/<uuid:pk>/", imports.import_show, name="import-detail"),
    path("inventory/import/<uuid:pk>/confirm/", imports.import_confirm, name="import-confirm"),
]
