"""Who speaks for a party when a memorandum is to end, and whether all of them consented (domain.md §6)."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.models import Mou, MouParty, MouTermination
from governance.models.mou import own
from governance.mou_states import OfficialRole, Side
from people.models import Person
from people.permissions import TABLE, Verdict, standing
from people.states import CapacityKind as K
from people.states import ScopeKind


def voices(mou: Mou, person: Any) -> list[MouParty]:
    """The parties that `person` speaks for: head of the branch, the CIO for the IT branch, or a signatory of the party or
    who signs for one."""
    if not (isinstance(person, Person) and person.is_active):
        return []
    mine = standing(person)
    heads = Q(branch_id__in=mine.keys(ScopeKind.BRANCH, TABLE["end_mou"]))
    if mou.product.department_id in mine.keys(ScopeKind.DEPARTMENT, TABLE["end_mou"] & {K.CIO}):
        heads |= Q(side=Side.IT)
    signs = own(mou, person).filter(role=OfficialRole.SIGNATORY).values("party_id")
    return list(mou.parties.filter(heads | Q(pk__in=signs)).select_related("branch"))


def may_end_mou(person: Any, mou: Mou) -> Verdict:
    """Propose its end, or take such a proposal off the table: whoever speaks for one of the parties."""
    return Verdict(True) if voices(mou, person) else _no(person, mou)


def may_speak_for(person: Any, party: MouParty) -> Verdict:
    return Verdict(True) if party in voices(party.mou, person) else _no(person, party.mou)


def _no(person: Any, mou: Mou) -> Verdict:
    reason = _(
        "You cannot do this here. It is for the heads of the branches that agreed, the CIO, and the signatories."
    )
    return Verdict(False, reason, mou, person)


def consented_all(termination: MouTermination) -> bool:
    """Whether every party of that version consented."""
    given = termination.consents.values("party_id")
    return not MouParty.objects.filter(mou=termination.mou_id).exclude(pk__in=given).exists()
