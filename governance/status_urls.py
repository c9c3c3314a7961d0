"""The addresses of product status, and of what else is asked of a board."""

from django.urls import URLPattern, path

import products.addresses  # noqa: F401 - registers the converter of product codes
from governance.views import status

PRODUCT = "products/<code:code>/"

urlpatterns: list[URLPattern] = [
    path(f"{PRODUCT}status/", status.status_show, name="status-detail"),
    path(f"{PRODUCT}status/request/", status.status_request, name="status-request"),
    path(f"{PRODUCT}status/attempt/", status.status_review_begin, name="status-attempt"),
    path(f"{PRODUCT}status/take-back/", status.status_take_back, name="status-take-back"),
    path(f"{PRODUCT}status/grant/", status.status_grant, name="status-grant"),
    path(f"{PRODUCT}status/<uuid:pk>/exit/", status.status_exit, name="status-exit"),
    path(f"{PRODUCT}board/", status.board_ask, name="board-ask"),
]
