"""The addresses of a memorandum on its way to signature."""

from django.urls import URLPattern, path

import products.addresses  # noqa: F401 - registers the converter of product codes
from governance.views import mou_review, mou_signing

MOU = "products/<code:code>/mou/<uuid:key>/"
SIGNATORY = f"{MOU}signatories/<uuid:official>/"

urlpatterns: list[URLPattern] = [
    path(f"{MOU}review/", mou_review.mou_review, name="mou-review"),
    path(f"{MOU}send/", mou_review.mou_send, name="mou-send"),
    path(f"{MOU}parties/<uuid:party>/validate/", mou_review.mou_validate, name="mou-validate"),
    path(f"{MOU}concur/", mou_review.mou_concur, name="mou-concur"),
    path(f"{MOU}committee/", mou_review.mou_committee, name="mou-committee"),
    path(f"{MOU}reopen/", mou_review.mou_reopen, name="mou-reopen"),
    path(f"{MOU}send-out/", mou_review.mou_send_out, name="mou-send-out"),
    path(f"{MOU}void/", mou_review.mou_void, name="mou-void"),
    path(f"{MOU}texts/<int:number>/", mou_review.mou_text, name="mou-text"),
    path(f"{MOU}signing/", mou_signing.mou_signing, name="mou-signing"),
    path(f"{MOU}signing/ask/", mou_signing.mou_ask, name="mou-ask"),
    path(f"{MOU}copies/<uuid:signature>/", mou_signing.mou_copy_file, name="mou-copy-file"),
    path(f"{SIGNATORY}sign/", mou_signing.mou_sign, name="mou-sign"),
    path(f"{SIGNATORY}decline/", mou_signing.mou_decline, name="mou-decline"),
    path(f"{SIGNATORY}copy/", mou_signing.mou_copy, name="mou-copy"),
]
