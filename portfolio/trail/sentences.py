"""The audit trail in sentences: what each event means to a person, in the reader's language, and where it belongs.

One line per event of every floor; a test holds this table against the floors' own lists. `draft` events concern work that
is not published: only the team, oversight and auditors read them (domain.md §11).
"""

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
    OTHER = "other", _("Other")


@dataclass(frozen=True)
class Sentence:
    """`words` holds %(who)s and, where the name of the thing tells more than its fields, %(what)s."""

    topic: Topic
    words: Any
    draft: bool = False


T = Topic
SENTENCES: dict[str, Sentence] = {
    "product registered": Sentence(T.PRODUCT, _("%(who)s registered the product")),
    "product changed": Sentence(T.PRODUCT, _("%(who)s changed what is known of the product")),
    "product moved to another family": Sentence(T.PRODUCT, _("%(who)s moved the product to another family")),
    "phase moved": Sentence(T.PRODUCT, _("%(who)s entered a new phase by decision")),
    "product status granted": Sentence(T.PRODUCT, _("%(who)s entered product status by decision")),
    "opening position entered": Sentence(T.PRODUCT, _("%(who)s entered the opening position")),
    "link added": Sentence(T.PRODUCT, _("%(who)s added a link")),
    "link changed": Sentence(T.PRODUCT, _("%(who)s changed a link")),
    "link removed": Sentence(T.PRODUCT, _("%(who)s removed a link")),
    "value-stream stage added": Sentence(T.PRODUCT, _("%(who)s added a value-stream stage")),
    "value-stream stage changed": Sentence(T.PRODUCT, _("%(who)s changed the value-stream stage %(what)s")),
    "value-stream stage removed": Sentence(T.PRODUCT, _("%(who)s removed a value-stream stage")),
    "act refused": Sentence(T.OTHER, _("%(who)s tried something that was refused"), draft=True),
    "role assigned": Sentence(T.TEAM, _("%(who)s assigned a role")),
    "role ended": Sentence(T.TEAM, _("%(who)s ended a role: %(what)s")),
    "strategy draft saved": Sentence(T.STRATEGY, _("%(who)s saved a draft of the strategy"), draft=True),
    "strategy published": Sentence(T.STRATEGY, _("%(who)s published the strategy")),
    "budget line added": Sentence(T.MONEY, _("%(who)s added a budget line")),
    "budget line changed": Sentence(T.MONEY, _("%(who)s changed the budget line %(what)s")),
    "budget line removed": Sentence(T.MONEY, _("%(who)s removed a budget line")),
    "assessment recorded": Sentence(T.MONEY, _("%(who)s recorded an assessment")),
    "assessment changed": Sentence(T.MONEY, _("%(who)s brought an assessment up to date: %(what)s")),
    "standard in use added": Sentence(T.MONEY, _("%(who)s added a technology standard in use")),
    "standard in use changed": Sentence(T.MONEY, _("%(who)s changed the plan to leave %(what)s")),
    "standard in use removed": Sentence(T.MONEY, _("%(who)s removed a technology standard")),
}


def sentence(event: str) -> Sentence:
    """The sentence of `event`; its bare name for one that has none yet."""
    return SENTENCES.get(event) or Sentence(Topic.OTHER, f"%(who)s: {event.replace('%', '%%')}")


def events_of(topic: str) -> list[str]:
    """The events of one topic."""
    return [event for event, words in SENTENCES.items() if words.topic == topic]


def draft_events() -> list[str]:
    """Events only the team and those who watch over it may read."""
    return [event for event, words in SENTENCES.items() if words.draft]
