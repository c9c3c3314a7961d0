"""An endorsed year waits for a board: no page and no address sends it back."""

import pytest

PLAN = "/en/products/JSA/roadmap/2027/plan/"
RETURN = "/en/products/JSA/roadmap/2027/return/"


@pytest.mark.parametrize("who", ["portfolio_manager", "product_manager", "it_manager", "admin"])
def test_nobody_sends_an_endorsed_year_back_by_hand(endorsed, client_of, who):
    client = client_of(who)
    assert client.post(RETURN, {"reason": "Costs are missing"}).status_code == 404
    assert RETURN not in client.get(PLAN).content.decode()
    endorsed.refresh_from_db()
    assert endorsed.state == "endorsed"
