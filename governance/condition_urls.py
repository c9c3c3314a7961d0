"""The addresses of conditions."""

from django.urls import URLPattern, URLResolver, path

from governance.views import conditions

urlpatterns: list[URLPattern | URLResolver] = [
    path("conditions/", conditions.condition_list, name="condition-list"),
    path("conditions/<uuid:pk>/", conditions.condition_show, name="condition-detail"),
    path("conditions/<uuid:pk>/file/", conditions.condition_file, name="condition-file"),
    path("conditions/<uuid:pk>/prove/", conditions.condition_prove, name="condition-prove"),
    path("conditions/<uuid:pk>/accept/", conditions.condition_accept, name="condition-accept"),
    path("conditions/<uuid:pk>/refuse/", conditions.condition_refuse, name="condition-refuse"),
]
