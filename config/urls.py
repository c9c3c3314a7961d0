"""The site map. Every page carries its language in the address (/en/, /fr/)."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from config import errors, health
from metrics.urls import machines

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
handler429 = errors.too_many  # used by allauth for its rate limits

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("", include(machines)),
    *i18n_patterns(
        # Addresses are changed by administrators, so the library's own page for that leads home to the account.
        path("account/email/", RedirectView.as_view(pattern_name="account")),
        path("account/", include("allauth.account.urls")),
        path("admin/", admin.site.urls),
        path("", include("people.urls")),
        path("", include("products.urls")),
        path("", include("metrics.urls")),
        path("", include("roadmaps.urls")),
        path("", include("governance.board_urls")),
        path("", include("governance.condition_urls")),
        path("", include("governance.status_urls")),
        path("", include("governance.mou_life_urls")),
        path("", include("governance.gate_urls")),
        path("", include("governance.mou_urls")),
        path("", include("governance.paper_urls")),
        path("", include("governance.matrix_urls")),
        path("", include("governance.mou_signing_urls")),
        path("", include("governance.meeting_urls")),
        path("", include("governance.risk_urls")),
        path("", include("portfolio.urls")),
    ),
    path("", errors.to_own_language, name="root"),
]
