"""A memorandum as it is written: begun, its terms, parties, money, officials and answers entered once (domain.md §6)."""

from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import events
from governance.models import Mou, MouAmount, MouAnswer, MouOfficial, MouParty, MouTemplate
from governance.models.mou import OfMou
from governance.models.mou_template import MouClause
from governance.mou.limits import check_texts
from governance.mou.money import seen_of
from governance.mou.parts import OFFICIAL_SECTION, SECTIONS_OF, TERMS
from governance.mou.template import template_in_use
from governance.mou_states import ClauseKind, MouSection, MouState, OfficialRole, Side
from governance.permissions import may_begin_mou, may_write_mou
from people.models import Branch, BranchKind, Person
from people.permissions import require
from products.models import FundingSource, Product, Program
from records.actors import Actor
from records.acts import act
from records.identity import new_number
from records.refusals import Conflict, OutOfTurn
from records.trail import record
from records.writing import difference, remove, save

R = TypeVar("R", bound=OfMou)


@act
def begin_mou(*, product: Product, by: Actor, **terms: Any) -> Mou:
    """Begin the first version of an agreement. Its parties are the IT branch and the sponsoring branch of the product.

    Conflict when one is under way or in force: then that one is written on, or amended.
    """
    require(may_begin_mou(by, product))
    product = Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    _check_begin(product)
    try:
        template = template_in_use(product.department)
    except MouTemplate.DoesNotExist:
        raise Conflict(_("No template is in use. Administrators set one up.")) from None
    check_texts(terms)
    values = {"autonomy_level": product.autonomy_level, "program": _program(product), **terms}
    mou = Mou(product=product, number=new_number("MOU"), template=template, **values)
    record(events.MOU_BEGUN, on=mou, by=by, changes=save(mou, by=by))
    for side, branch in _first_parties(product):
        save(MouParty(mou=mou, side=side, branch=branch), by=by)
    return mou


def _check_begin(product: Product) -> None:
    if not product.is_head:
        raise ValidationError(_("A memorandum belongs to the head of the family."))
    if product.is_closed:
        raise OutOfTurn(_("The product is closed."), subject=product)
    mine = Mou.objects.filter(product=product)
    if mine.filter(state=MouState.IN_FORCE).exists():
        raise Conflict(_("A memorandum for this product is in force already. Amend it."))
    if mine.under_way().exists():
        raise Conflict(_("A memorandum for this product is under way already."))


def _program(product: Product) -> Program | None:
    """The program of the services the product enables, where they have one in common."""
    found = Program.objects.filter(services__enabled_by__product__head=product).distinct()[:2]
    return found[0] if len(found) == 1 else None


def _first_parties(product: Product) -> list[tuple[Side, Branch]]:
    it_branch = Branch.objects.filter(department=product.department, kind=BranchKind.IT).first()
    found = [(Side.IT, it_branch)] if it_branch is not None else []
    if product.sponsoring_branch != it_branch:
        found.append((Side.SPONSOR, product.sponsoring_branch))
    return found


def drafting(mou: Mou, by: Actor) -> Mou:
    """The version under lock, for an act that writes it. OutOfTurn once its text stands still."""
    require(may_write_mou(by, mou))
    locked = Mou.objects.select_for_update(of=("self",)).select_related("product", "template").get(pk=mou.pk)
    if locked.state != MouState.DRAFT:
        raise OutOfTurn(
            _("This version is %(state)s: its text stands still.") % {"state": locked.get_state_display()}, subject=mou
        )
    return locked


def check_open(mou: Mou, *sections: int, field: str | None = None) -> None:
    """ValidationError unless the amendment opens one of `sections`."""
    if any(mou.opens(section) for section in sections):
        return
    words = _("This amendment does not open section %(number)s.") % {"number": sections[0]}
    raise ValidationError({field: words} if field else words)


