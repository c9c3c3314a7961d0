"""Who gets which answer from every address: one row per name, a GET by each member of the cast.

A new address needs a row here, else its test fails. Most need one line:

    "product-risks": department(),                      # read by the department, 404 for the stranger
    "product-risk-add": only(LEADS),                    # for some; 403 for the others, 404 for the stranger
    "risk-detail": department(pk=lambda world: world.risk.pk),

`code` is the cast's product unless the row says otherwise; whatever else the address names comes from the world.
Addresses of the administration follow one rule and are found by their model.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib import admin

from people.actions.reference import save_reference
from products.models import (
    Application,
    AutonomyLevel,
    BriefVersion,
    BusinessCapability,
    FundingSource,
    Portfolio,
    ProductStatus,
    Program,
    Service,
    TechnologyStandard,
)
from records.actions.documents import keep_document
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.models import MandateKind
from records.writing import save
from roadmaps.models import ParallelProject
from tests.cast import Cast

LEADS = {"head_of_product", "product_manager"}
PLANNERS = LEADS | {"product_owner"}
TEAM = PLANNERS | {"security_champion", "change_coordinator", "support_manager", "it_manager"}
WATCHERS = {"oversight", "auditor"}
REGISTRARS = {"portfolio_manager", "oversight"}


@dataclass
class World:
    """The cast and one of each thing that an address may name."""

    cast: Cast
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["things"][name]
        except KeyError:
            raise AttributeError(name) from None


def make_world(cast: Cast) -> World:
    """One entry of each kind in the cast's department, one record of each kind that nobody adds by hand."""
    world = World(cast)
    base = {"department": cast.department, "code": "X-1", "name_en": "Thing", "name_fr": "Chose"}
    for model in (
        Portfolio,
        Program,
        BusinessCapability,
        Application,
        TechnologyStandard,
        FundingSource,
        AutonomyLevel,
    ):
        world.things[model._meta.model_name] = save_reference(entry=model(**base), by=SYSTEM)
    world.things["service"] = save_reference(entry=Service(**base, program=world.program), by=SYSTEM)
    project = ParallelProject(**base, kind="investment", sponsor="A sponsor", manager="A manager")
    world.things["project"] = save_reference(entry=project, by=SYSTEM)
    status = ProductStatus(product=cast.product, state="requested", requested_on=date(2026, 4, 1))
    save(status, by=SYSTEM)
    give_mandate(kind=MandateKind.OPENING, what="phase", subject=cast.product, reference="Paper", by=SYSTEM)
    keep_document(kind="test", subject_id="1", language="en", title="A document", content=b"%PDF-1.7")
    world.things["version"] = BriefVersion.objects.create(
        product=cast.product, number=1, content={}, sha256="0" * 64, published_at=cast.product.created_at,
        published_by_id="1", published_by_name="Somebody")  # fmt: skip
    return world


@dataclass(frozen=True)
class Row:
    """What each member of the cast is answered: `ok` if among `allowed` (None: everybody), else `refused`."""

    allowed: frozenset[str] | None = None
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
        return self.ok if self.allowed is None or name in self.allowed else self.refused

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


def hidden_but_for(allowed: set[str], **names: Any) -> Row:
    """Some; for all others as if it were not there."""
    return Row(allowed=frozenset(allowed), refused=404, stranger=404, names=names)


def open_to_all(signed_in: int = 200, anonymous: int = 200, **names: Any) -> Row:
    return Row(ok=signed_in, anonymous=anonymous, names=names)


def posted(**names: Any) -> Row:
    """An address forms are sent to; looking at it is not allowed."""
    return Row(ok=405, names=names)


def thing(name: str) -> Callable[[World], Any]:
    return lambda world: getattr(world, name).pk


def reset_key(world: World) -> str:
    return default_token_generator.make_token(world.cast.people["colleague"])


def reset_uid(world: World) -> str:
    return user_pk_to_url_str(world.cast.people["colleague"])


ROWS: dict[str, Row] = {
    "livez": open_to_all(),
    "readyz": open_to_all(),
    "root": open_to_all(signed_in=302, anonymous=302),
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
    "account_email": staff(),
    "account_signup": Row(ok=302),
    "account_inactive": staff(),
    "account_email_verification_sent": staff(),
    "account_confirm_email": staff(key=lambda world: "no-such-key"),
    "account_confirm_login_code": Row(ok=302),
    # people
    "view-save": posted(),
    "view-delete": posted(pk=thing("program")),
    # the inventory
    "home": staff(),
    "product-list": staff(),
    "product-register": Row(allowed=frozenset(REGISTRARS)),
    "product-detail": department(),
    "product-history": department(),
    "product-change": only(LEADS | {"portfolio_manager"}),
    "product-family": department(),
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
        rows[f"{base}_add"] = Row(**inside, ok=403 if model._meta.model_name == "briefpolicy" else 200)
        for kind in ("change", "history"):
            rows[f"{base}_{kind}"] = Row(**inside, names={"object_id": first(model)})
        if page.deeds:
            rows[f"{base}_act"] = Row(**inside, ok=404, names={"deed": lambda world, page=page: page.deeds[0].name})
    return rows


def _document(world: World) -> Any:
    from records.models import Document

    return Document.objects.values_list("pk", flat=True).first()
