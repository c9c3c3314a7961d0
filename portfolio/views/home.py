"""Where people land after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from products.models import Product


def home(request: HttpRequest) -> HttpResponse:
    products = Product.objects.visible_to(request.user).heads().order_by("code")[:20]
    return render(request, "portfolio/home.html", {"products": products})
