"""A memorandum on its way to signature, step by step through the acts; and its people.

Written by product_manager; validated by director_general (sponsoring branch) and it_director (IT branch); the CFO concurs;
the committee is the town's board; signed by cio (IT branch) and sponsor, in this order where there is one.
"""

from decimal import Decimal
from typing import Any

from governance.actions.boards import give_competence
from governance.actions.decisions import decide_review
from governance.actions.mou_review import MANDATE, approve_mou, ask_committee, give_opinion, send_for_review, send_out
from governance.actions.mou_signing import sign_mou
from governance.actions.reviews import submit_review
from governance.models import Mou, MouOfficial
from governance.mou.checks import year_of_funds
from governance.mou.frozen import the_text
from governance.mou_states import Side
from governance.states import DecisionKind
from people.actions.people import appoint_person
from people.models import Branch, BranchKind
from people.states import CapacityKind
from products.actions.briefs import publish_brief
from products.models import BudgetLine
from records.actions.mandates import give_mandate
from records.actors import SYSTEM
from records.models import MandateKind
from records.writing import save
from tests.cast import SINCE, Cast, person
from tests.governance.before_board import voted
from tests.governance.memoranda import written_mou
from tests.governance.town import Town
from tests.products.brief import fill_brief

ORDER = ("cio", "sponsor")


def drafted(cast: Cast, **values: Any) -> Mou:
    """A draft of which nothing is missing; the director-general of the IT branch joins the cast."""
    if "it_director" not in cast.people:
        branch = Branch.objects.get(department=cast.department, kind=BranchKind.IT)
        made = person("it_director", cast.department, branch)
        cast.people["it_director"] = made
        kind = CapacityKind.DIRECTOR_GENERAL
        appoint_person(person=made, kind=kind, department=cast.department, branch=branch, starts_on=SINCE, by=SYSTEM)
    return written_mou(cast, **values)


def in_review(cast: Cast, **values: Any) -> Mou:
    mou = drafted(cast, **values)
    send_for_review(mou=mou, by=cast.product_manager)
    return fresh(mou)


def say(cast: Cast, mou: Mou, name: str, opinion: str = "agrees", reason: str = "") -> Any:
    """What director_general, it_director or cfo says of the text that stands."""
    sides = {"director_general": Side.SPONSOR, "it_director": Side.IT}
    party = mou.parties.get(side=sides[name]) if name in sides else None
    kind = "validation" if party else "concurrence"
    seen = the_text(mou).sha256
    by = cast.people[name]
    return give_opinion(mou=mou, kind=kind, party=party, opinion=opinion, reason=reason, seen=seen, by=by)


def agreed(cast: Cast, **values: Any) -> Mou:
    mou = in_review(cast, **values)
    for name in ("director_general", "it_director", "cfo"):
        say(cast, mou, name)
    return fresh(mou)


def meet_checks(cast: Cast, mou: Mou) -> None:
    """Fill and publish the brief, and secure what is agreed for the year that is looked at."""
    fill_brief(cast)
    publish_brief(product=cast.product, by=cast.head_of_product, seen=0)
    secure(cast, mou, 1_000_000_000)


def secure(cast: Cast, mou: Mou, amount: int) -> BudgetLine:
    year = year_of_funds(mou)
    source = mou.amounts.filter(fiscal_year=year).first().source
    line = BudgetLine(product=cast.product, fiscal_year=year, source=source, kind="salary")
    line.planned = line.secured = Decimal(amount)
    save(line, by=SYSTEM)
    return line


def decided(town: Town, outcome: str = "approved", **values: Any) -> Mou:
    """Through the committee: prepared, submitted, voted and decided."""
    cast = town.cast
    give_competence(board=town.board, kind=DecisionKind.MOU, by=SYSTEM)
    mou = drafted(cast, **values)
    meet_checks(cast, mou)
    send_for_review(mou=fresh(mou), by=cast.product_manager)
    for name in ("director_general", "it_director", "cfo"):
        say(cast, fresh(mou), name)
    review = submit_review(review=ask_committee(mou=fresh(mou), by=cast.product_manager), by=cast.product_manager)
    decide(town, review, outcome)
    return fresh(mou)


def decide(town: Town, review: Any, outcome: str) -> Any:
    names = ("chair", "member_one", "member_two", "member_three", "member_four")
    point = voted(town, *(names if outcome in ("approved", "with_conditions") else ("chair",)), review=review)
    why = {"rationale_en": "So it is.", "rationale_fr": "C’est ainsi."}
    return decide_review(point=point, outcome=outcome, by=town.chair, **(why if outcome != "approved" else {}))


def out(cast: Cast, **values: Any) -> Mou:
    """Out for signature with a frozen text; the committee is taken as read, for tests of what comes after it."""
    mou = drafted(cast, **values)
    send_for_review(mou=mou, by=cast.product_manager)
    mou = fresh(mou)
    approve(mou, cast)
    send_out(mou=fresh(mou), by=cast.product_manager)
    return fresh(mou)


def approve(mou: Mou, cast: Cast) -> None:
    mandate = give_mandate(kind=MandateKind.DECISION, what=MANDATE, subject=mou, reference="INV 7", by=SYSTEM)
    approve_mou(mou=mou, sha256=the_text(mou).sha256, mandate=mandate, by=cast.cfo)


def signs(cast: Cast, mou: Mou, name: str, **values: Any) -> Any:
    """The cast member signs as signatory, in English, what stands now."""
    given = {"language": "en", "seen": the_text(mou).sha256, "accepted": True, "by": cast.people[name]} | values
    return sign_mou(official=official(mou, cast, name), **given)


def official(mou: Mou, cast: Cast, name: str) -> MouOfficial:
    return mou.officials.select_related("mou", "person").get(role="signatory", person=cast.people[name])


def fresh(mou: Mou) -> Mou:
    return Mou.objects.select_related("product__department").get(pk=mou.pk)