@act
def change_mou(*, mou: Mou, by: Actor, expected: int | None = None, **terms: Any) -> Mou:
    """Write the terms: program, autonomy level, fiscal years, dates, review, order of signing, and what changed."""
    locked = drafting(mou, by)
    check_texts(terms)
    for name in set(terms) & set(TERMS):
        if getattr(locked, name) != terms[name] and name in SECTIONS_OF:
            check_open(locked, *SECTIONS_OF[name], field=name)
        setattr(locked, name, terms[name])
    changes = save(locked, by=by, expected=mou.version if expected is None else expected)
    if changes:
        record(events.MOU_CHANGED, on=locked, by=by, changes=changes)
    return locked


@act
def put_party(*, mou: Mou, side: str, branch: Branch, by: Actor, position: int | None = None) -> MouParty:
    """Add a branch that agrees: the IT branch once, sponsoring branches as many as there are."""
    mou = drafting(mou, by)
    check_open(mou, MouSection.RECITALS)
    if (branch.kind == BranchKind.IT) != (side == Side.IT):
        raise ValidationError(
            {"branch": _("The IT branch stands on its own side, every other branch on that of the sponsors.")}
        )
    if branch.department_id != mou.product.department_id:
        raise ValidationError({"branch": _("This branch belongs to another department.")})
    party = MouParty(mou=mou, side=side, branch=branch, position=position or mou.parties.filter(side=side).count() + 1)
    record(events.MOU_PARTY_PUT, on=party, by=by, changes=save(party, by=by))
    return party


@act
def remove_party(*, party: MouParty, by: Actor) -> None:
    """Take a branch off. Conflict while amounts or officials of it are entered."""
    mou = drafting(party.mou, by)
    check_open(mou, MouSection.RECITALS)
    if party.amounts.exists() or party.officials.exists():
        raise Conflict(_("Remove the amounts and the officials of this branch first."))
    _take_off(party, by, events.MOU_PARTY_REMOVED)


@act
def put_amount(
    *,
    mou: Mou,
    party: MouParty,
    fiscal_year: int,
    kind: str,
    source: FundingSource,
    amount: Decimal,
    by: Actor,
    expected: int | None = None,
) -> MouAmount:
    """Say what a sponsoring branch transfers in a year, of one kind, from one source; said again, it takes the place of it."""
    mou = drafting(mou, by)
    check_open(mou, MouSection.FEES)
    _check_amount(mou, party, fiscal_year, source)
    line = MouAmount.objects.filter(mou=mou, party=party, fiscal_year=fiscal_year, kind=kind, source=source).first()
    line = line or MouAmount(mou=mou, party=party, fiscal_year=fiscal_year, kind=kind, source=source)
    line.amount = amount
    changes = save(line, by=by, expected=expected)
    if changes:
        record(events.MOU_AMOUNT_PUT, on=line, by=by, changes=changes)
    return line


def _check_amount(mou: Mou, party: MouParty, year: int, source: FundingSource) -> None:
    if party.mou_id != mou.pk:
        raise ValidationError({"party": _("This branch is no party.")})
    if source.department_id != mou.product.department_id:
        raise ValidationError({"source": _("This source of funds belongs to another department.")})
    if mou.first_year is None or mou.last_year is None:
        raise ValidationError({"fiscal_year": _("Enter the first and the last fiscal year of the memorandum first.")})
    if not mou.first_year <= year <= mou.last_year:
        raise ValidationError({"fiscal_year": _("This year lies outside the memorandum.")})


@act
def put_amounts(
    *,
    mou: Mou,
    party: MouParty,
    source: FundingSource,
    amounts: dict[tuple[int, str], Decimal | None],
    by: Actor,
    seen: str | None = None,
) -> None:
    """Say what a branch transfers from one source, year by year and kind by kind; None takes an amount off.

    `seen` is what governance.mou.money.seen_of said when the form was opened; Conflict when somebody wrote meanwhile.
    """
    locked = drafting(mou, by)
    lines = {(each.fiscal_year, each.kind): each for each in locked.amounts.filter(party=party, source=source)}
    if seen is not None and seen != seen_of(lines.values()):
        raise Conflict(
            _("Somebody changed these amounts while you were working. Yours stand below; saving again keeps them.")
        )
    for (year, kind), amount in amounts.items():
        line = lines.get((year, kind))
        if amount is not None:
            put_amount(mou=mou, party=party, fiscal_year=year, kind=kind, source=source, amount=amount, by=by)
        elif line is not None:
            remove_amount(amount=line, by=by)


