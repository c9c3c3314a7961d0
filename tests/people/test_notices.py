"""Telling people: who is told, once, inside the act; what they choose; what they read."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop

from people.actions.notices import choose_mail, read_all_notices, read_notice, tell, tell_people
from people.actions.people import choose_language
from people.models import Notice
from people.notices import KINDS, Group, Telling, both, deliveries_of, one_line, rhythm_of, telling, without_language
from records.acts import act
from records.models import AuditEvent, Job
from tests.people.telling import RAISED, ROLE, said

pytestmark = pytest.mark.django_db


def test_who_acts_and_who_left_are_not_told(cast):
    cast.sponsor.is_active = False
    said(cast, people=[cast.colleague, cast.colleague, cast.sponsor, cast.cio], by=cast.cio)
    assert [notice.person for notice in Notice.objects.filter(kind=RAISED)] == [cast.colleague]


def test_nobody_is_told_of_what_did_not_happen(cast):
    @act
    def failing(*, by):
        tell(person=cast.colleague, kind=ROLE, text_en="a", text_fr="b", path="/en/", by=by)
        raise ValidationError("no")

    with pytest.raises(ValidationError):
        failing(by=cast.cio)
    assert not Notice.objects.filter(person=cast.colleague).exists()
    assert not Job.objects.filter(kind="people.mail_notice", asked_by_id=str(cast.cio.pk)).exists()


def test_telling_outside_an_act_an_unknown_kind_and_a_foreign_address_are_errors(cast):
    given = {"person": cast.colleague, "text_en": "a", "text_fr": "b", "by": cast.cio}
    with pytest.raises(RuntimeError):
        tell(**given, kind=ROLE, path="/")
    with pytest.raises(LookupError):
        said(cast, people=[cast.colleague], kind="no.such")
    for path in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        with pytest.raises(ValueError, match="a page of ours"):
            said(cast, people=[cast.colleague], path=path)


def test_a_key_is_told_once_to_each_person(cast):
    said(cast, people=[cast.colleague], key="quarter 3", kind=ROLE)
    said(cast, people=[cast.colleague, cast.executive], key="quarter 3", kind=ROLE)
    told = Notice.objects.filter(kind=ROLE, key="quarter 3").values_list("person", flat=True)
    assert sorted(told) == sorted([cast.colleague.pk, cast.executive.pk])


def test_fifteen_people_cost_as_many_questions_as_one(cast, django_assert_num_queries):
    @act
    def telling_all(*, by):
        with django_assert_num_queries(2):
            tell_people(people=cast.people.values(), kind=RAISED, text_en="a", text_fr="b", path="/", by=by)

    telling_all(by=cast.cio)


def test_the_past_can_be_entered_quietly(cast):
    with telling(Telling.NOBODY):
        said(cast, people=[cast.colleague])
    with telling(Telling.WITHOUT_MAIL):
        said(cast, people=[cast.executive], kind=ROLE)
    assert [(each.person, each.delivery) for each in Notice.objects.filter(path="/products/JSA/")] == [
        (cast.executive, "here")
    ]


def test_words_are_put_in_both_languages():
    words = both(gettext_noop("Products"), name="x")
    assert words == {"text_en": "Products", "text_fr": "Produits"}


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Ann\r\nBcc: all@home.example", "Ann Bcc: all@home.example"),
        ("  two\t words\x00 ", "two words"),
        ("turned \u202eround\u2069", "turned round"),
        ("word " * 80, ("word " * 60).strip()[:299].rsplit(" ", 1)[0] + "…"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_text_becomes_one_harmless_line(typed, line):
    assert one_line(typed) == line


def test_paths_lose_their_language_and_get_the_readers():
    assert without_language("/en/products/JSA/") == "/products/JSA/"
    assert without_language("/french/") == "/french/"


def test_reading_is_for_oneself(cast):
    said(cast, people=[cast.colleague, cast.executive])
    hers = Notice.objects.get(person=cast.executive)
    read_notice(notice=hers, by=cast.colleague)
    assert Notice.objects.get(pk=hers.pk).read_at is None
    read_notice(notice=hers, by=cast.executive)
    first = Notice.objects.get(pk=hers.pk).read_at
    assert first
    assert (read_all_notices(by=cast.executive), read_all_notices(by=cast.colleague)) == (0, 1)
    assert Notice.objects.get(pk=hers.pk).read_at == first


def test_choice_is_kept_used_and_leaves_a_trace(cast):
    assert choose_mail(by=cast.colleague, rhythm="daily", deliveries={RAISED: "at_once"})
    assert not choose_mail(by=cast.colleague, rhythm="daily", deliveries={RAISED: "at_once"})
    said(cast, people=[cast.colleague, cast.executive])
    ways = dict(Notice.objects.filter(kind=RAISED).values_list("person", "delivery"))
    assert ways == {cast.colleague.pk: "at_once", cast.executive.pk: "digest"}
    event = AuditEvent.objects.get(event="notices and mail chosen")
    assert event.changes == {RAISED: ["digest", "at_once"], "digest": ["weekly", "daily"]}


@pytest.mark.parametrize(
    "choice", [{"rhythm": "hourly"}, {"deliveries": {"no.such": "here"}}, {"deliveries": {RAISED: "by pigeon"}},
               {"deliveries": {ROLE: "here"}}])  # fmt: skip
def test_choice_that_cannot_be_made_is_refused(cast, choice):
    with pytest.raises(ValidationError):
        choose_mail(by=cast.colleague, **{"rhythm": "weekly", "deliveries": {}, **choice})
    assert rhythm_of(cast.colleague) == "weekly"
    assert deliveries_of(cast.colleague)[ROLE] == "at_once"


def test_page_shows_the_unread_first_and_only_ones_own(cast, client_of):
    said(cast, people=[cast.colleague], text_en="The first thing", text_fr="La première chose")
    read_all_notices(by=cast.colleague)
    said(cast, people=[cast.colleague], text_en="The second <b>thing</b>", text_fr="La deuxième chose")
    said(cast, people=[cast.executive], text_en="Somebody else’s", text_fr="À une autre")
    client = client_of("colleague")
    page = client.get("/en/notices/").content.decode()
    assert page.index("The second &lt;b&gt;thing") < page.index("The first thing")
    assert '<span class="count">1</span> notice' in page
    assert "Somebody else’s" not in page
    french = client.get("/fr/notices/").content.decode()
    assert 'href="/fr/products/JSA/">La deuxième chose' in french


def test_notices_are_marked_by_a_post_and_strangers_find_none(cast, client_of):
    said(cast, people=[cast.colleague])
    notice = Notice.objects.get(person=cast.colleague)
    assert client_of("executive").post(f"/en/notices/{notice.pk}/read/").status_code == 404
    client = client_of("colleague")
    assert client.get(f"/en/notices/{notice.pk}/read/").status_code == 405
    assert client.post(f"/en/notices/{notice.pk}/read/")["Location"] == "/en/notices/"
    assert Notice.objects.get(pk=notice.pk).read_at
    assert "0 notices" not in client.post("/en/notices/read/", follow=True).content.decode()


def test_list_costs_the_same_for_many_and_is_paged(cast, client_of, django_assert_max_num_queries):
    for number in range(27):
        said(cast, people=[cast.colleague], text_en=f"Thing {number}", text_fr="x")
    client = client_of("colleague")
    client.get("/en/notices/")
    with django_assert_max_num_queries(6):  # four of the frame
        page = client.get("/en/notices/?page=2").content.decode()
    assert "26–27 of 27" in page


def test_settings_page_keeps_a_choice_and_says_why_some_leave_none(cast, client_of):
    client = client_of("colleague")
    page = client.get("/en/account/notices/").content.decode()
    assert "You answer for a product from that day." in page
    assert "kind_role_given" not in page
    given = {"rhythm": "never"} | {f"kind_{code.replace('.', '_')}": "here" for code in deliveries_of(cast.colleague)}
    assert client.post("/en/account/notices/", given)["Location"] == "/en/account/notices/"
    assert rhythm_of(cast.colleague) == "never"
    assert deliveries_of(cast.colleague)[RAISED] == "here"
    assert "No digest comes." in client.get("/en/account/").content.decode()
    answer = client.post("/en/account/notices/", given | {"rhythm": "hourly"})
    assert answer.status_code == 422


def test_language_of_the_reader_counts(cast, client_of):
    choose_language(person=cast.colleague, language="fr", by=cast.colleague)
    assert client_of("colleague").get("/fr/account/notices/").status_code == 200


def test_every_kind_has_words_a_group_and_a_reason_where_it_leaves_no_choice():
    assert len(KINDS) > 10
    for kind in KINDS.values():
        assert str(kind.label)
        assert kind.group != Group.OTHER, f"{kind.code}: under which heading does a person look for it?"
        assert not kind.must or str(kind.must).endswith("."), kind.code
