"""The addresses of this floor."""

from allauth.mfa.base import views as codes
from django.urls import path

from people.views import account, delegations, notices, saved_views, second_factor, verifying

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/sessions/end/", account.sessions_end, name="sessions-end"),
    path("account/session/", account.session_extend, name="session-extend"),
    path("account/notices/", notices.notice_settings, name="notice-settings"),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/read/", notices.notices_read, name="notices-read"),
    path("notices/<uuid:pk>/read/", notices.notice_read, name="notice-read"),
    path("account/second-factor/", second_factor.factor_set_up, name="factor-set-up"),
    path("account/second-factor/codes/", second_factor.factor_codes, name="factor-codes"),
    path("account/second-factor/codes/renew/", second_factor.factor_codes_renew, name="factor-codes-renew"),
    path("account/second-factor/give-up/", second_factor.factor_give_up, name="factor-give-up"),
    path("account/second-factor/keys/new/", second_factor.key_add, name="key-add"),
    path("account/second-factor/keys/<int:pk>/remove/", second_factor.key_remove, name="key-remove"),
    # the library's own steps, under the names it looks for
    path("account/second-factor/sign-in/", codes.authenticate, name="mfa_authenticate"),
    path("account/second-factor/confirm/", codes.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/confirm/key/", second_factor.confirm_by_key, name="mfa_reauthenticate_webauthn"),
    path("account/delegations/", delegations.delegation_list, name="delegation-list"),
    path("account/delegations/new/", delegations.delegation_give, name="delegation-give"),
    path("account/delegations/<uuid:pk>/end/", delegations.delegation_end, name="delegation-end"),
    path("about/", account.about, name="about"),
    path("rights/", account.rights_show, name="rights"),
    path("verify/", verifying.document_verify, name="verify"),
    path("accessibility/", account.accessibility, name="accessibility"),
    path("views/", saved_views.view_save, name="view-save"),
    path("views/<uuid:pk>/choose/", saved_views.view_choose, name="view-choose"),
    path("views/<uuid:pk>/delete/", saved_views.view_delete, name="view-delete"),
]
