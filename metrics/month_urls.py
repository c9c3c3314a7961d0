"""The addresses of a product's months: /products/<code>/metrics/…"""

from django.urls import URLPattern, URLResolver, path

import metrics.addresses  # noqa: F401 - registers the converter of months
from metrics.views import corrections, declared, details, months, settings

urlpatterns: list[URLPattern | URLResolver] = [
    path("", months.month_show, name="metrics-detail"),
    path("months.csv", months.months_csv, name="metrics-csv"),
    path("<month:month>/", months.month_show, name="metrics-month"),
    path("<month:month>/deployments/", details.deployment_list, name="delivery-deployments"),
    path("<month:month>/changes/", details.change_list, name="delivery-changes"),
    path("<month:month>/incidents/", details.incident_list, name="delivery-incidents"),
    path("<month:month>/approve/", settings.restatement_approve, name="restatement-approve"),
    path("settings/", settings.settings_change, name="metrics-settings"),
    path("declare/", declared.month_declare, name="month-declare"),
    path("declared/<uuid:pk>/withdraw/", declared.month_withdraw, name="month-withdraw"),
    path("deployments/<int:pk>/leave-out/", corrections.deployment_void, name="deployment-void"),
    path("deployments/<int:pk>/count-again/", corrections.deployment_restore, name="deployment-restore"),
    path("incidents/<int:pk>/deployment/", corrections.incident_link, name="incident-link"),
]
