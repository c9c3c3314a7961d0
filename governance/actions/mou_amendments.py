"""An amendment: the next version of an agreement in force, of which only named sections may be written (domain.md §6)."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import events
from governance.actions.mous import drafting
from governance.models import Mou, MouAmount, MouAnswer, MouOfficial, MouParty
from governance.mou.limits import check_texts
from governance.mou_states import MouSection, MouState
from governance.permissions import may_write_mou
from people.permissions import require
from records.actors import Actor
from records.acts import act
from records.refusals import Conflict, OutOfTurn
from records.trail import record
from records.writing import save

KEPT = ("program", "autonomy_level", "first_year", "last_year", "commences_on", "ends_on", "review_cycle", "review_on",
        "signing_order")  # fmt: skip


@act
def begin_amendment(
    *, mou: Mou, opened_sections: Iterable[int], by: Actor, change_en: str = "", change_fr: str = ""
) -> Mou:
    """Begin the next version of `mou`, which is in force. It takes everything over; only `opened_sections` may be written.

    Conflict when an amendment of it is under way.
    """
    require(may_write_mou(by, mou))
    mou = Mou.objects.select_for_update(of=("self",)).select_related("product__department", "template").get(pk=mou.pk)
    sections = _checked(opened_sections)
    check_texts({"change_en": change_en, "change_fr": change_fr})
    if mou.state != MouState.IN_FORCE:
        raise OutOfTurn(_("Only a memorandum in force is amended."), subject=mou)
    if Mou.objects.filter(product=mou.product).under_way().exists():
        raise Conflict(_("A memorandum for this product is under way already."))
    kept = {name: getattr(mou, name) for name in KEPT}
    amendment = Mou(
        product=mou.product, number=mou.number, edition=_next_edition(mou), amends=mou, template=mou.template,
        opened_sections=sections, change_en=change_en, change_fr=change_fr, **kept,
    )  # fmt: skip
    record(events.MOU_AMENDMENT_BEGUN, on=amendment, by=by, changes=save(amendment, by=by))
    _take_over(mou, amendment, by)
    return amendment


@act
def open_sections(*, mou: Mou, opened_sections: Iterable[int], by: Actor, expected: int | None = None) -> Mou:
    """Choose anew which sections a draft amendment opens. A section that was written in stays open."""
    locked, sections = drafting(mou, by), _checked(opened_sections)
    if not locked.is_amendment:
        raise OutOfTurn(_("All sections of a first version are open."), subject=mou)
    locked.opened_sections = sections
    changes = save(locked, by=by, expected=mou.version if expected is None else expected)
    if changes:
        record(events.MOU_CHANGED, on=locked, by=by, changes=changes)
    return locked


def _checked(sections: Iterable[int]) -> list[int]:
    found = sorted({int(each) for each in sections})
    if not found:
        raise ValidationError({"opened_sections": _("Choose at least one section.")})
    if not set(found) <= set(MouSection.values):
        raise ValidationError({"opened_sections": _("There are fourteen sections.")})
    return found


def _next_edition(mou: Mou) -> int:
    last = Mou.objects.filter(number=mou.number).order_by("-edition").values_list("edition", flat=True).first()
    return (last or 0) + 1


def _take_over(mou: Mou, amendment: Mou, by: Actor) -> None:
    """Copy parties, money, officials and answers row by row."""
    parties = {}
    for party in mou.parties.all():
        parties[party.pk] = copy = MouParty(
            mou=amendment, side=party.side, branch_id=party.branch_id, position=party.position
        )
        save(copy, by=by)
    for line in mou.amounts.all():
        save(MouAmount(mou=amendment, party=parties[line.party_id], fiscal_year=line.fiscal_year, kind=line.kind,
                       source_id=line.source_id, amount=line.amount), by=by)  # fmt: skip
    for each in mou.officials.all():
        save(MouOfficial(mou=amendment, party=parties[each.party_id], role=each.role, person_id=each.person_id,
                         title_en=each.title_en, title_fr=each.title_fr, position=each.position), by=by)  # fmt: skip
    for answer in mou.answers.all():
        save(MouAnswer(mou=amendment, clause_id=answer.clause_id, text_en=answer.text_en, text_fr=answer.text_fr,
                       waived_en=answer.waived_en, waived_fr=answer.waived_fr), by=by)  # fmt: skip
