"""Impact analyses of releases: due by the rule, begun from hypotheses, published for good, corrected by a further edition."""

import csv
import io
import subprocess
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from people.actions.reference import save_reference
from people.models import Notice
from portfolio.duties import duties
from portfolio.facts import with_all_facts
from products.models import Product
from records import clock, frozen, jobs
from records.actors import SYSTEM
from records.acts import performing
from records.models import Document, Job, JobState
from roadmaps.actions.analyses import begin_analysis, publish_analysis, reopen_analysis, save_analysis
from roadmaps.actions.feedback import action_feedback, keep_feedback
from roadmaps.actions.milestones import change_milestone
from roadmaps.actions.outcomes import add_outcome
from roadmaps.actions.releases import plan_release
from roadmaps.jobs import ask_for_analyses
from roadmaps.models import AnalysisRule, ImpactAnalysis, ImpactEdition, ImpactFinding, Outcome, Release
from tests.metrics.delivered import deliver, deployment
from tests.roadmaps.analysing import FOUND, page, typed
from tests.roadmaps.conftest import SEPTEMBER

CHOICES = ("owed", "overdue", "published")


def days_after(release, days):
    return clock.at(SEPTEMBER + timedelta(days=days))


def owed(cast):
    product = with_all_facts(Product.objects.filter(pk=cast.product.pk)).get()
    return [duty for duty in duties(product) if duty.name == "Impact analysis"]


@pytest.mark.parametrize(("days", "state"), [(45, None), (46, "due"), (60, "due"), (61, "late")])
def test_analysis_is_due_on_day_sixty_and_overdue_on_day_sixty_one(release, cast, days, state):
    with days_after(release, days):
        assert [duty.state for duty in owed(cast)] == ([state] if state else [])


def test_release_says_due_today_then_overdue(release, client_of):
    with days_after(release, 60):
        assert "due today" in client_of("colleague").get(page("release-detail", release)).content.decode()
    with days_after(release, 61):
        assert "overdue by 1 day" in client_of("colleague").get(page("release-detail", release)).content.decode()


def test_list_of_releases_is_kept_to_what_is_overdue(release, client_of):
    where = f"{reverse('release-list', args=['JSA'])}?analysis="
    with days_after(release, 61):
        found = {each: "4.1</a>" in client_of("colleague").get(where + each).content.decode() for each in CHOICES}
        shown = client_of("colleague").get(where.partition("?")[0]).content.decode()
    assert found == {"owed": True, "overdue": True, "published": False}
    assert "1 impact analysis is overdue</a>" in shown


def test_rule_of_the_department_wins_and_the_past_keeps_its_rule(release, cast):
    save_reference(entry=AnalysisRule(department=cast.department, starts_on=date(2026, 8, 1), days=30), by=SYSTEM)
    save_reference(entry=AnalysisRule(department=cast.department, starts_on=date(2026, 10, 1), days=10), by=SYSTEM)
    assert Release.objects.with_analysis().get(pk=release.pk).analysis_due_on == date(2026, 10, 1)


def test_rule_that_has_begun_is_not_rewritten(cast, client_of):
    rule = AnalysisRule.objects.get(department=None)
    sent = {"department": "", "starts_on": rule.starts_on.isoformat(), "days": 10, "version": rule.version}
    answer = client_of("admin").post(reverse("admin:roadmaps_analysisrule_change", args=[rule.pk]), sent)
    assert answer.status_code == 422
    assert "This rule has begun" in answer.content.decode()
    rule.refresh_from_db()
    assert rule.days == 60


@pytest.mark.parametrize(("day", "status", "rules"), [("2026-11-17", 422, 1), ("2026-11-18", 302, 2)])
def test_rule_begins_today_or_later(cast, client_of, day, status, rules):
    sent = {"department": "", "starts_on": day, "days": 10}
    assert client_of("admin").post(reverse("admin:roadmaps_analysisrule_add"), sent).status_code == status
    assert AnalysisRule.objects.count() == rules


def test_people_are_told_once_before_and_once_after_the_day(release, cast):
    for day in ("2026-10-20", "2026-10-25", "2026-11-01", "2026-11-02"):
        with performing():
            ask_for_analyses({"day": day})
    told = Notice.objects.filter(person=cast.product_manager, kind="analysis.due")
    assert told.count() == 2


