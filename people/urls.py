"""The addresses of this floor."""
from django.urls import path

urlpatterns: list[path] = []
