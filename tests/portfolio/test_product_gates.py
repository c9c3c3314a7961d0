"""The block about toll-gates on the page of a product."""

from datetime import timedelta

from records import clock
from tests.governance.deciding import bound, decided, gate_of, review_for, stand


def test_product_page_says_where_it_stands_with_boards(cast, client_of):
    page = client_of("colleague").get("/en/products/JSA/").content.decode()
    assert "One gate is open" in page
    assert "Service justification" in page
    stand(cast.product, "operate")
    bound(cast, due_on=clock.today() - timedelta(days=3))
    decided(review_for(cast, gate=gate_of(5)), next_review_on=clock.today() - timedelta(days=1))
    team = client_of("product_manager").get("/en/products/JSA/").content.decode()
    assert "The business case review was due" in team
    assert "1 outstanding" in team
    assert "1 overdue" in team
    others = client_of("colleague").get("/fr/products/JSA/").content.decode()
    assert "?q=JSA" not in others
