"""The addresses of a memorandum in force: transfers, its end."""

from django.urls import URLPattern, path

import products.addresses  # noqa: F401 - registers the converter of product codes
from governance.views import mou_ending, mou_log, mou_transfers

MOU = "products/<code:code>/mou/<uuid:key>/"
TRANSFER = f"{MOU}transfers/<uuid:transfer>/"

urlpatterns: list[URLPattern] = [
    path(f"{MOU}transfers/", mou_transfers.transfers_show, name="mou-transfers"),
    path(f"{MOU}transfers/book/", mou_transfers.transfer_book, name="mou-transfer-book"),
    path(f"{TRANSFER}correct/", mou_transfers.transfer_correct, name="mou-transfer-correct"),
    path(f"{TRANSFER}remove/", mou_transfers.transfer_remove, name="mou-transfer-remove"),
    path(f"{MOU}reviews/note/", mou_log.review_note, name="mou-review-note"),
    path(f"{MOU}log/", mou_log.log_show, name="mou-log"),
    path(f"{MOU}log/describe/", mou_log.log_describe, name="mou-log-describe"),
    path(f"{MOU}sign-again/", mou_log.mou_sign_again, name="mou-sign-again"),
    path("products/<code:code>/mou/as-amended/", mou_log.mou_as_amended, name="mou-as-amended"),
    path(f"{MOU}end/", mou_ending.end_show, name="mou-end"),
    path(f"{MOU}end/propose/", mou_ending.end_propose, name="mou-end-propose"),
    path(f"{MOU}end/parties/<uuid:party>/consent/", mou_ending.end_consent, name="mou-end-consent"),
    path(f"{MOU}end/withdraw/", mou_ending.end_withdraw, name="mou-end-withdraw"),
]
