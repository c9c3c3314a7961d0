"""Product status from the sponsor's request to its end, and who may do what on its pages."""

from datetime import date, timedelta

import pytest

from governance.consequences import carry_out
from governance.jobs import follow_status
from governance.models import Review
from products.actions.status import grant_waiting
from products.models import Product, ProductStatus
from records import clock
from records.actors import SYSTEM
from records.acts import performing
from records.models import AuditEvent
from records.refusals import OutOfTurn
from records.writing import save
from roadmaps.actions.roadmap import open_roadmap
from roadmaps.actions.years import prepare_year
from tests.governance.deciding import board_for, decided, gate_of, review_for, stand

PAGE = "/en/products/JSA/status/"


@pytest.fixture
def year(cast):
    roadmap = open_roadmap(product=cast.product, by=cast.product_manager, horizon_from=2026, horizon_years=3)
    return prepare_year(roadmap=roadmap, year=2026, by=cast.product_manager)


@pytest.fixture
def request_made(cast, year, client_of):
    answer = client_of("sponsor").post(f"{PAGE}request/", {"until": 2028, "business_case": year.pk})
    assert answer.status_code == 303
    return ProductStatus.objects.get()


def decide(cast, outcome, kind="status"):
    review = Review.objects.filter(kind=kind, state="preparing").first() or review_for(cast, kind)
    review.board, review.submitted_at, review.submitted_by_id = board_for(cast), clock.now(), "1"
    decision = decided(review, outcome, rationale_en="The case does not hold")
    with performing():
        carry_out(decision=decision, by=SYSTEM)


def with_paper_mou(cast):
    product = Product.objects.get(pk=cast.product.pk)
    product.paper_mou_location = "Cabinet 4"
    save(product, by=SYSTEM)


def test_request_begins_a_review_with_the_roadmap_as_business_case(cast, request_made, client_of):
    assert (request_made.state, request_made.asked_until) == ("requested", date(2029, 3, 31))
    assert Review.objects.get(kind="status").state == "preparing"
    page = client_of("colleague").get(PAGE).content.decode()
    assert "Product status is requested" in page
    assert "Roadmap 2026–27" in page
    assert (
        client_of("sponsor").post(f"{PAGE}request/", {"until": 2028, "business_case": request_made.pk}).status_code
        == 422
    )


def test_approved_status_waits_for_the_mou_and_then_begins(cast, request_made, client_of):
    decide(cast, "approved")
    request_made.refresh_from_db()
    assert (request_made.state, request_made.granted_on) == ("approved", None)
    assert "waits for the MOU" in client_of("colleague").get(PAGE).content.decode()
    assert client_of("sponsor").post(f"{PAGE}grant/").status_code == 409
    with_paper_mou(cast)
    assert client_of("sponsor").post(f"{PAGE}grant/").status_code == 303
    request_made.refresh_from_db()
    assert (request_made.state, request_made.expires_on) == ("granted", date(2029, 3, 31))
    assert request_made.mandate.kind == "decision"


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("approved", "granted"), ("returned", "requested"), ("deferred", "requested"), ("rejected", "refused")],
)
def test_decision_grants_refuses_or_leaves_the_request(cast, request_made, outcome, state):
    with_paper_mou(cast)
    decide(cast, outcome)
    request_made.refresh_from_db()
    assert request_made.state == state


def test_review_withdraws_status_and_the_exit_record_is_completed(cast, request_made, client_of):
    with_paper_mou(cast)
    decide(cast, "approved")
    decide(cast, "approved", "status_review")
    assert ProductStatus.objects.get().state == "granted"
    decide(cast, "rejected", "status_review")
    status = ProductStatus.objects.get()
    assert (status.state, status.exit_reason, status.ended_on) == ("withdrawn", "The case does not hold", clock.today())
    record = {
        "exit_reason": status.exit_reason,
        "funds_released": "125000",
        "kept": "The data",
        "version": status.version,
    }
    assert client_of("colleague").post(f"{PAGE}{status.pk}/exit/", record).status_code == 403
    assert client_of("cfo").post(f"{PAGE}{status.pk}/exit/", record).status_code == 303
    page = client_of("colleague").get(PAGE.replace("/en/", "/fr/")).content.decode()
    assert "125" in page
    assert "The data" in page


