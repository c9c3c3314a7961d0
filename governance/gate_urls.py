"""The addresses of gates, changes and reviews."""

from django.urls import URLPattern, path

import products.addresses  # noqa: F401 - registers the converter of product codes
from governance.views import gates, preparing, reviews

PRODUCT = "products/<code:code>/"
CHANGE = f"{PRODUCT}changes/<uuid:key>/"
REVIEW = "reviews/<uuid:key>/"
INPUT = f"{REVIEW}inputs/<uuid:wanted>/"

urlpatterns: list[URLPattern] = [
    path(f"{PRODUCT}gates/", gates.gate_list, name="gate-list"),
    path(f"{PRODUCT}gates/<int:number>/", gates.gate_show, name="gate-detail"),
    path(f"{PRODUCT}gates/<int:number>/begin/", gates.gate_begin, name="gate-begin"),
    path(f"{PRODUCT}changes/begin/", gates.change_begin, name="live-change-begin"),
    path(CHANGE, gates.change_show, name="live-change-detail"),
    path(f"{CHANGE}gates/<int:number>/", gates.gate_show, name="live-change-gate-detail"),
    path(f"{CHANGE}gates/<int:number>/begin/", gates.gate_begin, name="live-change-gate-begin"),
    path(REVIEW, reviews.review_show, name="review-detail"),
    path(f"{REVIEW}prepare/", reviews.review_prepare, name="review-prepare"),
    path(f"{REVIEW}texts/", reviews.review_texts, name="review-texts"),
    path(f"{REVIEW}check/", reviews.review_check, name="review-check"),
    path(f"{REVIEW}submitted/", reviews.review_submitted, name="review-submitted"),
    path(f"{REVIEW}withdraw/", reviews.review_withdraw, name="review-withdraw"),
    path(f"{REVIEW}link/", preparing.link_attach, name="extra-link"),
    path(f"{REVIEW}file/", preparing.file_attach, name="extra-file"),
    path(f"{REVIEW}record/", preparing.record_attach, name="extra-record"),
    path(f"{INPUT}link/", preparing.link_attach, name="input-link"),
    path(f"{INPUT}file/", preparing.file_attach, name="input-file"),
    path(f"{INPUT}record/", preparing.record_attach, name="input-record"),
    path(f"{INPUT}freeze/", preparing.record_freeze, name="input-freeze"),
    path(f"{REVIEW}artefacts/<uuid:artefact>/", preparing.artefact_show, name="artefact-detail"),
    path(f"{REVIEW}artefacts/<uuid:artefact>/remove/", preparing.artefact_remove, name="artefact-remove"),
    path(f"{REVIEW}conditions/propose/", preparing.condition_propose, name="condition-propose"),
    path(f"{REVIEW}conditions/<uuid:condition>/drop/", preparing.condition_drop, name="condition-drop"),
]
