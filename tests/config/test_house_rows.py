"""What must hold of the rows: an instant names its person, moves are tables, capacities come from what gives them."""

import importlib

import pytest
from django.apps import apps

from governance.actions.boards import CAPACITY_OF
from governance.models import Seat
from people.models import Appointment, Capacity, Delegation
from products.models import Position, RoleAssignment
from records.models import Governed
from records.moves import check_move
from records.refusals import Conflict
from tests.config.house import PACKAGES

# Instants without a person of their own, and why.
NOBODY = {
    "records.AuditEvent.at": "the actor stands beside it",
    "records.AuditEvent.recorded_at": "the database's clock",
    "records.FormToken.taken_at": "the act names the person",
    "records.Job.queued_at": "asked_by_id names the person",
    "records.Job.finished_at": "done by the system",
    "records.EvidenceFile.scanned_at": "looked through by the scanner, whose name and version stand beside it",
    "records.Document.made_at": "rendered by the system; the event of its act names the person",
    "people.Notice.at": "written by the system",
    "people.Notice.mailed_at": "sent by the system",
    "people.Notice.read_at": "only its own person reads it",
    "roadmaps.Baseline.taken_at": "the row is made once; who made it is in its stamps",
    "products.BriefBuffer.saved_at": "a private buffer names its person",
    "metrics.SourceSecret.retires_at": "a deadline; who replaced the secret is in its stamps",
    "metrics.Delivery.received_at": "sent by a machine",
    "metrics.DeliveryLogEntry.at": "sent by a machine",
    "metrics.Deployment.started_at": "as the source tells it",
    "metrics.Deployment.finished_at": "as the source tells it",
    "metrics.Deployment.updated_at": "as the source tells it",
    "metrics.Change.committed_at": "as the source tells it",
    "metrics.Change.shipped_at": "follows from the deployments",
    "metrics.Incident.started_at": "as the source tells it",
    "metrics.Incident.resolved_at": "as the source tells it",
    "metrics.Incident.updated_at": "as the source tells it",
    "governance.Ballot.cast_at": "the person stands beside it",
    "governance.Meeting.starts_at": "a time of the diary",
    "governance.Meeting.ends_at": "a time of the diary",
    "metrics.DoraSnapshot.computed_at": "computed by the system; why stands beside it",
}
OURS = [model for model in apps.get_models() if model._meta.app_label in PACKAGES]


def instants():
    for model in OURS:
        if model.__name__.startswith("Historical"):
            continue
        names = {field.attname for field in model._meta.concrete_fields}
        for field in model._meta.concrete_fields:
            if field.name == "at" or field.name.endswith("_at"):
                yield f"{model._meta.label}.{field.name}", names, issubclass(model, Governed)


def test_every_instant_of_a_human_act_names_its_person():
    nameless = []
    for name, names, governed in instants():
        stem = name.rsplit(".", 1)[1].removesuffix("at")
        # A governed row's creation is in its history with who made it.
        named = {f"{stem}by_id", f"{stem}by"} & names or (governed and stem == "created_")
        if not named and name not in NOBODY:
            nameless.append(name)
    assert nameless == []


def test_excused_instants_exist():
    assert set(NOBODY) <= {name for name, _names, _governed in instants()}


def tables():
    for package in PACKAGES:
        try:
            states = importlib.import_module(f"{package}.states")
        except ModuleNotFoundError:
            continue
        for name, table in vars(states).items():
            if name.endswith("_MOVES"):
                yield f"{package}.{name}", table


def pairs():
    for name, table in tables():
        kinds = type(next(iter(table)))
        yield from ((name, table, before, after) for before in kinds for after in kinds)


@pytest.mark.parametrize(("name", "table", "before", "after"), [
    pytest.param(*pair, id=f"{pair[0]}-{pair[2]}-{pair[3]}") for pair in pairs()])  # fmt: skip
def test_move_is_allowed_exactly_when_its_table_says_so(name, table, before, after):
    if after in table[before]:
        check_move(table, before, after)
    else:
        with pytest.raises(Conflict):
            check_move(table, before, after)


def test_every_table_of_moves_says_something_of_every_state():
    for name, table in tables():
        kinds = type(next(iter(table)))
        assert set(table) == set(kinds), name


def given():
    """What appointments, roles, positions, seats and delegations give, as (source, person, kind, from, to)."""
    for appointment in Appointment.objects.all():
        yield source(appointment), appointment.person_id, appointment.kind, appointment.starts_on, appointment.ends_on
    for role in RoleAssignment.objects.all():
        yield source(role), role.person_id, role.kind, role.starts_on, role.ends_on
    for position in Position.objects.exclude(holder=None):
        yield source(position), position.holder_id, "team_member", position.starts_on, position.ends_on
    for seat in Seat.objects.all():
        yield source(seat), seat.person_id, CAPACITY_OF[seat.role], seat.starts_on, seat.ends_on
    for delegation in Delegation.objects.all():
        days = delegation.in_force()
        for each in delegation.acts if days else ():
            yield source(delegation), delegation.delegate_id, f"delegate_{each}", *days


def source(row):
    return row._meta.label_lower, row.pk


def test_capacities_are_exactly_what_their_sources_give(town):
    held = {((row.source_kind, row.source_id), row.person_id, row.kind, row.starts_on, row.ends_on)
            for row in Capacity.objects.all()}  # fmt: skip
    assert held == set(given())
    assert held
