"""Names for the keys that stand in the trail: what a record is called today, read in as many queries as there are kinds."""

from collections.abc import Iterable

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from governance.models import Decision
from people.bilingual import said
from people.models import Person
from products.models import Product
from records.models import AuditEvent
from roadmaps.models import Release

Names = dict[tuple[str, str], str]
# Records whose trail also tells what changed in their parts, under the code of each part.
PARTS = {"roadmaps.impactanalysis": "roadmaps.impactfinding"}
# What the name of a review says, of what stands for one, and of a value, lies a row or two further than their own.
OF_REVIEW = ("product", "gate", "change__product", "year", "outcome__goal", "mou", "risk__product")
FURTHER = {
    "governance.review": OF_REVIEW,
    "governance.agendapoint": tuple(f"review__{name}" for name in OF_REVIEW),
    "metrics.kpivalue": ("product_kpi__definition",),
}


def model_of(kind: str) -> type[models.Model] | None:
    """The model an event names, if it still exists."""
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def part_of(kind: str, name: str) -> tuple[str, str, str]:
    """The part a change is about, as "A.3" of "A.3 verdict", with the kind and the field of that part; else no part."""
    code, _space, field = name.partition(" ")
    return (code, PARTS[kind], field) if field and kind in PARTS else ("", kind, name)


def field_of(kind: str, name: str) -> models.Field | None:
    """The field a change names, if it still exists."""
    _code, kind, name = part_of(kind, name)
    model = model_of(kind)
    if model is None:
        return None
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


def names_in(events: Iterable[AuditEvent], person: Person) -> Names:
    """(kind, key) → name for every subject and every record that a change points at. Products only as `person` sees them."""
    wanted: dict[str, set[str]] = {}
    for event in events:
        wanted.setdefault(event.subject_kind, set()).add(event.subject_id)
        for name, values in event.changes.items():
            field = field_of(event.subject_kind, name)
            if field is not None and field.remote_field:
                keys = wanted.setdefault(field.remote_field.model._meta.label_lower, set())
                keys.update(str(value) for value in values if value)
    return _names(wanted, person)


def subject_names(events: Iterable[AuditEvent], person: Person) -> Names:
    """(kind, key) → name for the subjects alone: as many queries as there are kinds."""
    wanted: dict[str, set[str]] = {}
    for event in events:
        wanted.setdefault(event.subject_kind, set()).add(event.subject_id)
    return _names(wanted, person)


def reasons_in(events: Iterable[AuditEvent]) -> dict[str, str]:
    """Key → why, in the reader's language, for the decisions among the subjects: the trail holds the one of who recorded it."""
    keys = {event.subject_id for event in events if event.subject_kind == Decision._meta.label_lower}
    return {str(row.pk): said(row, "rationale") for row in Decision.objects.filter(pk__in=keys)} if keys else {}


def _names(wanted: dict[str, set[str]], person: Person) -> Names:
    return {(kind, key): name for kind, keys in sorted(wanted.items()) for key, name in _named(kind, keys, person)}


def _named(kind: str, keys: set[str], person: Person) -> list[tuple[str, str]]:
    model = model_of(kind)
    valid = [key for key in keys if _is_key(model, key)]
    if model is None or not valid:
        return []
    rows = Product.objects.visible_to(person) if model is Product else model._default_manager.all()
    near = [field.name for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    near += FURTHER.get(kind, ())
    return [(str(row.pk), _told(row)) for row in rows.filter(pk__in=valid).select_related(*near)]


def _told(row: models.Model) -> str:
    """A release has its number once in each product of a family: the member's code tells them apart."""
    return f"{row} ({row.product.code})" if isinstance(row, Release) and not row.product.is_head else str(row)


def _is_key(model: type[models.Model] | None, text: str) -> bool:
    """Whether `text` could be the key of a row: the trail also tells of what never had one."""
    try:
        return model is not None and model._meta.pk.to_python(text) is not None
    except ValidationError:
        return False
