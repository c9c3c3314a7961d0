"""The addresses of pages that need every floor."""

from django.urls import path

import products.addresses  # noqa: F401 - registers the converter of product codes
from portfolio.views import history, home, product

urlpatterns = [
    path("", home.home, name="home"),
    path("products/<code:code>/", product.product_show, name="product-detail"),
    path("products/<code:code>/history/", history.history_list, name="product-history"),
]