@act
def remove_amount(*, amount: MouAmount, by: Actor) -> None:
    check_open(drafting(amount.mou, by), MouSection.FEES)
    _take_off(amount, by, events.MOU_AMOUNT_REMOVED)


@act
def name_official(
    *, mou: Mou, party: MouParty, role: str, person: Person, title_en: str, title_fr: str, by: Actor
) -> MouOfficial:
    """Name a designated official or a signatory of a party; they sign in the order in which they are named."""
    mou = drafting(mou, by)
    check_open(mou, OFFICIAL_SECTION[OfficialRole(role)])
    check_texts({"title_en": title_en, "title_fr": title_fr})
    _check_official(mou, party, person)
    last = mou.officials.filter(role=role).order_by("-position").values_list("position", flat=True).first()
    official = MouOfficial(
        mou=mou, party=party, role=role, person=person, title_en=title_en, title_fr=title_fr, position=(last or 0) + 1
    )
    record(events.MOU_OFFICIAL_NAMED, on=official, by=by, changes=save(official, by=by))
    return official


def _check_official(mou: Mou, party: MouParty, person: Person) -> None:
    if party.mou_id != mou.pk:
        raise ValidationError({"party": _("This branch is no party.")})
    if not person.is_active:
        raise ValidationError({"person": _("This person has left.")})


@act
def change_official(*, official: MouOfficial, by: Actor, expected: int | None = None, **values: Any) -> MouOfficial:
    """Name somebody else in the same place, or write the title anew. `values`: party, person, title_en, title_fr."""
    mou = drafting(official.mou, by)
    check_open(mou, OFFICIAL_SECTION[OfficialRole(official.role)])
    check_texts(values)
    for name in set(values) & {"party", "person", "title_en", "title_fr"}:
        setattr(official, name, values[name])
    _check_official(mou, official.party, official.person)
    changes = save(official, by=by, expected=expected)
    if changes:
        record(events.MOU_OFFICIAL_CHANGED, on=official, by=by, changes=changes)
    return official


@act
def remove_official(*, official: MouOfficial, by: Actor) -> None:
    check_open(drafting(official.mou, by), OFFICIAL_SECTION[OfficialRole(official.role)])
    _take_off(official, by, events.MOU_OFFICIAL_REMOVED)


@act
def answer_prompt(
    *,
    mou: Mou,
    clause: MouClause,
    by: Actor,
    expected: int | None = None,
    text_en: str = "",
    text_fr: str = "",
    waived_en: str = "",
    waived_fr: str = "",
) -> MouAnswer:
    """Answer a question of the template, or say why it does not apply; nothing at all empties it again."""
    mou = drafting(mou, by)
    check_open(mou, clause.section)
    values = {"text_en": text_en, "text_fr": text_fr, "waived_en": waived_en, "waived_fr": waived_fr}
    check_texts(values)
    if clause.template_id != mou.template_id or clause.kind == ClauseKind.FIXED:
        raise ValidationError(_("This is no question of this memorandum."))
    answer = MouAnswer.objects.filter(mou=mou, clause=clause).first() or MouAnswer(mou=mou, clause=clause)
    for name, value in values.items():
        setattr(answer, name, value.strip())
    changes = save(answer, by=by, expected=expected)
    if changes:
        record(events.MOU_ANSWERED, on=answer, by=by, changes=changes)
    return answer


def _take_off(row: OfMou, by: Actor, event: str) -> None:
    removed = {name: [after, before] for name, (before, after) in difference(None, row).items()}
    record(event, on=row, by=by, changes=removed)
    remove(row, by=by)
