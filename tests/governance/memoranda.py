"""Memoranda for the tests of every lane: written from the cast's records until nothing is open.

    mou = written_mou(cast)                        # a draft of which open_points(mou) is empty
    mou = written_mou(cast, ends_on=date(2030, 3, 31))
    mou = begun_mou(cast)                          # as it is right after it was begun

Parties: the department's IT branch and the cast's program branch. Designated officials and signatories: `cio` for the one,
`sponsor` for the other. Three fiscal years from 2026, salary and other costs, 5,440,000 dollars in all.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from governance.actions.mous import answer_prompt, begin_mou, change_mou, name_official, put_amount
from governance.models import Mou, MouParty, MouText
from governance.mou.canonical import content_of, digest
from governance.mou_states import ClauseKind, MouMoney, MouState, OfficialRole, Side
from metrics.actions.settings import set_target
from metrics.states import Metric
from people.notices import Telling, telling
from products.actions.governance import add_body
from products.actions.links import enable_service
from products.models import AutonomyLevel, FundingSource, Program, Service
from products.states import BodyKind
from records import clock
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.acts import performing
from records.models import MandateKind
from records.writing import save
from tests.cast import Cast

AMOUNTS = {2026: (1_180_000, 240_000), 2027: (1_240_000, 260_000), 2028: (2_250_000, 270_000)}
TITLES = {
    Side.IT: ("cio", "Chief Information Officer", "Dirigeante principale de l’information"),
    Side.SPONSOR: ("sponsor", "Assistant Deputy Minister", "Sous-ministre adjoint"),
}
TERMS: dict[str, Any] = {
    "first_year": 2026,
    "last_year": 2028,
    "commences_on": date(2026, 6, 1),
    "ends_on": date(2029, 3, 31),
}


def begun_mou(cast: Cast) -> Mou:
    """A draft with its two parties and nothing else."""
    return begin_mou(product=cast.product, by=cast.product_manager)


def written_mou(cast: Cast, **terms: Any) -> Mou:
    """A complete draft: nothing is open, so it can be sent for review."""
    with telling(Telling.NOBODY):
        reference = _records(cast)
        mou = begun_mou(cast)
        by = cast.product_manager
        mou = change_mou(
            mou=mou, by=by, program=reference["program"], autonomy_level=reference["autonomy"], **(TERMS | terms)
        )
        parties = {party.side: party for party in mou.parties.select_related("branch")}
        _money(cast, mou, parties[Side.SPONSOR], reference["source"])
        _officials(cast, mou, parties)
        for clause in mou.template.clauses.filter(kind=ClauseKind.PROMPT):
            answer_prompt(mou=mou, clause=clause, by=by, text_en=f"Answer {clause}.", text_fr=f"Réponse {clause}.")
    return Mou.objects.get(pk=mou.pk)


def _records(cast: Cast) -> dict[str, Any]:
    """The living records a memorandum merges; found where an earlier call made them."""
    found: dict[str, Any] = {}
    for name, model, english, french, more in (
        ("program", Program, "Employment Assistance Program", "Programme d’aide à l’emploi", {}),
        ("source", FundingSource, "Branch budget", "Budget de la direction générale", {}),
        ("autonomy", AutonomyLevel, "Level 2", "Niveau 2", {}),
        ("service", Service, "Job Seeker Service", "Service aux chercheurs d’emploi", {"program": "program"}),
    ):
        row = model.objects.filter(department=cast.department, code=f"T-{name}").first()
        if row is None:
            values = {key: found[value] for key, value in more.items()}
            row = model(department=cast.department, code=f"T-{name}", name_en=english, name_fr=french, **values)
            save(row, by=SYSTEM)
            if name == "service":
                enable_service(product=cast.product, service=Service.objects.get(pk=row.pk), by=cast.product_manager)
                set_target(
                    product=cast.product, metric=Metric.LEAD_TIME, value=Decimal(3 * 86_400), by=cast.product_manager
                )
                add_body(
                    product=cast.product, by=cast.product_manager, starts_on=date(2024, 4, 1), kind=BodyKind.values[0],
                    name_en="Product committee", name_fr="Comité de produit",
                )  # fmt: skip
        found[name] = row
    return found


def _money(cast: Cast, mou: Mou, party: MouParty, source: FundingSource) -> None:
    for year, amounts in AMOUNTS.items():
        for kind, amount in zip(MouMoney, amounts, strict=True):
            put_amount(
                mou=mou, party=party, fiscal_year=year, kind=kind, source=source, amount=Decimal(amount),
                by=cast.product_manager,
            )  # fmt: skip


def _officials(cast: Cast, mou: Mou, parties: dict[str, MouParty]) -> None:
    for role in OfficialRole:
        for side, (name, english, french) in TITLES.items():
            name_official(
                mou=mou, party=parties[side], role=role, person=cast.people[name], title_en=english, title_fr=french,
                by=cast.product_manager,
            )  # fmt: skip


def in_force(cast: Cast, **terms: Any) -> Mou:
    """A memorandum in force: its text frozen, approved by a mandate and signed, as if it had gone the whole way."""
    mou = written_mou(cast, **terms)
    with performing():
        content = content_of(mou)
        MouText.objects.create(
            mou=mou, number=1, content=content, sha256=digest(content), frozen_at=clock.now(), frozen_by_id="system"
        )
        today = clock.today()
        mou.state = MouState.IN_FORCE
        mou.mandate = give_mandate(kind=MandateKind.DECISION, what="mou", subject=mou, reference="DEC-TEST", by=SYSTEM)
        mou.sent_at, mou.sent_by_id, mou.signed_on, mou.in_force_from = clock.now(), "system", today, today
        save(mou, by=SYSTEM)
    return Mou.objects.get(pk=mou.pk)
