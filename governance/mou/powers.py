"""Who may judge and sign a memorandum. The table is in people.permissions; who signs stands in the text."""

from typing import Any

from django.utils.translation import gettext as _

from governance.models import Mou, MouOfficial, MouParty
from governance.mou_states import OfficialRole, OpinionKind
from governance.permissions import may_write_mou
from people.delegations import givers_to
from people.models import Delegation, Person
from people.permissions import Verdict, may
from people.states import DelegatedAct
from records import clock


def may_give_opinion(person: Any, mou: Mou, kind: str, party: MouParty | None) -> Verdict:
    """A director-general of the party's own branch validates; the CFO of the department concurs."""
    if kind == OpinionKind.CONCURRENCE:
        return may(person, "concur_mou", mou, department=mou.product.department_id)
    if party is None or party.mou_id != mou.pk:
        raise LookupError("A validation is given for a party of this memorandum.")
    verdict = may(person, "validate_mou", mou, branch=party.branch_id)
    if verdict:
        return verdict
    words = _("Only a director-general of this branch validates for it: %(branch)s.") % {"branch": party.branch}
    return Verdict(False, words, mou, person)


def may_sign(person: Any, official: MouOfficial) -> Verdict:
    """The signatory, or whoever acts for the signatory in signing today. Nobody signs for two parties, nobody who left."""
    if not isinstance(person, Person) or not person.is_active or official.role != OfficialRole.SIGNATORY:
        return Verdict(False, _("Only the signatories sign."), official, person)
    if official.person_id != person.pk and signs_for(person, official) is None:
        words = _("Only %(name)s signs here, or whoever acts for %(name)s in signing.") % {"name": official.person.name}
        return Verdict(False, words, official, person)
    if _speaks_for_another_party(person, official):
        return Verdict(False, _("You sign for another party; nobody signs for both."), official, person)
    return Verdict(True)


def signs_for(person: Person, official: MouOfficial) -> Delegation | None:
    """The delegation by which `person` signs in the place of the signatory today; None for the signatory and all others."""
    if official.person_id not in {each.pk for each in givers_to(person, DelegatedAct.SIGNING)}:
        return None
    rows = Delegation.objects.on(clock.today()).filter(giver=official.person_id, delegate=person.pk)
    return rows.filter(acts__contains=[DelegatedAct.SIGNING]).order_by("starts_on").first()


def _speaks_for_another_party(person: Person, official: MouOfficial) -> bool:
    """Whether the person is a signatory of another party to the same memorandum, or signed for it."""
    others = MouOfficial.objects.filter(mou=official.mou_id, role=OfficialRole.SIGNATORY)
    others = others.exclude(party=official.party_id)
    return others.filter(person=person.pk).exists() or others.filter(signatures__signer_id=str(person.pk)).exists()


def may_attach_copy(person: Any, official: MouOfficial) -> Verdict:
    """A copy signed elsewhere is handed in by the signatory, or by who writes the memorandum."""
    return may_sign(person, official) or may_write_mou(person, official.mou)
