"""The addresses of a memorandum as it is written and read."""

from django.urls import URLPattern, path

import products.addresses  # noqa: F401 - registers the converter of product codes
from governance.views import mou_pages, mou_sections, mou_writing

HOME = "products/<code:code>/mou/"
MOU = f"{HOME}<uuid:key>/"
PARTY = f"{MOU}parties/<uuid:party>/"
OFFICIAL = f"{MOU}officials/<uuid:official>/"

urlpatterns: list[URLPattern] = [
    path(HOME, mou_pages.mou_home, name="mou-home"),
    path(f"{HOME}begin/", mou_pages.mou_begin, name="mou-begin"),
    path(MOU, mou_pages.mou_show, name="mou-detail"),
    path(f"{MOU}read/", mou_pages.mou_read, name="mou-read"),
    path(f"{MOU}document/", mou_pages.mou_document, name="mou-document"),
    path(f"{MOU}changes/", mou_pages.mou_changes, name="mou-changes"),
    path(f"{MOU}terms/", mou_writing.mou_terms, name="mou-terms"),
    path(f"{MOU}parties/", mou_writing.mou_parties, name="mou-parties"),
    path(f"{PARTY}remove/", mou_writing.party_remove, name="mou-party-remove"),
    path(f"{MOU}money/", mou_writing.mou_money, name="mou-money"),
    path(f"{PARTY}amounts/", mou_writing.mou_amounts, name="mou-amounts-add"),
    path(f"{PARTY}amounts/<uuid:source>/", mou_writing.mou_amounts, name="mou-amounts"),
    path(f"{MOU}officials/", mou_writing.mou_officials, name="mou-officials"),
    path(f"{MOU}officials/name/", mou_writing.official_add, name="mou-official-add"),
    path(f"{OFFICIAL}change/", mou_writing.official_change, name="mou-official-change"),
    path(f"{OFFICIAL}remove/", mou_writing.official_remove, name="mou-official-remove"),
    path(f"{MOU}sections/<int:number>/", mou_sections.mou_section, name="mou-section"),
    path(f"{MOU}answers/<uuid:clause>/", mou_sections.mou_answer, name="mou-answer"),
    path(f"{MOU}remarks/<uuid:remark>/settle/", mou_sections.remark_settle, name="mou-remark-settle"),
    path(f"{MOU}amend/", mou_writing.mou_amend, name="mou-amend"),
    path(f"{MOU}opened/", mou_writing.mou_opened, name="mou-opened"),
]
