"""The addresses of pages that need every floor."""

from django.urls import path

from portfolio.views import home

urlpatterns = [path("", home.home, name="home")]
