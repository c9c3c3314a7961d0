"""Texts that are dangerous where they are taken for more than text, put into every text there is."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import ProgrammingError, models, transaction
from lxml.html import HtmlElement, document_fromstring

from records.actors import SYSTEM
from records.refusals import Conflict
from records.writing import save
from tests.attack.everything import MODELS

TAG = "zq"  # stands in each text and in no page of ours
SHORT = "\"'><b zq>{{zq}}"  # where there is room for little
TEXTS = [
    f"\"'></title></textarea></style></script><svg {TAG} onload={TAG}()>{{{{{TAG}}}}}{{% {TAG} %}}",
    f"%s %({TAG})s %d {{0}} {{{TAG}.__class__}} ${{{TAG}}} <script {TAG}>{TAG}()</script>",
    f"\u202e{TAG}\u200d\u2066 ' onmouseover={TAG}() {TAG}=' \" onfocus={TAG}() autofocus {TAG}=\"",
    f"javascript:{TAG}() <a {TAG} href=javascript:{TAG}()>x</a>",
    f"url(file:///etc/{TAG}) <style {TAG}>@import 'http://{TAG}.example/'</style>",
    f"<img {TAG} src=file:///etc/passwd><link {TAG} rel=attachment href=file:///etc/passwd>",
    f"<iframe {TAG} src=//{TAG}.example></iframe><object {TAG} data=file:///etc/passwd></object>",
    f"--><!--]]><{TAG}><base {TAG} href=//{TAG}.example/><meta {TAG} http-equiv=refresh content=0>",
]
# What is no text of a reader: keys, codes, states, addresses of sign-in.
LEFT = {"code", "email", "password", "sha256", "letter", "language", "sealed", "reason_language", "time_zone"}


def texts_of(model: type[models.Model]) -> list[models.Field]:
    """The fields of the model into which people write."""
    kinds = (models.CharField, models.TextField)
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, kinds)
        and not (field.choices or field.name in LEFT or field.primary_key or field.name.endswith(("_by_id", "_id")))
        and field.name != "changed_by_name"
    ]


def write_everywhere() -> set[str]:
    """Put a text into every field of every governed row through the one writer; returns what took it as table.field."""
    return {name for model in MODELS for turn, row in enumerate(model._base_manager.all()) for name in _fill(row, turn)}


def _fill(row: Any, turn: int) -> set[str]:
    """Into all fields at once; where a rule of the row refuses one of them, into each that it allows."""
    fields = texts_of(type(row))
    groups = [fields] if put(row, fields, turn) else [[field] for field in fields if put(row, [field], turn)]
    return {f"{type(row).__name__}.{field.name}" for group in groups for field in group}


def put(row: Any, fields: list[models.Field], turn: int = 0, *, text: str = "") -> bool:
    """Write `text`, or one of ours, into the fields; False when a rule of the row refuses it."""
    before = {field.name: getattr(row, field.name) for field in fields}
    for place, field in enumerate(fields):
        setattr(row, field.name, _fitting(text or TEXTS[(turn + place) % len(TEXTS)], field.max_length))
    try:
        with transaction.atomic():
            save(row, by=SYSTEM)
    except (ValidationError, Conflict, ProgrammingError):  # the last from tables that may only be ended
        for name, value in before.items():
            setattr(row, name, value)
        row.version = type(row)._base_manager.values_list("version", flat=True).get(pk=row.pk)
        return False
    return True


def _fitting(text: str, room: int | None) -> str:
    return text if room is None or len(text) <= room else SHORT[:room]


def in_json(value: Any, turn: int = 0) -> Any:
    """`value` with a text of ours in place of each text that is not a key, a day or an address."""
    if isinstance(value, dict):
        return {
            key: each if key == "address" else in_json(each, turn + at) for at, (key, each) in enumerate(value.items())
        }
    if isinstance(value, list):
        return [in_json(each, turn + at) for at, each in enumerate(value)]
    return TEXTS[turn % len(TEXTS)] if isinstance(value, str) and " " in value else value


def found_alive(html: str) -> list[str]:
    """Whatever became more than text: elements and attributes of ours, addresses that run, requests to elsewhere."""
    return [
        line
        for element in document_fromstring(html).iter()
        if isinstance(element, HtmlElement)
        for line in _alive(element)
    ]


def _alive(element: HtmlElement) -> list[str]:
    found = [f"<{element.tag}>"] if element.tag == TAG else []
    for name, value in element.attrib.items():
        if name == TAG or name.startswith("on") or (name == "autofocus" and TAG in value):
            found.append(f"<{element.tag} {name}>")
        runs = value.strip().lower().startswith(("javascript:", "data:text", "vbscript:"))
        if name in ("href", "src", "action", "formaction", "data") and (runs or f"//{TAG}" in value):
            found.append(f"<{element.tag} {name}={value[:60]}>")
    if element.tag in ("script", "style") and TAG in (element.text or "") and element.get("type") != "application/json":
        found.append(f"<{element.tag}> holds the text")
    return found
