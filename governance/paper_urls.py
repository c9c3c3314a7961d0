"""The addresses of papers."""

from django.urls import path

from governance.views import papers

PACK = "boards/meetings/<uuid:key>/papers/"

urlpatterns = [
    path("reviews/<uuid:key>/brief/pdf/", papers.brief_document, name="decision-brief"),
    path("decisions/<uuid:key>/pdf/", papers.decision_document, name="decision-document"),
    path(PACK, papers.pack_list, name="pack-list"),
    path(f"{PACK}<int:number>/<slug:language>/", papers.pack_document, name="pack-document"),
    path("boards/minutes/<uuid:key>/pdf/", papers.minutes_document, name="minutes-document"),
]
