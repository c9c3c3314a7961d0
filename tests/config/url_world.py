"""The cast and one of each thing that an address may name."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from governance.actions.risk_imports import upload_risks
from metrics.actions.kpis import adopt_kpi
from metrics.actions.sources import connect_source
from metrics.actions.uploads import upload_deliveries
from metrics.models import KpiDefinition
from people.actions.delegations import delegate_authority
from people.actions.reference import save_reference
from products.actions.briefs import publish_brief
from products.actions.products import change_product
from products.models import (
    Application,
    AutonomyLevel,
    BudgetLine,
    BusinessCapability,
    CorporateFacing,
    FundingSource,
    GovernanceBody,
    InformationAssessment,
    Portfolio,
    Position,
    ProductStatus,
    ProductStrategy,
    Program,
    Service,
    ServiceEnabled,
    StandardInUse,
    TechnologyStandard,
    ValueStreamStage,
)
from records import clock
from records.actions.documents import keep_document
from records.actions.evidence import keep_evidence
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.models import MandateKind
from records.trail import INSTALLATION
from records.writing import save
from roadmaps.models import ParallelProject
from tests.cast import SINCE, Cast
from tests.config.url_world_agreements import add_agreements
from tests.config.url_world_board import add_meetings
from tests.config.url_world_delivery import add_delivery
from tests.config.url_world_gates import add_gates
from tests.config.url_world_risks import add_risks
from tests.config.url_world_roadmap import add_roadmap
from tests.governance.deciding import bound
from tests.governance.memoranda import written_mou
from tests.governance.town import make_town
from tests.metrics.events_texts import as_json
from tests.products.brief import fill_brief

YEAR = 2026


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
    """One entry of each kind in the cast's department, and one row of each kind of the cast's product."""
    world = World(cast)
    town = make_town(cast)
    world.things |= {"board": town.board, "endorsing": town.endorsing, "seats": town.seats}
    today = clock.today()
    world.things["delegation"] = delegate_authority(
        giver=cast.cio, delegate=cast.cfo, acts=["signing"], starts_on=today, ends_on=today, reason="Leave", by=cast.cio
    )
    _surroundings(world)
    _rows_of_product(world)
    product = cast.product
    published = {"state": "published", "published_at": product.created_at, "published_by_id": "1"}
    give_mandate(kind=MandateKind.OPENING, what="phase", subject=product, reference="Paper", by=SYSTEM)
    keep_evidence(file=ContentFile(b"Minutes", "minutes.txt"), chain=INSTALLATION, by=SYSTEM)
    keep_document(kind="test", subject_id="1", language="en", title="A document", content=b"%PDF-1.7")
    for number in (1, 2):
        save(ProductStrategy(product=product, number=number, **published), by=SYSTEM)
    save(ProductStrategy(product=product, number=3, why_en="A draft"), by=SYSTEM)
    fill_brief(cast)
    publish_brief(product=product, by=cast.head_of_product, seen=0)
    world.things["link"] = ServiceEnabled.objects.filter(product=product).get()
    world.things["source"], _secret = connect_source(
        product=product, kind="github", name="GitHub", by=cast.product_manager
    )
    world.things |= add_roadmap(cast, world.project)
    world.things["condition"] = bound(cast)
    world.things |= add_delivery(cast)
    morale = KpiDefinition.objects.get(code="morale")
    contents = {"events.json": as_json()}
    world.things["upload"] = upload_deliveries(product=product, contents=contents, by=cast.product_manager)
    world.things |= add_meetings(town)
    world.things["kpi"] = adopt_kpi(product=product, definition=morale, by=cast.product_manager)
    world.things |= add_gates(town)
    world.things["mou"] = written_mou(cast)
    world.things |= add_agreements(cast)
    world.things |= add_risks(cast)
    world.things["risk_import"] = upload_risks(
        product=cast.product, file_name="risks.csv", content=b"Risk\nR-001\n", by=cast.product_manager
    )
    return world


def _surroundings(world: World) -> None:
    base = {"department": world.cast.department, "code": "X-1", "name_en": "Thing", "name_fr": "Chose"}
    kinds = (Portfolio, Program, BusinessCapability, Application, TechnologyStandard, FundingSource, AutonomyLevel)
    for model in kinds:
        world.things[model._meta.model_name] = save_reference(entry=model(**base), by=SYSTEM)
    level = world.things["autonomylevel"]
    level.team_may_continue = level.team_may_adjust = level.team_may_stop = True
    save_reference(entry=level, by=SYSTEM)
    change_product(product=world.cast.product, by=world.cast.product_manager, autonomy_level=level)
    world.things["service"] = save_reference(entry=Service(**base, program=world.program), by=SYSTEM)
    project = ParallelProject(**base, kind="investment", sponsor="A sponsor", manager="A manager")
    world.things["project"] = save_reference(entry=project, by=SYSTEM)


def _rows_of_product(world: World) -> None:
    named = {"product": world.cast.product, "name_en": "Thing", "name_fr": "Chose"}
    given = {"product": world.cast.product}
    rows = {
        "status": ProductStatus(**given, state="requested", requested_on=date(YEAR, 4, 1)),
        "ended_status": ProductStatus(
            **given,
            state="expired",
            granted_on=date(2024, 4, 1),
            expires_on=date(2025, 3, 31),
            mandate=give_mandate(
                kind=MandateKind.OPENING,
                what="product status",
                subject=world.cast.product,
                reference="Paper",
                by=SYSTEM,
            ),
        ),
        "stage": ValueStreamStage(**named, position=1),
        "budget_line": BudgetLine(**given, fiscal_year=YEAR, source=world.fundingsource, kind="cloud", planned=1),
        "assessment": InformationAssessment(**given, kind="pia", state="needed"),
        "standard_in_use": StandardInUse(**given, standard=world.technologystandard),
        "body": GovernanceBody(**named, kind="committee", starts_on=SINCE),
        "facing": CorporateFacing(**named, role="product_manager"),
        "position": Position(
            **given,
            title_en="Analyst",
            title_fr="Analyste",
            branch=world.cast.branch,
            starts_on=SINCE,
            vacant_since=SINCE,
        ),
    }
    for name, row in rows.items():
        save(row, by=SYSTEM)
        world.things[name] = row
