"""The system's own records frozen as PDF: the right words, once per content, and known to have changed since."""

import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal

import pdfua
import pytest
from django.core.exceptions import ValidationError

from governance.actions.risk_scores import score_risk
from metrics.actions.declared import declare_month
from products.actions.briefs import publish_brief
from products.actions.budget import add_budget_line, change_budget_line
from products.actions.strategy import publish_strategy, save_strategy_draft
from products.models import BudgetLine
from records import clock, frozen, jobs
from records.actions.freezing import freeze
from records.models import AuditEvent, Document
from roadmaps.actions.analyses import publish_analysis, reopen_analysis
from roadmaps.models import ImpactAnalysis
from tests.config.url_world_roadmap import analysed
from tests.governance.risk_world import DIT, a_risk, an_activity
from tests.portfolio.roadmap_year import NOVEMBER, add_milestones, approve, move, open_with_outcome
from tests.products.brief import fill_brief
from tests.products.landscape import a_funding_source
from tests.products.test_inventory_actions import TEXTS


@pytest.fixture(autouse=True)
def november():
    with clock.at(NOVEMBER):
        yield


def words(document):
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=bytes(document.content), capture_output=True, check=True
    )
    return " ".join(done.stdout.decode().replace("\u00a0", " ").replace("\u2060", "").split())


def a_strategy(cast):
    draft = save_strategy_draft(product=cast.product, by=cast.product_manager, **TEXTS)
    publish_strategy(strategy=draft, by=cast.product_manager)


def a_budget(cast):
    line = {"source": a_funding_source(cast), "kind": "cloud", "planned": Decimal(1250000)}
    add_budget_line(product=cast.product, by=cast.cfo, fiscal_year=2026, **line)


def a_brief(cast):
    fill_brief(cast)
    publish_brief(product=cast.product, by=cast.product_manager, seen=0)


def a_roadmap(cast):
    outcome = open_with_outcome(cast)
    add_milestones(outcome, cast, 3)
    approve(outcome, cast)


def a_month(cast, month=date(2026, 10, 1)):
    declare_month(product=cast.product, by=cast.product_owner, month=month, source="Log", deployment_count=6)


def another_strategy(cast):
    save_strategy_draft(product=cast.product, by=cast.product_manager, expected=0, why_en="Another reason")
    publish_strategy(strategy=cast.product.productstrategys.get(state="draft"), by=cast.product_manager)


def another_budget(cast):
    change_budget_line(line=BudgetLine.objects.get(), by=cast.cfo, reason="Less", planned=Decimal(7))


def another_brief(cast):
    publish_brief(product=cast.product, by=cast.product_manager, seen=1, note="Once more")


def another_roadmap(cast):
    milestone = cast.product.roadmap.milestones.first()
    move(milestone, date(2027, 2, 1), cast, "The team is short of hands")


def another_month(cast):
    a_month(cast, date(2026, 9, 1))


def an_analysis(cast):
    outcome = open_with_outcome(cast)
    analysed(outcome.roadmap, outcome, cast.product_manager)


def another_analysis(cast):
    told = {"analysis": ImpactAnalysis.objects.get(state="published"), "by": cast.product_manager}
    reopen_analysis(**told, reason_en="Counted twice")
    publish_analysis(**told)


def a_register(cast):
    a_risk(cast, strategy="mitigate", first=an_activity(cast), **DIT)


def another_register(cast):
    risk = cast.product.risks.get()
    score_risk(risk=risk, scores={"current": (2, 2)}, note="Better", by=cast.product_manager)


