"""Memoranda as rows, in any state, without the acts that lead there: for the tests of what happens once they are signed."""

from typing import Any

from governance.models import Mou, MouOfficial, MouParty, MouTemplate
from governance.mou_states import MouState, OfficialRole, Side
from people.models import Branch, BranchKind
from people.notices import Telling, telling
from records import clock
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.acts import performing
from records.identity import new_number
from records.models import MandateKind
from records.writing import save
from tests.cast import Cast

SIGNERS = {"cio": Side.IT, "sponsor": Side.SPONSOR}


def template() -> MouTemplate:
    found = MouTemplate.objects.first()
    if found is None:
        found = MouTemplate(edition=1, name_en="Template", name_fr="Modèle", in_use_from=clock.today())
        save(found, by=SYSTEM)
    return found


def memorandum(cast: Cast, state: str = MouState.OUT_FOR_SIGNATURE, **values: Any) -> Mou:
    """A first version between the IT branch and the sponsoring branch; CIO and ADM are officials and signatories."""
    mou = Mou(product=cast.product, number=new_number("MOU"), template=template(), state=state)
    for name, value in {**_stamps(state), **values}.items():
        setattr(mou, name, value)
    with telling(Telling.NOBODY), performing():
        if state in (MouState.APPROVED, MouState.OUT_FOR_SIGNATURE, *MouState.was_in_force()):
            kind = MandateKind.DECISION
            mou.mandate = give_mandate(kind=kind, what="mou", subject=cast.product, reference="INV 2", by=SYSTEM)
        save(mou, by=SYSTEM)
        _parties(cast, mou)
    return mou


def amendment(cast: Cast, of: Mou, state: str = MouState.OUT_FOR_SIGNATURE, **values: Any) -> Mou:
    """The next version of `of`."""
    named = {"number": of.number, "edition": of.edition + 1, "amends": of, "opened_sections": [7]}
    return memorandum(cast, state, **(named | values))


def _stamps(state: str) -> dict[str, Any]:
    stamps: dict[str, Any] = {}
    if state in (MouState.OUT_FOR_SIGNATURE, *MouState.was_in_force()):
        stamps |= {"sent_at": clock.now(), "sent_by_id": "1"}
    if state in MouState.was_in_force():
        stamps |= {"signed_on": clock.today(), "in_force_from": clock.today()}
    if state in MouState.was_in_force()[1:]:
        stamps |= {"ended_on": clock.today()}
    return stamps


def _parties(cast: Cast, mou: Mou) -> None:
    it = Branch.objects.get(department=cast.department, kind=BranchKind.IT)
    for number, (name, side) in enumerate(SIGNERS.items(), 1):
        party = MouParty(mou=mou, side=side, branch=it if side == Side.IT else cast.branch)
        save(party, by=SYSTEM)
        for role in OfficialRole:
            official = MouOfficial(mou=mou, party=party, role=role, person=cast.people[name], position=number)
            official.title_en, official.title_fr = f"Head of {name}", f"Chef {name}"
            save(official, by=SYSTEM)
