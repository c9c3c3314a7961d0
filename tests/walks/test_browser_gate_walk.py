"""A product on its way from gate 1 through gate 3, gate 2 never held: prepared, met on, decided, proven (domain.md §5).

Everybody does their part on the pages. What other walks show already (the papers of gate 1, further votes) is done by acts.
"""

import pytest
from django.utils import translation

from governance.actions.artefacts import attach_link
from governance.actions.reviews import submit_review
from governance.gates.inputs import checklist
from governance.models import Condition, Decision, Meeting, Review
from governance.states import Choice, Outcome
from products.models import Product
from records import clock
from records.jobs import run_due
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.actions.years import prepare_year
from tests.governance.before_board import voted
from tests.governance.gate_world import prepared
from tests.records import samples
from tests.walks.walk import ONCE, shown, words_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASK = {
    "ask_en": "Approve funding of $4,180,000 over three years to build the account",
    "ask_fr": "Approuver un financement de 4\u00a0180\u00a0000\u00a0$ sur trois ans pour réaliser le compte",
    "recommendation_en": "Approve. The proof of concept halved the time it takes to find suitable work.",
    "recommendation_fr": "Approuver. La validation de principe a réduit de moitié le temps pour trouver un emploi.",
    "changed_en": "The first release comes a quarter earlier; the cost is as gate 1 estimated it.",
    "changed_fr": "La première version arrive un trimestre plus tôt; le coût est celui estimé au point de passage 1.",
}
RATIONALE = {
    "rationale_en": "The figures bear out the first estimates. Search in French comes first.",
    "rationale_fr": "Les chiffres confirment les premières estimations. La recherche en français passe d’abord.",
}
CONDITION = {"what_en": "Try the search with users in French", "what_fr": "Mettre la recherche à l’essai en français"}
CONFLICT = {"en": "My sister works for the vendor.", "fr": "Ma sœur travaille pour le fournisseur."}
PROOF = "Twelve people tried it."


@pytest.fixture
def at(walk, language, width):
    """Who walks, by name; each signs in once."""
    begun = {}
    return lambda name: begun.get(name) or begun.setdefault(name, walk(name, language, width))


@pytest.mark.parametrize(("language", "width"), ONCE)
def test_walk_from_strategy_to_transition_without_gate_2(at, cast, town, scanned, language, width):
    cast.product = pass_gate_1(at("chair"), town)
    review = prepare_gate_3(at("product_manager"), cast)
    attach_what_gate_2_would_have_asked_for(at("product_manager"), review)
    submit(at("product_manager"), review)
    meeting = call(at("secretary"), town, review)
    read_the_pack(at("member_one"), at("secretary"), review, meeting)
    board_votes(at, town, meeting)
    decide(at("chair"), meeting)
    assert Product.objects.get(pk=cast.product.pk).phase == "transition"
    read_the_minutes(at("secretary"), meeting)
    follow_the_condition(at("product_owner"), at("sponsor"))
    at("product_manager").go("gate-list", cast.product.code)
    shown(at("product_manager"), "25-in-transition")


def pass_gate_1(chair, town):
    """The board has voted on gate 1; the chair records that the product is neither complex nor risky."""
    lead = town.cast.product_manager
    roadmap = open_roadmap(product=town.cast.product, by=lead, horizon_from=2026, horizon_years=3)
    prepare_year(roadmap=roadmap, year=2026, by=lead)
    review = submit_review(review=prepared(town.cast.product, 1, lead), board=town.board, by=lead)
    point = voted(town, review=review)
    chair.go("point-decide", point.pk)
    chair.page.check("main [name=outcome][value=approved]")
    chair.page.check("main [name=is_complex_or_risky][value=no]")
    chair.fill(complexity_reason_en="One team, known technology.", complexity_reason_fr="Une équipe, techno connue.")
    shown(chair, "01-decide-gate-1")
    chair.press("Check the decision")
    chair.press("Record the decision")
    shown(chair, "02-decision-gate-1")
    product = Product.objects.get(pk=town.cast.product.pk)
    assert product.phase == "design"
    return product


