"""What stands in the way of freezing a memorandum, of its committee and of sending it out, each in words (domain.md §6)."""

from django.utils.translation import gettext as _

from governance.models import Mou, MouOfficial
from governance.mou.checks import unmet
from governance.mou.frozen import is_agreed
from governance.mou.open_points import open_points
from governance.mou_states import MouState, OfficialRole, Side


def problems_to_freeze(mou: Mou) -> list[str]:
    """What is to be filled in before anybody can judge the text; each side has a signatory."""
    found = [each.words for each in open_points(mou)]
    parties = list(mou.parties.select_related("branch"))
    sides = {each.side for each in parties}
    signing = {each.party_id for each in _signatories(mou)}
    if Side.IT not in sides or Side.SPONSOR not in sides:
        found.append(_("Name the IT branch and a sponsoring branch as parties."))
    found += [_("Name who signs for %(branch)s.") % {"branch": each} for each in parties if each.pk not in signing]
    return found


def problems_to_submit(mou: Mou) -> list[str]:
    """What the committee waits for: every party and the CFO agree, and the eight checks are met."""
    if mou.state != MouState.IN_REVIEW:
        return [_("This memorandum is not in review: it is %(state)s.") % {"state": mou.get_state_display()}]
    found = (
        []
        if is_agreed(mou)
        else [_("Every party validates the text and the CFO concurs before the committee decides.")]
    )
    return found + [f"{each.title}. {each.fact}." for each in unmet(mou)]


def problems_to_send(mou: Mou) -> list[str]:
    """Signatories who cannot sign any more; the text names them, so it has to be reopened."""
    words = _("%(name)s has left and cannot sign. Reopen the text and name another signatory.")
    return [words % {"name": each.person.name} for each in _signatories(mou) if not each.person.is_active]


def _signatories(mou: Mou) -> list[MouOfficial]:
    return list(mou.officials.filter(role=OfficialRole.SIGNATORY).select_related("person", "party__branch"))
