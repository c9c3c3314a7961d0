"""The administration: same rules, same trail. No password views: people choose their own by invitation or reset link."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class GatehouseAdminSite(admin.AdminSite):
    site_header = _("Gatehouse administration")
    site_title = _("Gatehouse administration")
    index_title = _("People, organisation and reference data")
    enable_nav_sidebar = False
    site_url = "/"
    login_template = "account/login.html"

    def get_urls(self) -> list:
        return [
            url
            for url in super().get_urls()
            if getattr(url, "name", "") not in ("password_change", "password_change_done")
        ]
