"""Who signs an agreement proves who they are with two factors (trust.md S-19)."""

from governance.models import MouOfficial
from governance.mou_states import MouState, OfficialRole
from people.models import Person
from people.permissions import standing
from people.second_factor import oblige
from people.states import DelegatedAct, ScopeKind


@oblige
def signs_now(person: Person) -> bool:
    """Whether the person, or somebody for whom the person signs today, is named to sign what is out for signature."""
    mine = {person.pk} | standing(person).keys(ScopeKind.PERSON, {DelegatedAct.SIGNING.capacity})
    out = MouOfficial.objects.filter(mou__state=MouState.OUT_FOR_SIGNATURE, role=OfficialRole.SIGNATORY)
    return out.filter(person__in=mine).exists()