# kind: (how there comes to be one, what changes it, words in English, words in French)
KINDS = {
    "strategy": (a_strategy, another_strategy, ["Strategy", "outcomes en", "When available"], ["Stratégie", "why fr"]),
    "brief": (a_brief, another_brief, ["Product Team Brief", "Director"], ["Directrice"]),
    "budget": (a_budget, another_budget, ["Budget 2026–27", "$1,250,000"], ["2026-2027", "1 250 000 $"]),
    "delivery": (a_month, another_month, ["Delivery measures", "2026-10", "Declared"], ["Octobre, déclaré", "2025-11"]),
    "roadmap": (a_roadmap, another_roadmap, ["roadmap 2026–27", "Alerts by text"], ["Alertes par texto"]),
    "risk_register": (
        a_register,
        another_register,
        ["R-001", "16 High", "poorer"],
        ["R-001", "jumelage"],
    ),
    "impact_analysis": (an_analysis, another_analysis, ["Impact analysis of release 3.9", "Survey"], ["Lot 3.9"]),
}


def frozen_by(cast, kind, language="en"):
    choice = frozen.choices(kind, cast.product, cast.product_manager)[0]
    return freeze(kind=kind, key=choice.key, product=cast.product, language=language, by=cast.product_manager)


def test_every_kind_is_tried():
    assert set(KINDS) == {kind for kind, _label in frozen.kinds()}


@pytest.mark.parametrize("kind", KINDS)
def test_record_is_frozen_in_both_languages_once_until_it_changes(cast, kind, tmp_path):
    make, change, english, french = KINDS[kind]
    make(cast)
    first, second = frozen_by(cast, kind), frozen_by(cast, kind, "fr")
    assert [each for each in english if each not in words(first.document)] == []
    assert [each for each in french if each not in words(second.document)] == []
    path = tmp_path / "frozen.pdf"
    path.write_bytes(bytes(second.document.content))
    assert [each.message for each in pdfua.validate(str(path)).findings if each.severity.name == "ERROR"] == []
    assert AuditEvent.objects.filter(event="record frozen as a document", chain=cast.product.chain()).count() == 2
    assert frozen_by(cast, kind).document == first.document
    assert frozen.digest(kind, first.key) == first.digest
    change(cast)
    assert frozen.digest(kind, first.key) != first.digest


def test_changed_record_is_another_document(cast):
    a_budget(cast)
    first = frozen_by(cast, "budget")
    another_budget(cast)
    second = frozen_by(cast, "budget")
    assert second.document != first.document
    assert second.document.sha256 != first.document.sha256
    assert second.key == first.key


def test_brief_is_the_document_its_readers_get(cast):
    a_brief(cast)
    jobs.run_due()
    assert frozen_by(cast, "brief").document == Document.objects.get(kind="brief", language="en")


def test_roadmap_of_another_day_shows_that_day(cast):
    a_roadmap(cast)
    first = frozen_by(cast, "roadmap")
    with clock.at(datetime(2026, 11, 25, 14, tzinfo=UTC)):
        later = frozen_by(cast, "roadmap")
    assert later.digest == first.digest
    assert later.document != first.document


def test_nothing_is_offered_before_there_is_something(cast):
    assert [kind for kind, _label in frozen.kinds() if frozen.choices(kind, cast.product, cast.product_manager)] == []
    assert frozen.digest("strategy", str(cast.product.pk)) == ""
    assert frozen.digest("delivery", str(cast.product.pk)) == ""


@pytest.mark.parametrize("wrong", [{"key": "no such key"}, {"kind": "secrets"}, {"language": "de"}])
def test_what_is_not_offered_cannot_be_frozen(cast, wrong):
    a_strategy(cast)
    given = {"kind": "strategy", "key": str(cast.product.pk), "language": "en"} | wrong
    with pytest.raises(ValidationError, match="no such record"):
        freeze(product=cast.product, by=cast.product_manager, **given)


def test_stranger_can_freeze_nothing(cast):
    a_strategy(cast)
    assert frozen.choices("strategy", cast.product, cast.stranger) == []
    with pytest.raises(ValidationError, match="no such record"):
        freeze(kind="strategy", key=str(cast.product.pk), product=cast.product, language="en", by=cast.stranger)
    assert not Document.objects.exists()
