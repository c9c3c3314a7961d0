"""The pages of the register: what the team types is kept, refused in words, and read in both languages."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from governance.actions.risk_scores import score_risk
from governance.actions.risks import close_risk, reopen_risk
from governance.models import Risk, RiskAcceptance, RiskScore
from governance.risks.similar import similar_risks
from records import clock
from tests.governance.risk_world import DIT, SAID, a_risk, an_activity, noon
from tests.pages import tight


def address(name, risk=None, *more, **query):
    return reverse(name, args=[risk.product.code, risk.pk, *more])


@pytest.fixture
def risk(cast):
    return a_risk(cast)


@pytest.fixture
def team(cast, client_of):
    return client_of("product_manager")


def typed(cast, **values):
    return {
        "product": cast.product.pk,
        "category": "law",
        "current_likelihood": 2,
        "current_impact": 3,
        **SAID,
        **values,
    }


def test_risk_is_raised_from_its_form(cast, team):
    answer = team.post(
        reverse("risk-add", args=[cast.product.code]), typed(cast, owner=cast.it_manager.name), follow=True
    )
    risk = Risk.objects.get()
    assert risk.owner == cast.it_manager
    assert "Medium" in answer.content.decode()


@pytest.mark.parametrize(("wrong", "words"), [
    ({"current_impact": ""}, "Choose likelihood and impact"),
    ({"current_likelihood": "7"}, "Select a valid choice"),
    ({"consequence_en": ""}, "Say all three parts"),
    ({"strategy": "transfer"}, "Say to whom"),
    ({"strategy": "mitigate"}, "needs an activity"),
    ({"strategy": "mitigate", "what_en": "Split it"}, "by whom and until when"),
    ({"raised_on": "2099-01-01"}, "still to come"),
    ({"owner": "Nobody Known"}, "Nobody here is called"),
])  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(cast, team, wrong, words):
    answer = team.post(reverse("risk-add", args=[cast.product.code]), typed(cast, **wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert SAID["event_en"] in answer.content.decode()
    assert not Risk.objects.exists()


def test_risk_that_says_the_same_is_shown_before_it_is_raised(cast, team, risk):
    page = reverse("risk-add", args=[cast.product.code])
    same = typed(cast, event_en="Matches in French are poorer than the English ones")
    answer = team.post(page, same)
    assert answer.status_code == 422
    assert address("risk-detail", risk) in answer.content.decode()
    assert team.post(page, same | {"seen_similar": "R-001"}).status_code == 303
    assert Risk.objects.count() == 2


ALIKE = [
    ("en", "the only expert on the matching rules leaves", "the one expert on matching rules leaves"),
    ("en", "the supplier raises its prices after the first year", "prices are raised by the supplier after a year"),
    ("fr", "le fournisseur augmente ses prix après un an", "les prix du fournisseur augmentent après un an"),
    ("fr", "la seule experte des règles de jumelage quitte l’équipe", "l’unique experte des règles de jumelage quitte l’équipe"),
]  # fmt: skip
APART = [
    ("en", "the only expert on the matching rules leaves", "the supplier raises its prices after the first year"),
    ("en", "French matches are poorer than English ones", "the cloud bill doubles in the autumn"),
    ("fr", "le fournisseur augmente ses prix après la première année", "la seule experte des règles quitte l’équipe"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "kept", "said", "found"), [(*pair, 1) for pair in ALIKE] + [(*pair, 0) for pair in APART]
)
def test_similar_statements_are_found_in_either_language(cast, language, kept, said, found):
    def parts(event):
        return {f"given_{language}": "a", f"event_{language}": event, f"consequence_{language}": "b"}

    blank = dict.fromkeys([*SAID, *DIT], "")
    a_risk(cast, **{**blank, **parts(kept)})
    assert len(similar_risks(Risk(**parts(said)), Risk.objects.all())) == found


def test_list_scores_anew_and_comes_back_to_the_same_view(cast, team, risk):
    answer = team.post(address("risk-score", risk), {"version": risk.version, "query": "sort=number&band=high",
        "current_likelihood": 2, "current_impact": 4, "note": "The index is split."})  # fmt: skip
    assert (answer.status_code, answer["Location"]) == (
        303, reverse("risk-list", args=[cast.product.code]) + "?sort=number&band=high")  # fmt: skip
    assert RiskScore.objects.standing().get(kind="current").severity == 8
    assert RiskScore.objects.standing().get(kind="residual").severity == 8
    wrong = team.post(address("risk-score", risk), {"version": risk.version + 1, "query": "", "current_likelihood": 5,
        "current_impact": 4}).context["form"]  # fmt: skip
    assert (wrong["residual_impact"].value(), wrong["current_likelihood"].value()) == ("4", "5")


def test_second_of_two_who_score_at_once_reads_both_and_keeps_what_was_typed(cast, team, risk):
    seen = risk.version
    score_risk(risk=risk, scores={"current": (1, 1)}, note="It is gone.", by=cast.it_manager)
    mine = {"version": seen, "current_likelihood": 5, "current_impact": 5, "note": "It begins."}
    answer = team.post(address("risk-score", risk), mine)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "It begins." in text
    assert "1 (1 × 1)" in text
    assert team.post(address("risk-score", risk), mine | {"version": seen + 1}).status_code == 303


def test_score_chosen_by_mistake_is_taken_back_before_the_risk_is_raised(cast, team):
    page = reverse("risk-add", args=[cast.product.code])
    again = typed(cast, residual_likelihood=3, residual_impact="")
    assert team.post(page, again).status_code == 422
    assert "Not scored yet" in team.get(page).content.decode()
    assert team.post(page, again | {"residual_likelihood": ""}).status_code == 303
    kinds = set(RiskScore.objects.values_list("kind", flat=True))
    assert kinds == {"current"}
    assert "Not scored yet" in team.get(address("risk-score", Risk.objects.get())).content.decode()


def test_register_leads_to_its_files_and_offers_each_state_once(cast, team, client_of, risk):
    page = reverse("risk-list", args=[cast.product.code])
    text = tight(team.get(page).content.decode())
    assert text.count(">open</option>") == 1
    files = [reverse("risk-file", args=[cast.product.code, kind]) for kind in ("pdf", "xlsx", "csv")]
    upload = reverse("risk-import", args=[cast.product.code])
    assert [each for each in [*files, upload] if each not in text] == []
    seen = client_of("sponsor").get(page).content.decode()
    assert files[0] in seen
    assert upload not in seen


def test_list_filters_and_counts(cast, team):
    with clock.at(noon("2026-05-01")):
        a_risk(cast)
    a_risk(cast, scores={"current": (1, 1)}, owner=cast.it_manager)
    page = reverse("risk-list", args=[cast.product.code])

    def found(query):
        return [risk.label for risk in team.get(f"{page}?{query}").context["shown"]]

    assert found("") == ["R-001", "R-002"]
    assert found("sort=score") == ["R-002", "R-001"]
    assert found("band=low") == ["R-002"]
    assert found("due=review") == ["R-001"]
    assert found(f"owner={cast.it_manager.pk}") == ["R-002"]
    assert found("state=closed") == []
    assert found("strategy=none&q=poorer") == ["R-001", "R-002"]
    assert found("due=board") == found("due=accepted") == []


def test_list_says_when_a_score_moved_not_when_its_risk_was_reopened(cast, team, risk):
    today, by = clock.today(), cast.product_manager
    with clock.at(noon(today - timedelta(days=20))):
        moved = a_risk(cast, scores={"current": (3, 4)})
    with clock.at(noon(today - timedelta(days=10))):
        score_risk(risk=moved, scores={"current": (4, 4)}, note="Rose", by=by)
    close_risk(risk=moved, reason="Gone", by=by)
    reopen_risk(risk=moved, reason="Back", by=by)
    shown = {each.pk: each for each in team.get(reverse("risk-list", args=[cast.product.code])).context["shown"]}
    assert (str(shown[moved.pk].moved[1]), shown[moved.pk].days) == ("Up from 12", 10)
    assert (str(shown[risk.pk].moved[1]), shown[risk.pk].days) == ("No change", 0)


def test_list_asks_the_same_number_of_questions_however_long(cast, team):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page, counts = reverse("risk-list", args=[cast.product.code]), []
    for _more in range(2):
        for _each in range(3):
            a_risk(cast, owner=cast.it_manager)
        team.get(page)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            team.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_is_to_be_put_right_leads_to_its_field(cast, team):
    with clock.at(noon("2026-05-01")):
        first = an_activity(cast, due_on=date(2026, 6, 1))
        risk = a_risk(cast, scores={"current": (4, 4), "residual": (5, 5)}, strategy="mitigate", first=first)
        a_risk(cast, strategy="monitor", scores={"inherent": (1, 1), "current": (2, 4)})
    found = team.get(reverse("risk-quality", args=[cast.product.code])).content.decode()
    fields = ["inherent_likelihood_0", "residual_likelihood_0", "id_note", "id_owner", "id_due_on", "facts-h"]
    assert [field for field in fields if field not in found] == []
    assert "id_until" not in found
    for page in ("risk-score", "risk-review", "risk-change"):
        assert 'id="id_' in team.get(address(page, risk)).content.decode()


def test_accepting_is_offered_to_whom_the_band_names(cast, client_of):
    risk = a_risk(cast, strategy="monitor")
    assert client_of("product_manager").get(address("risk-accept", risk)).status_code == 403
    sponsor, until = client_of("sponsor"), clock.today() + timedelta(days=60)
    bad = sponsor.post(address("risk-accept", risk), {"version": risk.version, "until": "2020-01-01"})
    assert bad.status_code == 422
    answer = sponsor.post(address("risk-accept", risk), {"version": risk.version, "until": until, "justification_en": "Cheap."},
                          follow=True)  # fmt: skip
    assert str(until) in answer.content.decode()
    assert "Accept it anew" in answer.content.decode()
    withdrawn = sponsor.post(address("risk-acceptance-withdraw", risk), follow=True,
                             data={"version": RiskAcceptance.objects.get().version, "reason": "Dearer."})  # fmt: skip
    assert "Dearer." in withdrawn.content.decode()
    assert RiskAcceptance.objects.get().ended_why == "withdrawn"


def test_risk_becomes_an_issue_is_closed_and_reopened(cast, team, risk):
    def press(name, **values):
        version = Risk.objects.get(pk=risk.pk).version
        return team.post(address(name, risk), {"version": version, **values}, follow=True).content.decode()

    assert "It became an issue" in press("risk-issue", became_issue_on=clock.today(), issue_en="It broke.")
    assert "It was closed on" in press("risk-close", reason="Repaired.")
    assert "with the scores it had last" in press("risk-reopen", reason="Again.")
    assert "Note the review" in team.get(address("risk-review", risk)).content.decode()
    assert "Still so" in press("risk-review", note="Still so")


def test_activity_moves_on(cast, team):
    risk = a_risk(cast, strategy="mitigate", first=an_activity(cast))
    only = risk.mitigations.get()
    move = address("mitigation-move", risk, only.pk)
    assert team.post(move, {"version": "9" * 5000, "state": "dropped"}).status_code == 409
    assert team.post(move, {"version": only.version, "state": "dropped"}).status_code == 409
    here = f"http://testserver{address('risk-detail', risk)}"
    for referer, leads in ((here, True), ("https://elsewhere.example/", False), ("javascript:alert(1)", False)):
        refused = team.post(move, {"version": only.version, "state": "dropped"}, headers={"referer": referer})
        assert (f'<li><a href="{referer}"' in refused.content.decode()) is leads
    assert 'value="dropped"' not in team.get(address("risk-detail", risk)).content.decode()
    assert team.post(move, {"version": only.version, "state": "done"}).status_code == 303
    more = {"what_en": "Test it", "owner": cast.it_manager.name, "due_on": "2099-01-01"}
    assert team.post(address("mitigation-add", risk), more).status_code == 303
    assert 'value="dropped"' in team.get(address("risk-detail", risk)).content.decode()
    changed = team.post(address("mitigation-change", risk, only.pk), more | {"version": only.version + 1})
    assert changed.status_code == 303


def test_activity_is_planned_for_a_day_to_come(cast, team):
    """One whose day has passed can still be corrected in its other words."""
    with clock.at(noon("2026-05-01")):
        risk = a_risk(cast, strategy="mitigate", first=an_activity(cast, due_on=date(2026, 6, 1)))
    only = risk.mitigations.get()
    values = {"what_en": "Test it", "owner": cast.it_manager.name, "version": only.version}
    change = address("mitigation-change", risk, only.pk)
    for where in (address("mitigation-add", risk), change):
        refused = team.post(where, values | {"due_on": "2026-05-31"})
        assert refused.status_code == 422
        assert "2026-05-31 has passed" in refused.context["form"].errors["due_on"][0]
    assert team.post(change, values | {"due_on": "2026-06-01"}).status_code == 303


def test_whoever_does_an_activity_sees_its_risk_and_notes_how_far_it_is(cast, client_of):
    """Also from beside the team; of the register they see no more than that."""
    doer = cast.colleague
    risk = a_risk(cast, strategy="mitigate", first=an_activity(cast, owner=doer, due_on=clock.today()))
    only, client = risk.mitigations.get(), client_of("colleague")
    home = client.get(reverse("home")).content.decode()
    assert address("risk-detail", risk) in home
    assert client.get(reverse("risk-list", args=["JSA"])).status_code == 404
    assert "Begin" in client.get(address("risk-detail", risk)).content.decode()
    assert client.post(address("mitigation-move", risk, only.pk), {"version": 1, "state": "done"}).status_code == 303
    assert client.get(address("risk-score", risk)).status_code == 403


def test_home_names_the_reviews_that_wait(cast, client_of):
    with clock.at(noon("2026-05-01")):
        risk = a_risk(cast)
    assert address("risk-review", risk) in client_of("product_manager").get(reverse("home")).content.decode()


def test_words_are_kept_when_a_colleague_closed_the_risk_meanwhile(cast, team, risk):
    close_risk(risk=risk, reason="Gone.", by=cast.it_manager)
    scored = {"version": 1, "query": "", "current_likelihood": 5, "current_impact": 5, "note": "It begins to show."}
    answer = team.post(address("risk-score", risk), scored)
    assert (answer.status_code, "It begins to show." in answer.content.decode()) == (409, True)
    changed = {"version": 1, "category": "law", **SAID, "given_en": "Nobody knows it any more"}
    answer = team.post(address("risk-change", risk), changed)
    assert (answer.status_code, "Nobody knows it any more" in answer.content.decode()) == (409, True)
    assert team.get(address("risk-score", risk)).status_code == 409


def test_undecided_strategy_leads_to_its_first_choice(cast, team, risk):
    assert f"{address('risk-change', risk)}#id_strategy_0" in team.get(address("risk-detail", risk)).content.decode()
    assert 'id="id_strategy_0"' in team.get(address("risk-change", risk)).content.decode()


def test_owner_from_another_department_is_led_to_the_risk_and_reads_it(cast, client_of):
    with clock.at(noon("2026-05-01")):
        risk = a_risk(cast, owner=cast.stranger)
    client = client_of("stranger")
    home = client.get(reverse("home")).content.decode()
    assert address("risk-detail", risk) in home
    assert address("risk-review", risk) not in home
    page = client.get(address("risk-detail", risk))
    assert (page.status_code, SAID["event_en"] in page.content.decode()) == (200, True)
    assert client.get(reverse("risk-list", args=["JSA"])).status_code == 404
    product = reverse("product-detail", args=["JSA"])
    assert client.get(product).status_code == 404
    assert f'"{product}"' not in page.content.decode()
    assert client.get(address("risk-review", risk)).status_code == 403


def test_changing_the_strategy_says_why(cast, team, risk):
    version = {"version": risk.version, "category": "law", **SAID}
    answer = team.post(address("risk-change", risk), version | {"strategy": "monitor"})
    assert answer.status_code == 422
    assert "Say why the strategy changes" in answer.content.decode()
    answer = team.post(
        address("risk-change", risk), version | {"strategy": "monitor", "strategy_note": "Too dear."}, follow=True
    )
    assert "Too dear." in answer.content.decode()


def test_readers_of_the_register_see_no_buttons_and_strangers_nothing(client_of, risk):
    assert "Score it anew" not in client_of("auditor").get(address("risk-detail", risk)).content.decode()
    assert client_of("stranger").get(address("risk-detail", risk)).status_code == 404


def test_pages_speak_french(cast, risk, client_of):
    cast.product_manager.language = "fr"
    client = client_of("product_manager")
    for name in ("risk-detail", "risk-score"):
        page = client.get(address(name, risk).replace("/en/", "/fr/")).content.decode()
        assert '<html lang="fr"' in page
        assert "Plus probable qu’improbable" in page