def test_release_takes_its_outcomes_into_delivery(release, outcome):
    outcome.refresh_from_db()
    assert (outcome.state, outcome.verdict) == ("in_delivery", "")


def test_analysis_begins_with_what_was_expected(analysis):
    finding = ImpactFinding.objects.get(analysis=analysis)
    assert finding.expected_en.startswith("interviews per 100 seekers: from 12 to 18")
    assert finding.expected_fr.startswith("entrevues par 100 chercheurs")


def test_analysis_before_the_release_is_refused_in_words(roadmap, cast, client_of):
    planned = plan_release(
        roadmap=roadmap,
        by=cast.product_manager,
        number="5",
        goal_en="Later",
        goal_fr="Tard",
        planned_on=date(2027, 1, 1),
    )
    answer = client_of("product_manager").post(page("analysis-begin", planned))
    assert answer.status_code == 422
    assert "once it is in production" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"analysed_on": "2026-08-31"}, "cannot be analysed before"),
        ({"analysed_on": "2026-12-31"}, "not dated in the future"),
        ({"A1_link": "ftp://x.example"}, "begins with https://"),
        ({"A1_evidence_en": "", "publish": "1"}, "Give the evidence for A.1"),
        ({"A1_verdict": "", "publish": "1"}, "Say how far A.1 is met"),
        ({"A1_observed_en": "", "A1_observed_fr": "", "publish": "1"}, "Say what was observed for A.1"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_nothing_is_lost(analysis, client_of, wrong, words):
    sent = typed(analysis, not_releasing_en="Paper forms", **wrong)
    answer = client_of("product_manager").post(page("analysis-change", analysis.release), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert "Paper forms" in text
    assert ImpactEdition.objects.count() == 0


def test_publishing_that_fails_keeps_the_draft_and_can_be_sent_again(analysis, client_of):
    client, where = client_of("product_manager"), page("analysis-change", analysis.release)
    refused = client.post(where, typed(analysis, A1_evidence_en="", publish="1"))
    version = refused.context["form"].data["version"]
    assert ImpactFinding.objects.get().observed_en == "=14 of 100"
    again = client.post(where, typed(analysis, version=version, publish="1"))
    assert again.url == page("analysis-publish", analysis.release)
    assert ImpactEdition.objects.count() == 0


def test_publishing_is_confirmed_on_a_page_that_says_what_stays(analysis, client_of):
    client, where = client_of("product_manager"), page("analysis-publish", analysis.release)
    client.post(page("analysis-change", analysis.release), typed(analysis, publish="1"))
    asked = client.get(where)
    said = client.post(where, {"version": asked.context["analysis"].version}, follow=True).content.decode()
    assert "An edition never changes" in asked.content.decode()
    assert "=14 of 100" in asked.content.decode()
    assert ImpactEdition.objects.get().number == 1
    assert "is published" in said


def test_draft_that_moved_on_is_not_published_unread(analysis, cast, client_of):
    client, where = client_of("product_manager"), page("analysis-publish", analysis.release)
    client.post(page("analysis-change", analysis.release), typed(analysis, publish="1"))
    seen = client.get(where).context["analysis"].version
    save_analysis(
        analysis=ImpactAnalysis.objects.get(), by=cast.product_owner, findings={"A1": {"observed_en": "Theirs"}}
    )
    answer = client.post(where, {"version": seen})
    assert (answer.status_code, ImpactEdition.objects.count()) == (409, 0)
    assert "Theirs" in answer.content.decode()


def test_publishing_asks_again_for_what_is_missing(analysis, client_of):
    where = page("analysis-publish", analysis.release)
    answer = client_of("product_manager").post(where, {"version": analysis.version})
    assert answer.status_code == 422
    assert "Say what was observed for A.1" in answer.content.decode()


@pytest.fixture
def served_since(analysis, goal, milestone, cast):
    """A.2, which the milestone of the release serves only since its analysis is begun."""
    second = add_outcome(goal=goal, by=cast.product_manager, name_en="Fewer calls", name_fr="Moins d’appels")
    milestone.refresh_from_db()
    outcomes = [*Outcome.objects.filter(served_by__milestone=milestone), second]
    change_milestone(milestone=milestone, by=cast.product_manager, outcomes=outcomes)
    return second


def test_outcome_served_later_is_asked_for_before_publishing(analysis, served_since, cast, client_of):
    client, where = client_of("product_manager"), page("analysis-change", analysis.release)
    with pytest.raises(ValidationError, match=r"Say what was observed for A\.2"):
        publish_analysis(analysis=ImpactAnalysis.objects.get(), by=cast.product_manager)
    answer = client.post(where, typed(analysis, publish="1"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["A2_observed_en"]
    assert answer.context["form"]["A1_observed_en"].value() == "=14 of 100"
    assert ImpactEdition.objects.count() == 0


def test_outcome_served_later_is_on_the_page_and_published(analysis, served_since, client_of):
    client, where = client_of("product_manager"), page("analysis-change", analysis.release)
    assert "A.2 Fewer calls" in client.get(where).content.decode()
    second = {f"A2_{name}": value for name, value in FOUND.items()}
    assert client.post(where, typed(analysis, publish="1", **second)).status_code == 303
    client.post(page("analysis-publish", analysis.release), {"version": ImpactAnalysis.objects.get().version})
    assert [each["code"] for each in ImpactEdition.objects.get().findings] == ["A.1", "A.2"]


def test_second_writer_sees_both_texts(analysis, cast, client_of):
    sent = typed(analysis)
    save_analysis(analysis=analysis, by=cast.product_owner, findings={"A1": {"observed_en": "Theirs"}})
    answer = client_of("product_manager").post(page("analysis-change", analysis.release), sent)
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
    assert "=14 of 100" in answer.content.decode()


def test_publishing_meanwhile_costs_nobody_what_they_typed(analysis, published, client_of):
    answer = client_of("product_manager").post(
        page("analysis-change", analysis.release), typed(analysis, A1_link="https://x.ca")
    )
    assert answer.status_code == 409
    assert "Open it for correction" in answer.content.decode()
    assert "https://x.ca" in answer.content.decode()


def test_edition_is_frozen_and_a_correction_is_a_further_one(published, analysis, cast):
    by = cast.product_manager
    reopen_analysis(analysis=analysis, reason_en="Counted twice", by=by)
    save_analysis(analysis=analysis, by=by, findings={"A1": {"observed_en": "13 of 100"}})
    second = publish_analysis(analysis=analysis, by=by)
    published.refresh_from_db()
    assert (second.number, second.reason_en) == (2, "Counted twice")
    assert published.findings[0]["observed"]["en"] == "=14 of 100"
    assert len(published.sha256) == 64


def test_negative_result_is_styled_like_a_positive_one(published, analysis, cast, client_of):
    where = page("analysis-detail", analysis.release)
    bad = client_of("colleague").get(where).content.decode().split("<tbody>")[1].split("</tbody>")[0]
    reopen_analysis(analysis=analysis, reason_en="Again", by=cast.product_manager)
    save_analysis(analysis=analysis, by=cast.product_manager, findings={"A1": {"effect": "positive", "verdict": "met"}})
    publish_analysis(analysis=analysis, by=cast.product_manager)
    good = client_of("colleague").get(where).content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert bad.replace("Negative", "Positive").replace("Partly met", "Met") == good


def test_pdf_is_made_by_a_job_in_both_languages(published):
    jobs.KINDS["roadmaps.render_analysis"]({"edition": str(published.pk)})
    made = {each.language: each for each in Document.objects.filter(kind="impact analysis")}
    said = subprocess.run(["pdftotext", "-", "-"], input=bytes(made["fr"].content), capture_output=True, check=True)
    assert "Moins qu’espéré" in " ".join(said.stdout.decode().split())
    assert set(made) == {"en", "fr"}


def test_documents_that_could_not_be_made_say_so(published, analysis, client_of):
    where = page("analysis-waiting", analysis.release, 1)
    assert "less than a minute" in client_of("colleague").get(where).content.decode()
    Job.objects.filter(payload__edition=str(published.pk)).update(state=JobState.PARKED)
    text = client_of("colleague").get(where).content.decode()
    assert "The documents could not be made" in text
    assert "less than a minute" not in text


def test_findings_go_into_spreadsheets_without_formulas(published, analysis, client_of):
    client = client_of("colleague")
    text = client.get(page("analysis-table", analysis.release, 1, "csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][4] == "'=14 of 100"
    book = load_workbook(io.BytesIO(client.get(page("analysis-table", analysis.release, 1, "xlsx")).content))
    assert book.active["E2"].data_type == "s"
    assert book.active["E2"].value == "'=14 of 100"


def test_characters_no_workbook_holds_are_left_out_of_it(analysis, cast, client_of):
    found = {"A1": FOUND | {"observed_en": "Two\x0bpages\x0c\x07"}}
    values = {"analysed_on": date(2026, 11, 2), "analysis_en": "Fewer than hoped"}
    save_analysis(analysis=analysis, by=cast.product_manager, findings=found, **values)
    publish_analysis(analysis=analysis, by=cast.product_manager)
    answer = client_of("colleague").get(page("analysis-table", analysis.release, 1, "xlsx"))
    assert load_workbook(io.BytesIO(answer.content)).active["E2"].value == "Twopages"


def test_evening_deployment_stands_with_the_day_it_had_there(analysis, cast):
    deliver(cast.product, deployment("D7", datetime(2026, 9, 2, 1, 30, tzinfo=UTC)), timezone="America/Toronto")
    values = {"analysed_on": date(2026, 11, 2), "analysis_en": "Fewer than hoped"}
    save_analysis(analysis=analysis, by=cast.product_manager, findings={"A1": FOUND}, **values)
    edition = publish_analysis(analysis=analysis, by=cast.product_manager)
    assert [each["at"] for each in edition.content["deployments"]] == ["2026-09-01T21:30:00-04:00"]


def test_edition_can_be_frozen_for_a_gate(published, cast):
    (choice,) = frozen.choices("impact_analysis", cast.product, cast.product_manager)
    assert choice.digest == str(published.pk)
    assert "4.1" in choice.title


def test_draft_is_for_the_team_and_its_watchers(analysis, client_of):
    assert client_of("colleague").get(page("analysis-detail", analysis.release)).status_code == 404
    assert client_of("auditor").get(page("analysis-detail", analysis.release)).status_code == 200
    assert client_of("stranger").get(page("analysis-detail", analysis.release)).status_code == 404


def test_analysis_reads_in_french(published, analysis, client_of):
    where = page("analysis-detail", analysis.release).replace("/en/", "/fr/")
    assert "Moins qu’espéré" in client_of("colleague").get(where).content.decode()


def test_feedback_about_a_release_is_attached_and_actioned(release, milestone, cast, client_of):
    heard = keep_feedback(
        roadmap=release.roadmap, text="Too many alerts", language="en", source="Survey", by=cast.product_owner
    )
    client = client_of("product_manager")
    assert client.post(page("feedback-attach", release), {"feedback": heard.pk}).status_code == 303
    heard.refresh_from_db()
    action_feedback(feedback=heard, milestone=milestone, by=cast.product_manager)
    assert "Too many alerts" in client.get(page("release-detail", release)).content.decode()
    client.post(page("feedback-detach", release, heard.pk))
    assert "Too many alerts" not in client.get(page("release-detail", release)).content.decode()


def test_feedback_from_before_the_release_is_not_about_it(release, client_of):
    sent = {"text": "Slow", "language": "en", "source": "Survey", "heard_on": "2026-08-01", "release": release.pk}
    answer = client_of("product_manager").post(reverse("feedback-add", args=["JSA"]), sent)
    assert answer.status_code == 422
    assert "not in production when" in answer.content.decode()


def test_analysis_is_begun_once(analysis, cast):
    assert begin_analysis(release=analysis.release, by=cast.product_owner) == analysis
    assert ImpactAnalysis.objects.count() == 1


def test_correction_asks_why(published, analysis, client_of):
    client, where = client_of("product_manager"), page("analysis-correct", analysis.release)
    analysis.refresh_from_db()
    assert client.post(where, {"version": analysis.version}).status_code == 422
    assert client.post(where, {"version": analysis.version, "reason_fr": "Compté deux fois"}).status_code == 303
    assert "Compté deux fois" in client.get(page("analysis-change", analysis.release)).content.decode()
