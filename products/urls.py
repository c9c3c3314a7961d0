"""The addresses of this floor."""

from django.urls import URLPattern, path

import products.addresses
from products.views import products

urlpatterns: list[URLPattern] = [
    path("products/new/", products.product_register, name="product-register"),
    path("products/<code:code>/change/", products.product_change, name="product-change"),
    path("products/<code:code>/family/", products.product_family, name="product-family"),
]
