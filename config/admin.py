"""The administration: same rules, same trail. No password views: people choose their own by a link they are sent."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.administration import HouseAdmin
from records.refusals import Refused

OPEN_MINUTES = 30  # after giving password or second factor
FORM_MINUTES = 30  # more, for a form opened in time: as long as a session sleeps, so nothing typed is lost
LEFT_OUT = {"login", "logout", "password_change", "password_change_done", "view_on_site"}


class Lookup(AutocompleteJsonView):
    """What a field that is typed into offers; a record says more than its name where another may be called the same."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        found = super().serialize_result(obj, to_field_name)
        return found | {"text": getattr(obj, "told_apart", found["text"])}


class GatehouseAdminSite(admin.AdminSite):
    """Knows only what the house registered, lets in administrators, and groups its first page by subject."""

    site_header = _("Gatehouse administration")
    site_title = _("Gatehouse administration")
    index_title = _("People, organisation and reference data")
    empty_value_display = "–"
    enable_nav_sidebar = False
    site_url = "/"
    groups = (
        _("Organisation"),
        _("People"),
        _("Toll-gates and boards"),
        _("Memoranda of understanding"),
        _("Risks"),
        _("Reference data"),
        _("Records"),
        _("Jobs"),
    )

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """As Django's, for our own pages; what other packages bring would write past the acts."""
        if admin_class is not None and issubclass(admin_class, HouseAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """As Django's, with records told apart."""
        return Lookup.as_view(admin_site=self)(request)

    def get_urls(self) -> list[Any]:
        return [url for url in super().get_urls() if getattr(url, "name", "") not in LEFT_OUT]

    def has_permission(self, request: HttpRequest) -> bool:
        from people.permissions import may_administer

        return bool(may_administer(request.user))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """As Django's, but who is signed in and no administrator is refused with the reason, not asked to sign in; and who
        gave the password long ago is asked for it before a page opens (trust.md S-34)."""
        from people.permissions import may_administer
        from people.stepup import came_from, is_confirmed, to_confirmation

        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("account_login"))
            verdict = may_administer(request.user)
            if not verdict:
                raise Refused(verdict.reason)
            opens = request.method == "GET" and request.headers.get("X-Requested-With") != "XMLHttpRequest"
            if not is_confirmed(request, OPEN_MINUTES if opens else OPEN_MINUTES + FORM_MINUTES):
                return to_confirmation(request, request.get_full_path() if opens else came_from(request))
            return inner(request, *args, **kwargs)

        return guarded

    def get_log_entries(self, request: HttpRequest) -> Any:
        """Nothing: the audit trail is the log."""
        return super().get_log_entries(request).none()

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The pages under the headings of `groups`, each group in the order of the reader's language."""
        models = [each for app in self._build_app_dict(request).values() for each in app["models"]]
        found = []
        for number, group in enumerate(self.groups):
            mine = [each for each in models if self.get_model_admin(each["model"]).group == group]
            if mine:
                found.append(
                    {"name": group, "slug": f"group-{number}", "models": sorted(mine, key=lambda m: m["name"])}
                )
        return found

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> HttpResponse:
        """There is one first page, by subject."""
        return HttpResponseRedirect(reverse("admin:index"))
