"""Risks for the addresses of the register: one with an activity, one accepted, one closed."""

from datetime import timedelta
from typing import Any

from governance.actions.risk_acceptances import accept_risk
from governance.actions.risks import close_risk
from records import clock
from tests.cast import Cast
from tests.governance.risk_world import a_risk, an_activity


def add_risks(cast: Cast) -> dict[str, Any]:
    """Name → row."""
    risk = a_risk(cast, strategy="mitigate", first=an_activity(cast))
    accepted, closed = a_risk(cast, strategy="monitor"), a_risk(cast)
    until = clock.today() + timedelta(days=30)
    accept_risk(risk=accepted, until=until, justification_en="Cheap.", by=cast.people["sponsor"])
    close_risk(risk=closed, reason="Gone.", by=cast.product_manager)
    return {"risk": risk, "mitigation": risk.mitigations.get(), "accepted_risk": accepted, "closed_risk": closed}
