"""A product manager analyses a release from its page to the published edition, and holds its outcome's gate (ux.md A10)."""

import pytest

from people.actions.reference import save_reference
from products.actions.products import change_product
from products.models import AutonomyLevel
from records import clock, jobs
from records.actors import SYSTEM
from roadmaps.actions.goals import add_goal
from roadmaps.actions.milestones import add_milestone
from roadmaps.actions.outcomes import add_outcome
from roadmaps.actions.releases import make_release, plan_release
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.models import ImpactEdition, OutcomeGate
from tests.walks.walk import ALL, shown, words_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OBSERVED = "14 of 100 / 14 sur 100"


@pytest.fixture
def release(cast):
    """In production since today, serving outcome A.1 of a product whose autonomy level is recorded."""
    by = cast.product_manager
    level = AutonomyLevel(department=cast.department, code="L2", name_en="Two", name_fr="Deux", team_may_adjust=True)
    level = save_reference(entry=level, by=SYSTEM)
    product = change_product(product=cast.product, by=by, autonomy_level=level)
    roadmap = open_roadmap(product=product, horizon_from=2026, by=by)
    goal = add_goal(roadmap=roadmap, by=by, name_en="Work", name_fr="Travail")
    texts = {"name_en": "Matches", "name_fr": "Jumelages", "metric_en": "interviews", "metric_fr": "entrevues"}
    outcome = add_outcome(goal=goal, by=by, baseline=9, target=14, **texts)
    brings = add_milestone(roadmap=roadmap, by=by, outcomes=[outcome], title_en="Alerts", title_fr="Alertes")
    plan = {"number": "4.1", "goal_en": "Alerts", "goal_fr": "Alertes", "planned_on": clock.today()}
    release = plan_release(roadmap=roadmap, by=by, milestones=[brings], **plan)
    return make_release(release=release, authorisation="CAB 7", by=by)


@pytest.mark.parametrize(("language", "width"), ALL)
def test_walk_from_a_release_to_its_analysis_and_gate(walk, release, language, width):
    way = walk("product_manager", language, width)
    way.go("release-detail", "JSA", release.pk)
    way.press("Begin the impact analysis")
    shown(way, "analysis-form")
    way.press("Save and check before publishing")
    assert way.page.locator("[role=alert] a").count() >= 4
    way.fill(A1_observed_en=OBSERVED, A1_evidence_en="Survey", analysis_en="Fewer than hoped")
    way.page.locator("[name=A1_verdict][value=not_met]").check()
    way.page.locator("[name=A1_effect][value=negative]").check()
    way.press("Save and check before publishing")
    assert way.page.get_by_text(OBSERVED).count()
    shown(way, "analysis-publish")
    way.press("Publish edition %(number)s", number=1)
    way.follow("Read the analysis")
    jobs.run_due()
    edition = ImpactEdition.objects.get()
    status, pdf = way.bytes_of(way.path("analysis-document", "JSA", release.pk, 1, language))
    assert (status, OBSERVED in words_of(pdf)) == (200, True)
    assert edition.sha256 in words_of(pdf)
    shown(way, "analysis", pdf)
    shown(way, "analysis")
    way.follow("Record the gate of %(code)s", code="A.1")
    way.page.locator("[name=result][value=adjust]").check()
    way.press("Record the decision")
    assert OutcomeGate.objects.get().result == "adjust"
