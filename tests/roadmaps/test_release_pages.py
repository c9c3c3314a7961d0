"""Pages of releases as their people meet them: chosen for them, told with their days, withdrawn and planned again."""

from datetime import date

import pytest
from django.urls import reverse

from records import clock
from records.models import AuditEvent
from records.refusals import Conflict
from roadmaps.actions.analyses import save_analysis
from roadmaps.actions.releases import change_release, plan_release, withdraw_release
from roadmaps.models import ImpactFinding, Release
from tests.roadmaps.analysing import page
from tests.roadmaps.conftest import NOVEMBER

NEW = {"number": "5.0", "goal_en": "Alerts", "goal_fr": "Alertes", "planned_on": date(2026, 12, 1)}


@pytest.fixture
def withdrawn(roadmap, cast):
    planned = plan_release(roadmap=roadmap, by=cast.product_owner, **NEW)
    return withdraw_release(release=planned, reason="The supplier closed", by=cast.product_owner)


def text_of(client, where):
    return client.get(where).content.decode()


def test_plan_begins_with_the_product_itself(roadmap, cast, client_of):
    shown = text_of(client_of("product_manager"), reverse("release-add", args=["JSA"]))
    assert f'<option value="{cast.product.pk}" selected>' in shown


def test_release_tells_the_day_its_milestones_came_and_not_the_month_planned(release, client_of):
    shown = text_of(client_of("colleague"), page("release-detail", release))
    assert "February 2027" not in shown
    assert "released, <time" in shown
    assert "in production <time" in shown


def test_withdrawn_release_says_why_and_is_planned_again(withdrawn, client_of):
    client, where = client_of("product_owner"), page("release-detail", withdrawn)
    shown = text_of(client, where)
    assert "The supplier closed" in shown
    assert "Change the plan" not in shown
    answer = client.post(page("release-resume", withdrawn), {"version": withdrawn.version})
    assert answer.status_code == 303
    assert Release.objects.get(pk=withdrawn.pk).state == "planned"
    assert "The supplier closed" not in text_of(client, where)


def test_withdrawn_release_takes_no_milestone(withdrawn, milestone, cast):
    with pytest.raises(Conflict, match="withdrawn"):
        change_release(release=withdrawn, milestones=[milestone], by=cast.product_owner)


def test_colleague_does_not_plan_a_withdrawn_release_again(withdrawn, client_of):
    assert client_of("colleague").post(page("release-resume", withdrawn)).status_code == 403


@pytest.mark.parametrize("name", ["release-make", "release-change", "release-withdraw"])
def test_form_that_cannot_be_sent_leads_back_to_the_release(release, client_of, name):
    answer = client_of("product_manager").get(page(name, release), follow=True)
    assert answer.redirect_chain[-1][0] == page("release-detail", release)
    assert "This release is in production; its record stays as it was." in answer.content.decode()


def written(client, analysis):
    """The page of the draft as its writer got it, and what its form would send untouched."""
    form = client.get(page("analysis-change", analysis.release)).context["form"]
    return {name: form[name].value() or "" for name in form.fields if not name.endswith(("_file", "_file_off"))}


def test_two_who_write_about_different_texts_lose_nothing(analysis, cast, client_of):
    client, address = client_of("product_manager"), page("analysis-change", analysis.release)
    sent = written(client, analysis)
    theirs = {"A1": {"observed_en": "14 of 100", "verdict": "partly_met"}}
    with clock.at(NOVEMBER):
        save_analysis(analysis=analysis, by=cast.product_owner, findings=theirs)
    answer = client.post(address, {**sent, "A1_observed_fr": "14 sur 100", "analysis_en": "Fewer than hoped"})
    form = answer.context["form"]
    assert answer.status_code == 409
    assert form["A1_observed_en"].value() == "14 of 100"
    assert [each.label for each in answer.context["clashes"]] == []
    assert "is taken over" in answer.content.decode()
    assert "Save again to keep it." in answer.content.decode()
    assert "2026-11-18 09:00" in answer.content.decode()  # in the zone its reader lives in
    assert client.post(address, {name: form[name].value() or "" for name in sent}).status_code == 303
    finding = ImpactFinding.objects.get()
    assert (finding.observed_en, finding.observed_fr, finding.verdict) == ("14 of 100", "14 sur 100", "partly_met")


def test_clash_says_about_which_outcome_it_is(analysis, cast, client_of):
    client = client_of("product_manager")
    sent = written(client, analysis)
    save_analysis(analysis=analysis, by=cast.product_owner, findings={"A1": {"observed_en": "Theirs"}})
    answer = client.post(page("analysis-change", analysis.release), {**sent, "A1_observed_en": "Mine"})
    assert "<h3>A.1, Observed (English)</h3>" in answer.content.decode()


def test_draft_is_read_whole_by_who_reads_drafts(analysis, cast, client_of):
    told = {"observed_en": "14 of 100", "link": "https://reports.example/1"}
    save_analysis(analysis=analysis, by=cast.product_owner, findings={"A1": told}, analysis_en="Fewer than hoped")
    shown = text_of(client_of("head_of_product"), page("analysis-detail", analysis.release))
    assert "14 of 100" in shown
    assert "Fewer than hoped" in shown
    assert "Fingerprint" not in shown


def test_feedback_names_the_day_of_a_release_and_begins_in_the_language_of_its_writer(release, client_of):
    form = client_of("product_manager").get(reverse("feedback-add", args=["JSA"])).context["form"]
    assert [name for key, name in form.fields["release"].choices if key] == ["4.1, 2026-09-01"]
    assert form["language"].value() == "en"


def corrected(release, **values):
    record = {"number": "4.1", "released_on": "2026-09-01", "change_kind": "normal", "authorisation": "CAB 9"}
    return {**record, "reason": "A typing error", "version": release.version, **values}


def test_record_of_a_release_is_corrected_with_a_reason(release, milestone, client_of):
    client, where = client_of("change_coordinator"), page("release-detail", release)
    assert page("release-correct", release) in text_of(client, where)
    sent = corrected(release, number="4.2", released_on="2026-08-31", who_was_told="Help line")
    assert client.post(page("release-correct", release), sent).status_code == 303
    shown = text_of(client, where)
    assert "Release 4.2" in shown
    assert "Help line" in shown
    milestone.refresh_from_db()
    assert milestone.released_on == date(2026, 8, 31)
    told = AuditEvent.objects.get(event="release corrected")
    assert (told.reason, told.changes["number"]) == ("A typing error", ["4.1", "4.2"])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reason": ""}, "This field is required."),
        ({"authorisation": ""}, "This field is required."),
        ({"released_on": "2026-11-19"}, "A release in the future is a plan."),
        ({"released_on": "2026-11-03"}, "Its impact analysis is dated 2026-11-02"),
    ],
)
def test_correction_of_a_release_is_refused_in_words(published, release, client_of, wrong, words):
    sent = corrected(release, who_was_told="Help line", **wrong)
    answer = client_of("product_manager").post(page("release-correct", release), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Help line" in answer.content.decode()


def test_planned_release_has_no_record_to_correct(withdrawn, client_of):
    answer = client_of("product_owner").post(page("release-correct", withdrawn), corrected(withdrawn))
    assert answer.status_code == 409
