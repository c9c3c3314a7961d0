"""The addresses of the brief: /products/<code>/brief/…"""

from django.urls import URLPattern, path

from products.views import governance, structure
from products.views.brief import pages, publishing, sections

urlpatterns: list[URLPattern] = [
    path("", pages.brief_detail, name="brief-detail"),
    path("check/", publishing.brief_check, name="brief-check"),
    path("publish/", publishing.brief_publish, name="brief-publish"),
    path("confirm/", publishing.brief_confirm, name="brief-confirm"),
    path("compare/", pages.brief_compare, name="brief-compare"),
    path("versions/", pages.brief_versions, name="brief-versions"),
    path("versions/<int:number>/", pages.brief_version, name="brief-version"),
    path("versions/<int:number>/published/", publishing.brief_published, name="brief-published"),
    path("versions/<int:number>/waiting/", publishing.brief_waiting, name="brief-waiting"),
    path("versions/<int:number>/<slug:language>.pdf", publishing.brief_document, name="brief-document"),
    path("structure/", structure.structure_detail, name="structure-detail"),
    path("structure/positions/new/", structure.position_add, name="position-add"),
    path("structure/positions/<uuid:key>/", structure.position_change, name="position-change"),
    path("structure/positions/<uuid:key>/end/", structure.position_end, name="position-end"),
    path("governance/", governance.governance_detail, name="governance-detail"),
    path("governance/bodies/new/", governance.body_add, name="body-add"),
    path("governance/bodies/<uuid:key>/", governance.body_change, name="body-change"),
    path("governance/bodies/<uuid:key>/end/", governance.body_end, name="body-end"),
    path("governance/corporate/new/", governance.facing_add, name="facing-add"),
    path("governance/corporate/<uuid:key>/remove/", governance.facing_remove, name="facing-remove"),
    path("<slug:section>/", sections.brief_section, name="brief-section"),
    path("<slug:section>/autosave/", sections.brief_autosave, name="brief-autosave"),
    path("<slug:section>/discard/", sections.brief_discard, name="brief-discard"),
]
