"""Who gets which answer from every address: one row per name, a GET by each member of the cast.

A new address needs a row here, else its test fails. Most need one line:

    "product-risks": department(),                      # read by the department, 404 for the stranger
    "product-risk-add": only(LEADS),                    # for some; 403 for the others, 404 for the stranger

`code` is the cast's product unless the row says otherwise; whatever else the address names comes from the world.
Addresses of the administration follow one rule and are found by their model.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib import admin

from records.models import Document
from tests.cast import OFFICES
from tests.cast import ROLES as TEAM_ROLES
from tests.config.url_world import World

LEADS = {"head_of_product", "product_manager"}
PLANNERS = LEADS | {"product_owner"}
TEAM = PLANNERS | {"security_champion", "change_coordinator", "support_manager", "it_manager"}
WATCHERS = {"oversight", "auditor"}
READERS = TEAM | WATCHERS
REVIEW_READERS = READERS | {"sponsor", "director_general", "cio", "cfo", "portfolio_manager"}
REGISTRARS = {"portfolio_manager", "oversight"}
CHANGERS = LEADS | {"portfolio_manager"}
BUILDERS = LEADS | {"it_manager"}
MEASURERS = PLANNERS | {"support_manager", "security_champion"}
CONNECTORS = LEADS | {"it_manager", "change_coordinator"}
KEEPERS = LEADS | {"it_manager", "security_champion"}


@dataclass(frozen=True)
class Row:
    """What each member of the cast is answered: `ok` if among `allowed` (None: everybody), else `refused`."""

    allowed: frozenset[str] | None = None
    readers: frozenset[str] | None = None  # who knows that it exists: refused; the others: 404
    ok: int = 200
    refused: int = 403
    stranger: int | None = None
    anonymous: int = 302
    names: dict[str, Callable[[World], Any]] = field(default_factory=dict)

    def status(self, name: str | None) -> int:
        if name is None:
            return self.anonymous
        if name == "stranger" and self.stranger is not None:
            return self.stranger
        if self.allowed is None or name in self.allowed:
            return self.ok
        return 404 if self.readers is not None and name not in self.readers else self.refused

    def arguments(self, world: World, wanted: set[str]) -> dict[str, Any]:
        given = {"code": lambda world: world.cast.product.code} | self.names
        return {name: given[name](world) for name in wanted}


def staff(**names: Any) -> Row:
    """Everybody signed in, of whatever department."""
    return Row(names=names)


def department(**names: Any) -> Row:
    """Everybody of the department; hidden from the stranger."""
    return Row(stranger=404, names=names)


def only(allowed: set[str], **names: Any) -> Row:
    """Some; refused with the reason to others of the department, hidden from the stranger."""
    return Row(allowed=frozenset(allowed), stranger=404, names=names)


def drafted(allowed: set[str] | None = None, ok: int = 200, **names: Any) -> Row:
    """What only the team and who watches over it see: some may, the other readers are refused, for the rest it is not there."""
    return Row(allowed=frozenset(allowed or READERS), readers=frozenset(READERS), ok=ok, names=names)


def before_board(allowed: set[str], ok: int = 200, **names: Any) -> Row:
    """What is before a board: some may, others who read it are refused, for the rest it is not there."""
    return Row(allowed=frozenset(allowed), readers=frozenset(REVIEW_READERS), ok=ok, names=names)


def hidden(**names: Any) -> Row:
    """For all of the cast as if it were not there."""
    return Row(ok=404, names=names)


def open_to_all(signed_in: int = 200, anonymous: int = 200, **names: Any) -> Row:
    return Row(ok=signed_in, anonymous=anonymous, names=names)


def posted(**names: Any) -> Row:
    """An address forms are sent to; looking at it is not allowed."""
    return Row(ok=405, names=names)


def thing(name: str) -> Callable[[World], Any]:
    return lambda world: getattr(world, name).pk


def word(value: Any) -> Callable[[World], Any]:
    """An argument that is the same in every world."""
    return lambda world: value


def reset_key(world: World) -> str:
    return default_token_generator.make_token(world.cast.people["colleague"])


def reset_uid(world: World) -> str:
    return user_pk_to_url_str(world.cast.people["colleague"])


ROWS: dict[str, Row] = {
    "catalogue": staff(),
    "status-detail": department(),
    "status-request": only({"sponsor"}),
    "status-attempt": posted(),
    "status-take-back": only({"sponsor"}),
    "status-grant": posted(),
    "status-exit": only(LEADS | {"sponsor", "cfo"}, pk=thing("ended_status")),
    "board-ask": only(LEADS),
    "condition-list": staff(),
    "condition-detail": Row(allowed=frozenset(REVIEW_READERS), refused=404, names={"pk": thing("condition")}),
    "condition-file": Row(allowed=frozenset(REVIEW_READERS), refused=404, ok=404, names={"pk": thing("condition")}),
    "condition-prove": before_board(PLANNERS, pk=thing("condition")),
    "condition-accept": posted(pk=thing("condition")),
    "condition-refuse": before_board({"sponsor"}, ok=409, pk=thing("condition")),
    "livez": open_to_all(),
    "readyz": open_to_all(),
    "root": open_to_all(signed_in=302, anonymous=302),
    # machines sign what they send; people have nothing to see there
    "delivery-receive": open_to_all(signed_in=405, anonymous=405, source=word(UUID(int=1))),
    # signing in
    "account_login": open_to_all(signed_in=302),
    "account_logout": staff(),
    "account_reset_password": open_to_all(),
    "account_reset_password_done": open_to_all(),
    "account_reset_password_from_key": open_to_all(signed_in=302, anonymous=302, uidb36=reset_uid, key=reset_key),
    "account_reset_password_from_key_done": open_to_all(),
    "account_change_password": staff(),
    "account_set_password": Row(ok=302),
    "account_reauthenticate": staff(),
    "account_email": Row(ok=302),
    "account_signup": Row(ok=302),
    "account_inactive": open_to_all(),
    "account_email_verification_sent": staff(),
    "account_confirm_email": staff(key=lambda world: "no-such-key"),
    "account_confirm_login_code": Row(ok=302),
    # people
    "mfa_authenticate": Row(ok=302),
    "mfa_reauthenticate": Row(ok=302),
    "mfa_reauthenticate_webauthn": Row(ok=302),
    "factor-set-up": staff(),
    "key-add": staff(),
    "key-remove": posted(pk=word(1)),
    "factor-codes": Row(ok=302),
    "factor-codes-renew": posted(),
    "factor-give-up": Row(allowed=frozenset({*OFFICES, *TEAM_ROLES, "colleague", "stranger", "observer"})),
    "delegation-list": staff(),
    "delegation-give": Row(allowed=frozenset({*OFFICES, *TEAM_ROLES})),
    "delegation-end": Row(allowed=frozenset({"cio", "cfo"}), refused=404, names={"pk": thing("delegation")}),
    "view-save": posted(),
    "view-choose": posted(pk=thing("program")),
    "view-delete": posted(pk=thing("program")),
    "notice-list": staff(),
    "notice-read": posted(pk=thing("program")),
    "notices-read": posted(),
    "notice-settings": staff(),
    "about": open_to_all(),
    "verify": open_to_all(),
    "accessibility": open_to_all(),
    "rights": staff(),
    "account": staff(),
    "session-extend": Row(ok=204),
    "sessions-end": posted(),
    # the inventory
    "home": staff(),
    "product-list": staff(),
    "product-register": Row(allowed=frozenset(REGISTRARS)),
    "product-detail": department(),
    "product-history": department(),
    "product-change": only(CHANGERS),
    "product-family": department(),
    "product-place": department(),
    "link-add": only(CHANGERS, kind=word("service")),
    "link-remove": only(CHANGERS, kind=word("service"), pk=thing("link")),
    "stage-change": only(CHANGERS, pk=thing("stage")),
    "stage-remove": only(CHANGERS, pk=thing("stage")),
    "opening-position": only(REGISTRARS),
    "opening-done": Row(ok=404),
    "strategy-detail": department(),
    "strategy-version": department(number=word(1)),
    "strategy-compare": department(older=word(1), newer=word(2)),
    "strategy-edit": only(LEADS),
    "strategy-publish": only(LEADS),
    "delivery-files": only(READERS),
    "delivery-file": only(READERS, pk=thing("upload")),
    "delivery-file-take-over": posted(pk=thing("upload")),
    "delivery-file-template": only(READERS, name=word("deployments.csv")),
    "source-list": only(READERS),
    "source-detail": only(READERS, pk=thing("source")),
    "source-connect": only(CONNECTORS, kind=word("github")),
    **{
        f"source-{verb}": only(CONNECTORS, pk=thing("source"))
        for verb in ("secret", "names", "change", "rotate", "retire")
    },
    "kpi-list": department(),
    "kpi-adopt": only(MEASURERS),
    "kpi-detail": department(pk=thing("kpi")),
    **{f"kpi-{verb}": only(MEASURERS, pk=thing("kpi")) for verb in ("change", "value", "retire")},
    "budget-list": department(),
    "budget-add": only(LEADS | {"cfo"}),
    "budget-change": only(LEADS | {"cfo"}, pk=thing("budget_line")),
    "budget-remove": only(LEADS | {"cfo"}, pk=thing("budget_line")),
    "boundaries-detail": department(),
    "assessment-add": only(KEEPERS),
    "assessment-change": only(KEEPERS, pk=thing("assessment")),
    "standard-add": only(KEEPERS),
    "standard-plan": only(KEEPERS, pk=thing("standard_in_use")),
    "standard-remove": only(KEEPERS, pk=thing("standard_in_use")),
    "inventory-import": Row(allowed=frozenset(REGISTRARS)),
    "import-template": Row(allowed=frozenset(REGISTRARS), names={"kind": word("csv")}),
    "import-detail": hidden(pk=thing("program")),  # no import has this key; its own pages are tested with it
    "import-confirm": posted(pk=thing("program")),
    # the brief
    "brief-detail": department(),
    "brief-versions": department(),
    "brief-version": department(number=word(1)),
    "brief-compare": department(),
    "brief-document": Row(ok=303, stranger=404, names={"number": word(1), "language": word("en")}),
    "brief-section": drafted(TEAM, section=word("product")),
    "brief-autosave": posted(section=word("product")),
    "brief-discard": posted(section=word("product")),
    "brief-check": drafted(),
    "brief-publish": drafted(ok=302),
    "brief-published": department(number=word(1)),
    "brief-waiting": department(number=word(1)),
    "brief-confirm": drafted({"head_of_product"}),
    "structure-detail": drafted(),
    "position-add": drafted(BUILDERS),
    "position-change": drafted(BUILDERS, key=thing("position")),
    "position-end": drafted(BUILDERS, key=thing("position")),
    "governance-detail": drafted(),
    "body-add": drafted(BUILDERS),
    "body-change": drafted(BUILDERS, key=thing("body")),
    "body-end": drafted(BUILDERS, key=thing("body")),
    "facing-add": drafted(BUILDERS),
    "facing-remove": posted(key=thing("facing")),
    # what surrounds products
    "capability-tree": staff(),
    "portfolio-list": staff(),
    "program-list": staff(),
    "service-list": staff(),
    "capability-list": staff(),
    "application-list": staff(),
    "standard-list": staff(),
    "portfolio-detail": department(pk=thing("portfolio")),
    "program-detail": department(pk=thing("program")),
    "service-detail": department(pk=thing("service")),
    "capability-detail": department(pk=thing("businesscapability")),
    "application-detail": department(pk=thing("application")),
    "standard-detail": department(pk=thing("technologystandard")),
}


MONTH = {"month": word("2026-05")}
CORRECTORS = LEADS | {"it_manager", "change_coordinator", "support_manager"}
DELIVERY: dict[str, Row] = {
    "metrics-detail": department(),
    "metrics-csv": department(),
    "metrics-month": department(**MONTH),
    "delivery-deployments": department(**MONTH),
    "delivery-changes": department(**MONTH),
    "delivery-incidents": department(**MONTH),
    "restatement-approve": only(LEADS, **MONTH),
    "metrics-settings": only(LEADS),
    "month-declare": only(PLANNERS | {"it_manager"}),
    "month-withdraw": only(PLANNERS | {"it_manager"}, pk=thing("declared_month")),
    "deployment-void": only(CORRECTORS, pk=thing("deployment")),
    "deployment-restore": only(CORRECTORS, pk=thing("deployment")),
    "incident-link": only(CORRECTORS, pk=thing("incident")),
}


def first(model: Any) -> Callable[[World], Any]:
    return lambda world: model._base_manager.values_list("pk", flat=True).first()


def administration() -> dict[str, Row]:
    """Every page of the administration: for administrators, refused to all others whatever their department."""
    inside = {"allowed": frozenset({"admin"})}
    rows = {
        "admin:index": Row(**inside),
        "admin:jsi18n": Row(**inside),
        "admin:autocomplete": Row(**inside, ok=403),  # asks which field is being filled in
        "admin:app_list": Row(**inside, ok=302, names={"app_label": lambda world: "people"}),
        "admin:records_document_download": Row(**inside, names={"key": _document}),
    }
    for model, page in admin.site._registry.items():
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        rows[f"{base}_changelist"] = Row(**inside)
        rows[f"{base}_add"] = Row(
            **inside, ok=403 if model._meta.model_name in ("briefpolicy", "metricspolicy") else 200
        )
        for kind in ("change", "history"):
            rows[f"{base}_{kind}"] = Row(**inside, names={"object_id": first(model)})
        if page.deeds:
            rows[f"{base}_act"] = Row(**inside, ok=404, names={"deed": lambda world, page=page: page.deeds[0].name})
    return rows


def _document(world: World) -> Any:
    return Document.objects.values_list("pk", flat=True).first()
