"""The corpus keeps every rule of the models it fills, although it fills them without asking."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from governance.models import Ballot, Decision, Review, Risk, RiskScore
from people.actions.people import appoint_person
from portfolio.corpus import loading
from portfolio.corpus.counts import SIZES, Counts
from portfolio.corpus.rows import BY
from products.models import BriefVersion, Product
from records import trail
from records.actors import SYSTEM
from records.models import Governed
from roadmaps.models import Milestone, MilestoneChange
from tests.cast import SINCE, Cast

SAMPLE = 40


@pytest.fixture
def corpus(db):
    loading.load(SIZES["tiny"])


def filled_models():
    """Governed models of ours with rows of the corpus in them."""
    for label in ("people", "products", "roadmaps", "metrics", "governance"):
        for model in apps.get_app_config(label).get_models():
            if issubclass(model, Governed) and model._base_manager.filter(changed_by_id=BY).exists():
                yield model


def test_corpus_rows_pass_every_validation(corpus):
    checked = 0
    for model in filled_models():
        for row in model._base_manager.filter(changed_by_id=BY).order_by("pk")[:SAMPLE]:
            row.full_clean()
            checked += 1
    assert checked > 300


def test_corpus_keeps_the_past_of_every_row(corpus):
    for model in filled_models():
        latest = {row.id: row.version for row in model._base_manager.filter(changed_by_id=BY)}
        kept = model.history.filter(changed_by_id=BY)
        assert {row.id: row.version for row in kept.order_by("history_date")} == latest, model.__name__
    assert Milestone.history.count() == 2 * SIZES["tiny"].milestones


def test_corpus_chains_hold_and_versions_match_their_hash(corpus):
    assert [trail.verify(chain) for chain in trail.chains()] == [None] * 16
    version = BriefVersion.objects.first()
    assert trail.hashlib.sha256(trail.canonical(version.content)).hexdigest() == version.sha256


def test_corpus_has_the_rows_its_size_says(corpus):
    assert Product.objects.count() == 20
    assert Milestone.objects.count() == 200
    assert BriefVersion.objects.count() == 20
    assert (Risk.objects.count(), RiskScore.objects.count()) == (60, 6 * 60)
    assert not MilestoneChange.objects.exists()
    assert Ballot.objects.count() == 5 * Decision.objects.count() == 5 * Review.objects.filter(state="decided").count()


def test_corpus_is_seen_by_those_who_see_every_department(cast: Cast):
    loading.load(Counts(people=10, products=30, milestones=0))
    appoint_person(person=cast.people["auditor"], kind="auditor", starts_on=SINCE, by=SYSTEM)
    assert Product.objects.visible_to(cast.people["auditor"]).count() == 31
    assert Product.objects.visible_to(cast.people["colleague"]).count() == 1


def test_second_corpus_is_refused(corpus):
    with pytest.raises(CommandError, match="already"):
        call_command("load_corpus", size="tiny", stdout=StringIO())


def test_corpus_wants_a_yes_in_production(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="--yes"):
        call_command("load_corpus", size="tiny", stdout=StringIO())
    call_command("load_corpus", size="tiny", yes=True, stdout=StringIO())
    assert loading.is_loaded()


def test_counts_need_people_enough_for_the_seven_roles():
    with pytest.raises(ValueError, match="seven"):
        Counts(departments=2, people=13)