def prepare_gate_3(lead, cast):
    lead.go("gate-list", cast.product.code)
    shown(lead, "03-gates")
    lead.go("gate-detail", cast.product.code, 3)
    shown(lead, "04-gate-3")
    lead.press("Prepare gate %(number)s", number=3)
    review = Review.objects.get(gate__number=3)
    for row in checklist(review):
        if row.input.when_not_held is None:
            values = {"title": getattr(row.input, f"name_{lead.language}"), "link": "https://docs.example/paper"}
            attach_link(review=review, gate_input=row.input, by=cast.product_manager, **values)
    lead.follow("Write the ask")
    lead.fill(**ASK)
    lead.press("Save the texts")
    lead.press("Check and submit")
    shown(lead, "05-missing")
    return review


def of_gate_2(review):
    """The inputs of the gate that was not held, in their order: roadmap, release plan, business case."""
    return [row.input for row in checklist(review) if row.input.when_not_held is not None]


def attach_what_gate_2_would_have_asked_for(lead, review):
    wanted = of_gate_2(review)
    problems = lead.page.locator(".problems a")
    assert [words.split("\u00a0: ")[-1].split(": ")[-1] for words in problems.all_inner_texts()] == [
        getattr(each, f"name_{lead.language}") for each in wanted
    ]
    for number, each in enumerate(wanted):
        problems.nth(number).click()
        assert lead.page.evaluate("document.querySelector(':target').id") == f"input-{each.pk}"
    roadmap, plan, case = (lead.page.locator(f"[id='input-{each.pk}']") for each in wanted)
    with lead.page.expect_navigation():
        roadmap.get_by_role("button").first.click()
    attach(lead, plan, "Attach a link", link="https://docs.example/releases")
    lead.press("Attach the link")
    attach(lead, case, "Attach a file", version_label="2.0")
    paper = {"name": "business-case.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    lead.page.set_input_files("main [name=file]", paper)
    shown(lead, "06-file")
    lead.press("Attach the file")
    run_due()
    assert [each.evidence.state for each in review.artefacts.filter(evidence__isnull=False)] == ["clean"]


def attach(lead, place, words, **values):
    with lead.page.expect_navigation():
        place.get_by_role("link", name=lead.words(words)).click()
    lead.look()
    lead.fill(**values)


def submit(lead, review):
    lead.follow("Propose a condition")
    lead.fill(**CONDITION, owner="Product Owner", due_on="2030-01-31", verifier="Sponsor")
    lead.press("Propose it")
    shown(lead, "07-prepared")
    lead.press("Check and submit")
    shown(lead, "08-check")
    lead.press("Submit to the board")
    shown(lead, "09-submitted")
    lead.follow("To the review")
    shown(lead, "10-review")
    assert Review.objects.get(pk=review.pk).state == "submitted"


def call(secretary, town, review):
    secretary.go("board-detail", town.board.pk)
    secretary.follow("Call a meeting")
    secretary.page.check("main [name=form][value=meeting]")
    secretary.fill(starts_at=f"{clock.now():%Y-%m-%d} 13:00", place="4-201")
    secretary.press("Call it")
    secretary.follow("Put a point on the agenda")
    secretary.page.select_option("main [name=review]", str(review.pk))
    secretary.press("Put it on the agenda")
    return Meeting.objects.get(agendapoints__review=review)


def read_the_pack(member, secretary, review, meeting):
    """The secretary issues the papers; a member opens them in their own language."""
    secretary.follow("Papers of this meeting, as one PDF")
    secretary.press("Issue the papers")
    run_due()
    member.go("pack-list", meeting.pk)
    shown(member, "11-papers")
    address = member.page.locator(f"main a[hreflang={member.language}]").first.get_attribute("href")
    status, pdf = member.bytes_of(address)
    shown(member, "pack", pdf)
    words, packed = words_of(pdf), "".join(words_of(pdf).split())
    assert status == 200
    assert "".join(ASK[f"ask_{member.language}"].split()) in packed
    assert CONDITION[f"what_{member.language}"] in words
    assert review.artefacts.count() == 8
    with translation.override(member.language):
        assert [each.title for each in review.artefacts.all() if each.hash not in packed] == []


def board_votes(at, town, meeting):
    """Everybody is there; one is recused; the others vote, one of them after reading the pages."""
    point, secretary = meeting.agendapoints.get(), at("secretary")
    secretary.go("meeting-detail", meeting.pk)
    secretary.press("Open the meeting")
    for mark in secretary.page.locator("main [type=radio][value=present]").all():
        mark.check()
    secretary.press("Mark attendance")
    shown(secretary, "12-meeting")
    secretary.go("point-detail", point.pk)
    secretary.press("Open the vote")
    recuse(at("member_four"), point)
    for name in ("member_one", "member_two", "member_three", "chair"):
        cast_own_vote(at(name), point, "against" if name == "member_two" else "for")
    shown(at("chair"), "16-voted")
    assert {each.choice for each in point.ballots.all()} == {Choice.FOR, Choice.AGAINST}


def recuse(member, point):
    member.go("point-detail", point.pk)
    shown(member, "13-point")
    member.page.locator("details summary").last.click()
    member.fill(conflict=CONFLICT[member.language])
    member.press("Recuse me from this point")
    shown(member, "14-recused")
    assert member.page.locator("main [name=choice]").count() == 0


def cast_own_vote(member, point, choice):
    """The pages are the same for everybody, so only the first who votes has them judged."""
    judged, member.axe = member.axe, None if point.ballots.exists() else member.axe
    member.go("decision-waiting")
    with member.page.expect_navigation():
        member.page.locator("main td a").first.click()
    member.page.check(f"main [name=choice][value={choice}]")
    member.fill(reason="It costs too much." if choice == "against" else "")
    member.press("Review my vote")
    shown(member, f"15-check-{choice}")
    member.press("Cast my vote")
    member.axe = judged


def decide(chair, meeting):
    point = meeting.agendapoints.get()
    chair.go("point-detail", point.pk)
    chair.press("Close the vote")
    shown(chair, "17-closed")
    chair.follow("Record the decision")
    chair.page.check("main [name=outcome][value=with_conditions]")
    chair.fill(**RATIONALE)
    chair.page.locator("main [name=taken_up]").first.check()
    chair.press("Check the decision")
    shown(chair, "18-decide-check")
    chair.press("Record the decision")
    shown(chair, "19-decision")
    decision = Decision.objects.get(point=point)
    assert decision.outcome == Outcome.WITH_CONDITIONS
    counts = (decision.votes_for, decision.votes_against, decision.present, decision.recused, decision.quorum)
    assert counts == (3, 1, 4, 1, 4)


def read_the_minutes(secretary, meeting):
    secretary.go("meeting-detail", meeting.pk)
    secretary.press("Close the meeting")
    secretary.press("Draw up the minutes")
    shown(secretary, "20-minutes")
    secretary.press("Circulate")
    link = secretary.page.get_by_role("link", name=secretary.words("Minutes as PDF"))
    status, pdf = secretary.bytes_of(link.get_attribute("href"))
    shown(secretary, "minutes", pdf)
    words, packed = words_of(pdf), "".join(words_of(pdf).split())
    decision = Decision.objects.get(point__meeting=meeting)
    assert status == 200
    assert "".join(ASK[f"ask_{secretary.language}"].split()) in packed
    assert "".join(RATIONALE[f"rationale_{secretary.language}"].split()) in packed
    assert decision.number in words
    assert CONFLICT[secretary.language] in words
    assert CONDITION[f"what_{secretary.language}"] in words
    assert {"en": "For 3, against 1, abstained 0", "fr": "Pour : 3, contre : 1, abstentions : 0"}[
        secretary.language
    ] in words
    assert {"en": "approved with conditions", "fr": "approuvé sous conditions"}[secretary.language] in words


def follow_the_condition(owner, verifier):
    condition = Condition.objects.get()
    owner.go("condition-list")
    shown(owner, "21-conditions")
    owner.page.locator("main ul.rows a").first.click()
    owner.follow("Give the proof")
    owner.fill(proof=PROOF)
    shown(owner, "22-proof")
    owner.click(owner.page.locator("main form button[type=submit]").last)
    verifier.go("condition-detail", condition.pk)
    shown(verifier, "23-verify")
    verifier.press("Accept the proof and close the condition")
    shown(verifier, "24-closed")
    condition.refresh_from_db()
    assert condition.state == "closed"
