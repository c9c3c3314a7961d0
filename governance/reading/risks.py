"""Risks as a package holds them, in the reader's language: the worst of a product, and the one a board is asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.models import Review
from governance.risk_states import (
    Band,
    Impact,
    ImpactArea,
    Likelihood,
    MitigationState,
    RiskStrategy,
    ScoreKind,
)
from governance.risks.statements import Statement, statement
from governance.risks.told import WORST_FIRST, risk_told
from people.bilingual import reader, said
from people.templatetags.gatehouse import colon
from records.trail import as_json


@dataclass(frozen=True)
class ScoreTold:
    """A score with the band it had that day. Severity is a rank."""

    kind: str
    likelihood: int
    impact: int
    band: str
    since: date | None = None

    @property
    def severity(self) -> int:
        return self.likelihood * self.impact

    @property
    def word(self) -> str:
        return capfirst(str(Band(self.band).label))

    @property
    def kind_word(self) -> str:
        return capfirst(str(ScoreKind(self.kind).label))

    @property
    def levels(self) -> str:
        """Likelihood 4, high; impact 5, catastrophic."""
        words = _("Likelihood %(likelihood)d, %(likely)s; impact %(impact)d, %(hard)s")
        return words % {
            "likelihood": self.likelihood,
            "likely": Likelihood(self.likelihood).label,
            "impact": self.impact,
            "hard": Impact(self.impact).label,
        }


@dataclass(frozen=True)
class ActivityTold:
    what_en: str
    what_fr: str
    owner: str
    due_on: date | None
    state: str

    @property
    def state_word(self) -> str:
        return str(MitigationState(self.state).label)


@dataclass(frozen=True)
class RiskTold:
    """One risk as it was frozen. `doing_*` is the next activity against it."""

    key: str
    number: int
    label: str
    product: str
    given_en: str
    given_fr: str
    event_en: str
    event_fr: str
    consequence_en: str
    consequence_fr: str
    score: ScoreTold | None
    strategy: str
    transfer_to: str
    owner: str
    doing_en: str = ""
    doing_fr: str = ""
    scores: tuple[ScoreTold, ...] = ()
    activities: tuple[ActivityTold, ...] = ()
    category: str = ""
    areas: tuple[str, ...] = ()
    raised_on: date | None = None
    accepted_until: date | None = None
    asked_until: date | None = None

    @property
    def said(self) -> Statement:
        """The three parts as one sentence, in the one language in which all of them are said."""
        return statement(self)  # type: ignore[arg-type]  # it has the same parts as the risk itself

    @property
    def statement(self) -> str:
        return self.said.text

    @property
    def foreign(self) -> str:
        """The language of the statement where it is not the reader's, to be marked as such; else empty."""
        language = self.said.language
        return "" if language == reader() else language

    @property
    def title(self) -> str:
        """The event on one line, for lists."""
        return capfirst(str(getattr(self, f"event_{self.said.language}")))

    @property
    def strategy_word(self) -> str:
        return capfirst(str(RiskStrategy(self.strategy).label)) if self.strategy else _("Not decided yet")

    @property
    def response(self) -> str:
        """What is done: Mitigate: a retention schedule."""
        what = self.transfer_to if self.strategy == RiskStrategy.TRANSFER else said(self, "doing")
        return f"{self.strategy_word}{colon()}{what}" if what else self.strategy_word

    @property
    def area_words(self) -> list[str]:
        return [str(ImpactArea(each).label) for each in self.areas]


@dataclass(frozen=True)
class WorstTold:
    """How many risks were open in each band, and the worst."""

    day: date | None
    counts: dict[str, int] = field(default_factory=dict)
    worst: tuple[RiskTold, ...] = ()

    @property
    def open(self) -> int:
        return sum(self.counts.values())


def worst_of(told: Mapping[str, Any] | None) -> WorstTold | None:
    """The worst risks of a package; None for one frozen before risks were told."""
    if told is None:
        return None
    counts = {band.value: int(told["counts"].get(band.value, 0)) for band in WORST_FIRST}
    return WorstTold(parse_date(told["day"]), counts, tuple(_risk(each) for each in told["worst"]))


def asked_about(told: Mapping[str, Any] | None) -> RiskTold | None:
    """The risk a package asks about; None for every other kind of decision."""
    return _risk(told) if told else None


def asked_now(review: Review) -> RiskTold | None:
    """The risk a review asks about as it stands today, for who prepares it."""
    if review.risk is None:
        return None
    return asked_about(as_json(risk_told(review.risk) | {"asked_until": review.asked_until}))


def _risk(told: Mapping[str, Any]) -> RiskTold:
    given = told.get("scores", {})
    scores = tuple(_score(kind, given[kind]) for kind in ScoreKind if kind in given)
    current = next((each for each in scores if each.kind == ScoreKind.CURRENT), None)
    texts = ("given", "event", "consequence")
    return RiskTold(
        key=told["id"],
        number=told["number"],
        label=told["label"],
        product=told["product"],
        **{f"{name}_{code}": told[f"{name}_{code}"] for name in texts for code in ("en", "fr")},
        score=current or (_score(ScoreKind.CURRENT, told) if "band" in told else None),
        strategy=told["strategy"],
        transfer_to=told["transfer_to"],
        owner=told["owner"],
        doing_en=told.get("doing_en", ""),
        doing_fr=told.get("doing_fr", ""),
        scores=scores,
        activities=tuple(_activity(each) for each in told.get("mitigations", [])),
        category=told.get("category", ""),
        areas=tuple(told.get("impact_areas", [])),
        raised_on=_day(told.get("raised_on")),
        accepted_until=_day(told.get("accepted_until")),
        asked_until=_day(told.get("asked_until")),
    )


def _score(kind: str, told: Mapping[str, Any]) -> ScoreTold:
    return ScoreTold(str(kind), told["likelihood"], told["impact"], told["band"], _day(told.get("since")))


def _activity(told: Mapping[str, Any]) -> ActivityTold:
    return ActivityTold(told["what_en"], told["what_fr"], told["owner"], _day(told["due_on"]), told["state"])


def _day(text: str | None) -> date | None:
    return parse_date(text) if text else None