def test_renewal_takes_the_place_of_status_in_force(cast, year, request_made, client_of):
    with_paper_mou(cast)
    decide(cast, "approved")
    client_of("sponsor").post(f"{PAGE}request/", {"until": 2028, "business_case": year.pk})
    assert "Its renewal is requested" in client_of("colleague").get(PAGE).content.decode()
    decide(cast, "approved")
    assert sorted(ProductStatus.objects.values_list("state", flat=True)) == ["granted", "renewed"]


def test_daily_work_begins_waiting_status_and_ends_it_on_its_day(cast, request_made):
    decide(cast, "approved")
    with_paper_mou(cast)
    for day, state in [(clock.now(), "granted"), (clock.now() + timedelta(days=2000), "expired")]:
        for _again in range(2):
            with clock.at(day), performing():
                follow_status({})
        request_made.refresh_from_db()
        assert request_made.state == state
    assert request_made.ended_on == date(2029, 3, 31)
    assert AuditEvent.objects.filter(event="product status expired").count() == 1


def test_status_approved_for_a_horizon_that_is_over_lapses_and_nobody_stumbles_over_it(cast, request_made, client_of):
    decide(cast, "approved")
    assert "take-back/" in client_of("sponsor").get(PAGE).content.decode()
    with_paper_mou(cast)
    with clock.at(clock.now() + timedelta(days=2000)), performing():
        with pytest.raises(OutOfTurn, match="asked for anew"):
            grant_waiting(status=ProductStatus.objects.get(), by=SYSTEM)
        follow_status({})
    request_made.refresh_from_db()
    assert (request_made.state, request_made.granted_on) == ("refused", None)
    assert request_made.exit_reason.startswith("No MOU came")


@pytest.mark.parametrize(("asked", "ended"), [(False, "withdrawn"), (True, "refused")])
def test_status_ends_with_the_product(cast, request_made, asked, ended):
    if not asked:
        with_paper_mou(cast)
        decide(cast, "approved")
    stand(cast.product, "retire")
    with performing():
        carry_out(decision=decided(review_for(cast, gate=gate_of(7)), "approved"), by=SYSTEM)
    request_made.refresh_from_db()
    assert (request_made.state, request_made.ended_on) == (ended, clock.today())
    assert Product.objects.get(pk=cast.product.pk).is_closed


@pytest.mark.parametrize(
    "who", ["product_manager", "head_of_product", "cio", "portfolio_manager", "admin", "colleague"]
)
def test_only_the_sponsor_requests_status(year, client_of, who):
    client = client_of(who)
    assert client.post(f"{PAGE}request/", {"until": 2028, "business_case": year.pk}).status_code == 403
    assert not ProductStatus.objects.exists()
    assert "request/" not in client.get(PAGE).content.decode()


def test_request_is_taken_back_with_its_review(request_made, client_of):
    sponsor = client_of("sponsor")
    assert sponsor.post(f"{PAGE}take-back/", {"reason": " "}).status_code == 422
    assert sponsor.post(f"{PAGE}take-back/", {"reason": "Next year"}).status_code == 303
    request_made.refresh_from_db()
    assert (request_made.state, Review.objects.get().state) == ("refused", "withdrawn")
    assert sponsor.post(f"{PAGE}take-back/", {"reason": "Again"}).status_code == 404


def test_team_asks_a_board_for_what_can_be_decided_now(cast, year, client_of):
    client = client_of("product_manager")
    page = client.get("/en/products/JSA/board/").content.decode()
    assert "Advice of a board" in page
    assert "Endorse the roadmap year" not in page
    client_of("it_manager").post("/en/products/JSA/roadmap/2026/vet/")
    assert "Endorse the roadmap year 2026–27" in client.get("/en/products/JSA/board/").content.decode()
    assert client.post("/en/products/JSA/board/", {"what": "year-2026"}).status_code == 303
    assert Review.objects.get().kind == "roadmap_endorsement"
    assert client.post("/en/products/JSA/board/", {"what": "year-2026"}).status_code == 422
