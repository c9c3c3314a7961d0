"""What a product's autonomy level leaves to its team at the gate of an outcome; everything else needs a board (domain.md §2)."""

from django.utils.translation import gettext as _

from products.models import Product
from roadmaps.models import Outcome
from roadmaps.states import GateResult, OutcomeState


def left_to_team(product: Product) -> list[GateResult]:
    """The results that the team decides alone; none where no level is recorded."""
    level = product.autonomy_level
    return [result for result in GateResult if level is not None and getattr(level, f"team_may_{result}")]


def must_ask_to_stop(outcome: Outcome, product: Product) -> bool:
    """To stop what is in delivery is a result of its gate, by whichever form; what never began is only taken off the plan."""
    return outcome.state == OutcomeState.IN_DELIVERY and GateResult.STOP not in left_to_team(product)


def why_not_alone(product: Product, result: GateResult) -> str:
    """Why the team does not decide `result` alone, and what to do instead."""
    if product.autonomy_level is None:
        return _(
            "No autonomy level is recorded for this product, so nothing says that the team decides this alone. "
            "Ask a board, or record the level with the product."
        )
    told = {"level": product.autonomy_level.name, "result": result.label}
    return _("The autonomy level “%(level)s” does not leave this to the team: %(result)s. Ask a board.") % told
