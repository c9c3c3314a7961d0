"""Speed to market is told upwards by whatever says when something came into production (domain.md §8, decisions.md §6)."""

from datetime import date

from metrics.actions.kpis import note_speed_to_market
from records.actors import Actor
from roadmaps.models import Roadmap
from roadmaps.reading.waiting import waits_of


def note_speed(roadmap: Roadmap, day: date, reason: str, by: Actor) -> None:
    """Compute the indicator of the period of `day` anew, where the product keeps it; part of the act that released."""
    note_speed_to_market(product=roadmap.product, ages=waits_of(roadmap, day), day=day, reason=reason, by=by)
