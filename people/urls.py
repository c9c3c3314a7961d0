"""The addresses of this floor."""

from django.urls import path

from people.views import saved_views

urlpatterns = [
    path("views/", saved_views.view_save, name="view-save"),
    path("views/<uuid:pk>/delete/", saved_views.view_delete, name="view-delete"),
]
