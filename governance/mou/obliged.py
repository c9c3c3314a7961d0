"""Who signs an agreement proves who they are with two factors (trust.md S-19)."""

from django.db.models import Exists, OuterRef, Q

from governance.models import MouOfficial
from governance.mou_states import MouState, OfficialRole
from people.models import Capacity
from people.second_factor import oblige
from people.states import DelegatedAct, ScopeKind
from records import clock


@oblige
def signs_now() -> Exists:
    """Whether the person, or somebody for whom the person signs today, is named to sign what is out for signature."""
    held = Capacity.objects.on(clock.today()).filter(person=OuterRef(OuterRef("pk")), scope=ScopeKind.PERSON)
    for_others = held.filter(kind=DelegatedAct.SIGNING.capacity).values("scope_id")
    out = MouOfficial.objects.filter(mou__state=MouState.OUT_FOR_SIGNATURE, role=OfficialRole.SIGNATORY)
    return Exists(out.filter(Q(person=OuterRef("pk")) | Q(person__in=for_others)))
