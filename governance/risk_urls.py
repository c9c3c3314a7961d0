"""The addresses of the risk register."""

from django.urls import URLPattern, path

import products.addresses  # noqa: F401 - registers the converter of product codes
from governance.views import risk_acts, risk_boards, risk_mitigations, risks

REGISTER = "products/<code:code>/risks/"
RISK = f"{REGISTER}<uuid:key>/"

urlpatterns: list[URLPattern] = [
    path(REGISTER, risks.risk_list, name="risk-list"),
    path(f"{REGISTER}add/", risk_acts.risk_add, name="risk-add"),
    path(f"{REGISTER}quality/", risks.risk_quality, name="risk-quality"),
    path(RISK, risks.risk_show, name="risk-detail"),
    path(f"{RISK}change/", risk_acts.risk_change, name="risk-change"),
    path(f"{RISK}score/", risk_acts.risk_score, name="risk-score"),
    path(f"{RISK}review/", risk_acts.risk_review, name="risk-review"),
    path(f"{RISK}accept/", risk_acts.risk_accept, name="risk-accept"),
    path(f"{RISK}acceptance/withdraw/", risk_acts.risk_acceptance_withdraw, name="risk-acceptance-withdraw"),
    path(f"{RISK}escalate/", risk_boards.risk_escalate, name="risk-escalate"),
    path(f"{RISK}issue/", risk_acts.risk_issue, name="risk-issue"),
    path(f"{RISK}close/", risk_acts.risk_close, name="risk-close"),
    path(f"{RISK}reopen/", risk_acts.risk_reopen, name="risk-reopen"),
    path(f"{RISK}activities/add/", risk_mitigations.mitigation_add, name="mitigation-add"),
    path(f"{RISK}activities/<uuid:mitigation>/change/", risk_mitigations.mitigation_change, name="mitigation-change"),
    path(f"{RISK}activities/<uuid:mitigation>/move/", risk_mitigations.mitigation_move, name="mitigation-move"),
]
