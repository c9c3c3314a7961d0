"""What a line of the history is made of: what it is about, and its words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """What an event is about; the filter of the history page."""

    PRODUCT = "product", _("Product and its place")
    TEAM = "team", _("Team and roles")
    BRIEF = "brief", _("Product Team Brief")
    STRATEGY = "strategy", _("Strategy")
    ROADMAP = "roadmap", _("Roadmap")
    DEMAND = "demand", _("Demand and projects")
    RELEASE = "release", _("Releases and feedback")
    MONEY = "money", _("Budget and boundaries")
    DELIVERY = "delivery", _("Delivery measures")
    INDICATOR = "indicator", _("Indicators")
    BOARD = "board", _("Toll-gates and boards")
    AGREEMENT = "agreement", _("Memoranda of understanding")
    RISK = "risk", _("Risks")
    OTHER = "other", _("Other")


@dataclass(frozen=True)
class Sentence:
    """`words` holds %(who)s and, where the name of the thing tells more than its fields, %(what)s.

    `draft`: concerns work that is not published. `follows`: the software did it because of an act that stands in the trail too.
    """

    topic: Topic
    words: Any
    draft: bool = False
    follows: bool = False
