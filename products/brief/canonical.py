"""The brief as one piece of plain data: everything resolved to text in both languages, so that a version
still reads when people, branches and services have long changed (domain.md §3; decisions.md §9)."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import capfirst

from people.states import CapacityKind
from products.brief.drafts import drafted
from products.brief.mou import place_of_mou
from products.models import (
    Application,
    BodyMember,
    CorporateFacing,
    GovernanceBody,
    Position,
    Product,
    RoleAssignment,
    RoleDefinition,
    Service,
)
from products.states import ApplicationLifecycle, BodyKind, BriefSectionCode, ServiceSource
from records import clock

SCHEMA = 2  # since 2 the title of who holds a role stands in both languages
Pair = dict[str, str]


def texts(record: Any, field: str) -> Pair:
    """A bilingual field of a record or of a dict as {"en": …, "fr": …}."""
    if isinstance(record, dict):
        return {"en": record.get(f"{field}_en", ""), "fr": record.get(f"{field}_fr", "")}
    return {"en": getattr(record, f"{field}_en"), "fr": getattr(record, f"{field}_fr")}


def titled(kind: str) -> Pair:
    """A role of the team in both languages, as a heading writes it."""
    return {language: capfirst(word) for language, word in both(CapacityKind(kind).label).items()}


def both(label: str | Promise) -> Pair:
    """A label of the interface in both languages."""
    found = {}
    for language in ("en", "fr"):
        with translation.override(language):
            found[language] = str(label)
    return found


def brief_content(product: Product) -> dict[str, Any]:
    """The whole brief of a family, draft over live rows, as canonical data. Constant number of queries (13)."""
    product = Product.objects.select_related("department", "sponsoring_branch").get(pk=product.pk)
    sections, day = drafted(product), clock.today()
    own, places, roles = (
        sections[code] for code in (BriefSectionCode.PRODUCT, BriefSectionCode.PLACES, BriefSectionCode.ROLES)
    )
    organisation = sections[BriefSectionCode.ORGANISATION]
    held = list(RoleAssignment.objects.filter(product=product).select_related("person", "member"))
    return {
        "schema": SCHEMA,
        "as_of": day.isoformat(),
        "code": product.code,
        "department": texts(product.department, "name"),
        "branch": texts(product.sponsoring_branch, "name"),
        "name": texts(own, "name"),
        "summary": texts(own, "summary"),
        "services": [
            _service(each) for each in Service.objects.filter(pk__in=own["services"]).select_related("program")
        ],
        "structure": {"note": texts(organisation, "structure"), "positions": _positions(product, held, day)},
        "governance": {"note": texts(organisation, "governance"), **_governed(product, day)},
        "repositories": [
            {"name": texts(row, "name"), "address": row.get("address", "")} for row in places["repositories"]
        ],
        "applications": [_application(each) for each in Application.objects.filter(pk__in=places["applications"])],
        "mou": _mou(product, places),
        "roles": [_role(definition, held, day) for definition in _definitions()],
        "cover": texts(roles, "cover"),
    }


def structure_content(product: Product) -> dict[str, Any]:
    """Only the structure, as the brief would say it today: for the page of the structure. Two queries."""
    held = list(RoleAssignment.objects.filter(product=product).select_related("person", "member"))
    return {"structure": {"note": {"en": "", "fr": ""}, "positions": _positions(product, held, clock.today())}}


def governance_content(product: Product) -> dict[str, Any]:
    """Only governance, as the brief would say it today: for the page of governance. Three queries."""
    return {"governance": {"note": {"en": "", "fr": ""}, **_governed(product, clock.today())}}


def _governed(product: Product, day: date) -> dict[str, Any]:
    facing = CorporateFacing.objects.filter(product=product)
    return {
        "bodies": _bodies(product, day),
        "facing": [{"role": titled(row.role), "body": texts(row, "name")} for row in facing],
    }


def _service(service: Service) -> dict[str, Any]:
    return {
        "code": service.code,
        "name": texts(service, "name"),
        "program": texts(service.program, "name"),
        "source": both(ServiceSource(service.source).label),
        "reference": service.source_reference,
    }


def _application(application: Application) -> dict[str, Any]:
    return {
        "code": application.code,
        "name": texts(application, "name"),
        "lifecycle_code": application.lifecycle,
        "lifecycle": both(ApplicationLifecycle(application.lifecycle).label),
    }


def _mou(product: Product, places: dict[str, Any]) -> dict[str, str]:
    """system (the place is known here), paper (a place somebody wrote), or none yet."""
    if place := place_of_mou(product):
        return {"kind": "system", "location": place}
    if places["mou"] == "paper":
        return {"kind": "paper", "location": places["mou_location"]}
    return {"kind": "none", "location": ""}


def _definitions() -> list[RoleDefinition]:
    order = [kind.value for kind in CapacityKind.roles()]
    return sorted(RoleDefinition.objects.all(), key=lambda row: order.index(row.kind))


def _role(definition: RoleDefinition, held: list[RoleAssignment], day: date) -> dict[str, Any]:
    mine = sorted((row for row in held if row.kind == definition.kind), key=lambda row: row.starts_on)
    held_now = [row for row in mine if row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)]
    current = [
        row for row in held_now if row.person.is_active
    ]  # who has left holds nothing, whatever was not ended yet
    earlier = [row for row in mine if row.ends_on is not None and row.ends_on < day]
    ends = [row.ends_on for row in earlier] + [row.person.departed_on for row in held_now if row not in current]
    left = max(filter(None, ends), default=None) if not current else None
    return {
        "kind": definition.kind,
        "title": titled(definition.kind),
        "required": definition.is_required,
        "activities": texts(definition, "activities"),
        "horizon": texts(definition, "horizon"),
        "holders": [_holder(row) for row in current],
        "earlier": [_holder(row) for row in earlier],
        "vacant_since": _day(left + timedelta(days=1) if left else None),
    }


def _holder(row: RoleAssignment) -> dict[str, Any]:
    return {
        "name": row.person.name,
        "title": texts(row.person, "title"),
        "from": _day(row.starts_on),
        "to": _day(row.ends_on),
        "member": texts(row.member, "name") if row.member else None,
    }


def _positions(product: Product, held: list[RoleAssignment], day: date) -> list[dict[str, Any]]:
    rows = list(Position.objects.filter(product=product).on(day).select_related("branch", "holder"))
    rows, here = _from_the_top(rows), {row.pk for row in rows}
    by_person: dict[Any, list[Pair]] = {}
    for row in held:
        if row.starts_on <= day and (row.ends_on is None or row.ends_on >= day):
            by_person.setdefault(row.person_id, []).append(titled(row.kind))
    return [
        {
            "id": str(row.pk),
            "number": row.number,
            "title": texts(row, "title"),
            "branch": {"acronym": row.branch.acronym, "name": texts(row.branch, "name")},
            "reports_to": str(row.reports_to_id) if row.reports_to_id in here else None,
            "holder": row.holder.name if row.holder else "",
            "held_since": _day(row.held_since),
            "vacant_since": _day(row.vacant_since),
            "skills": texts(row, "skills"),
            "share": row.share_of_time,
            "from": _day(row.starts_on),
            "roles": by_person.get(row.holder_id, []) if row.holder_id else [],
        }
        for row in rows
    ]


def _from_the_top(rows: list[Position]) -> list[Position]:
    """Each position followed by those that report to it, so that a table reads like the picture."""
    here, below = {row.pk for row in rows}, defaultdict(list)
    for row in rows:
        below[row.reports_to_id if row.reports_to_id in here else None].append(row)
    ordered, waiting = [], below[None][::-1]
    while waiting:
        ordered.append(row := waiting.pop())
        waiting += below[row.pk][::-1]
    return ordered


def _bodies(product: Product, day: date) -> list[dict[str, Any]]:
    rows = list(GovernanceBody.objects.filter(product=product).on(day))
    here = {row.pk for row in rows}
    members: dict[Any, list[dict[str, Any]]] = {}
    for member in BodyMember.objects.filter(body__in=rows).select_related("person").order_by("-is_chair", "created_at"):
        who = {"en": member.person.name, "fr": member.person.name} if member.person else titled(member.role)
        members.setdefault(member.body_id, []).append({"who": who, "chair": member.is_chair})
    return [
        {
            "id": str(row.pk),
            "kind": row.kind,
            "kind_word": both(BodyKind(row.kind).label),
            "name": texts(row, "name"),
            "terms": row.terms_of_reference,
            "delegated": texts(row, "delegated"),
            "reports_to": str(row.reports_to_id) if row.reports_to_id in here else None,
            "members": members.get(row.pk, []),
        }
        for row in rows
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
