"""Boards as their department reads them, and as administrators set them up."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions.boards import end_seat
from governance.models import Board, BoardType, Competence, Seat
from records import clock
from tests.governance.town import board_of
from tests.pages import tight

pytestmark = pytest.mark.django_db


def test_department_reads_what_a_board_decides_and_who_sits_on_it(town, client_of):
    page = tight(client_of("colleague").get(reverse("board-detail", args=[town.board.pk])).content.decode())
    assert "every toll-gate" in page.lower()
    assert all(f">{person.name}" in page for person in (town.chair, town.alternate, town.secretary, town.observer))
    assert "4 of 5 seats with a vote" in page
    assert client_of("stranger").get(reverse("board-detail", args=[town.board.pk])).status_code == 404


def test_board_whose_quorum_cannot_be_met_says_so_in_both_languages(town, client_of):
    for name in ("chair", "member_one"):
        end_seat(seat=town.seats[name], ends_on=clock.today() - timedelta(days=1), by=town.cast.admin)
    address = reverse("board-detail", args=[town.board.pk])
    page = client_of("colleague").get(address).content.decode()
    assert "3 seats with a vote are held, and the quorum is 4" in page
    assert "Nobody chairs this board" in page
    french = client_of("colleague").get(address.replace("/en/", "/fr/")).content.decode()
    assert "Personne ne préside ce comité" in french


def test_list_costs_the_same_for_two_and_three_boards(town, client_of, django_assert_max_num_queries):
    client, address = client_of("oversight"), reverse("board-list")
    with CaptureQueriesContext(connection) as before:
        assert "2 boards decide" in client.get(address).content.decode()
    board_of(town.cast, "review-committee", "REV")
    with django_assert_max_num_queries(len(before)):
        assert "3 boards decide" in client.get(address).content.decode()


def test_administrator_sets_up_a_board_seats_a_person_and_ends_the_seat(cast, client_of):
    client = client_of("admin")
    kind = BoardType.objects.get(code="investment-board")
    sent = {"type": kind.pk, "department": cast.department.pk, "acronym": "INV"}
    assert client.post(reverse("admin:governance_board_add"), sent).status_code == 302
    board = Board.objects.get()
    assert (board.quorum, board.competences.count()) == (4, 3)
    seat = {"board": board.pk, "role": "chair", "person": cast.cfo.pk, "starts_on": "2024-04-01"}
    assert client.post(reverse("admin:governance_seat_add"), seat).status_code == 302
    again = client.post(reverse("admin:governance_seat_add"), seat | {"person": cast.cio.pk})
    assert again.status_code == 422
    assert "has a chair in that time" in again.content.decode()
    end = f"{reverse('admin:governance_seat_act', args=['end'])}?pk={Seat.objects.get().pk}"
    assert client.post(end, {"ends_on": "2025-03-31", "reason": "Retired"}).status_code == 302
    assert Seat.objects.get().ends_on.isoformat() == "2025-03-31"


def test_board_being_picked_for_a_seat_says_of_which_department_it_is(town, client_of):
    asked = "?app_label=governance&model_name=seat&field_name=board&term="
    found = client_of("admin").get(reverse("admin:autocomplete") + asked).json()["results"]
    assert f"{town.board.name} ({town.board.department.code})" in [each["text"] for each in found]
    wrong = client_of("admin").post(reverse("admin:governance_seat_add"), {"board": town.board.pk}).content.decode()
    listed = client_of("admin").get(reverse("admin:governance_seat_changelist")).content.decode()
    assert [page.count(town.board.told_apart) > 0 for page in (wrong, listed)] == [True, True]


def test_administrator_changes_the_quorum_and_takes_a_kind_of_decision_away(town, client_of):
    client = client_of("admin")
    address = reverse("admin:governance_board_change", args=[town.board.pk])
    page = client_of("admin").get(address).content.decode()
    for name in ("seat", "competence"):
        listed = f"{reverse(f'admin:governance_{name}_changelist')}?board__id__exact={town.board.pk}"
        assert listed in page
        assert client_of("admin").get(listed).status_code == 200
    shown = client.get(address).context["adminform"].form
    sent = {name: shown[name].value() for name in shown.fields} | {"quorum": 3}
    sent = {name: value for name, value in sent.items() if value not in (None, False)}
    assert client.post(address, sent).status_code == 302
    assert Board.objects.get(pk=town.board.pk).quorum == 3
    competence = Competence.objects.get(board=town.board, kind="status")
    act = f"{reverse('admin:governance_competence_act', args=['withdraw'])}?pk={competence.pk}"
    assert client.post(act, {"reason": "Another board does it"}).status_code == 302
    assert not Competence.objects.filter(pk=competence.pk).exists()
