"""One Django form per row of an uploaded register (decisions.md §24): each cell is checked as if it had been typed."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from governance.models import Risk
from governance.models.risk_rules import SIDE
from governance.risk_states import RiskStrategy, ScoreKind
from governance.risks.columns import ACTIVITY, AREAS, CATEGORIES, SAID, STRATEGIES
from governance.risks.scoring import Score
from people.models import Person
from people.spreadsheets.cells import WordField, WordsField
from products.models import Product

NUMBER = re.compile(r"^(?:([A-Z0-9-]+)\s+)?R?-?\s*0*(\d{1,9})$", re.I)
BARE = ("", "R", "R-")  # before a number: no code of a product
PARTS = ("given", "event", "consequence")


@dataclass
class Known:
    """What the cells of a file may name, read once: products of the family by code, its risks by number (more than one where
    families were joined), people by address."""

    head: Product
    products: dict[str, Product]
    risks: dict[int, list[Risk]]
    people: dict[str, Person]


def _part() -> forms.CharField:
    return forms.CharField(max_length=600, required=False)


def _level() -> forms.IntegerField:
    wrong = _("Write a level from 1 to 5.")
    messages = {"invalid": wrong, "min_value": wrong, "max_value": wrong}
    return forms.IntegerField(min_value=1, max_value=SIDE, required=False, error_messages=messages)


def _day() -> forms.DateField:
    wrong = _("Write the day as 2026-05-31.")
    return forms.DateField(input_formats=["%Y-%m-%d"], required=False, error_messages={"invalid": wrong})


class RowForm(forms.Form):
    """A row of the file. What a new risk needs is asked of a new one only; rules of the register are the acts' to apply."""

    number = forms.CharField(max_length=40, required=False)
    product = forms.CharField(max_length=40, required=False)
    given_en, event_en, consequence_en = _part(), _part(), _part()
    given_fr, event_fr, consequence_fr = _part(), _part(), _part()
    category = WordField(CATEGORIES, SAID["category"], required=False)
    impact_areas = WordsField(AREAS, SAID["impact_areas"], required=False)
    owner = forms.CharField(max_length=254, required=False)
    strategy = WordField(STRATEGIES, SAID["strategy"], required=False)
    strategy_note = forms.CharField(max_length=10_000, required=False)
    transfer_to = forms.CharField(max_length=200, required=False)
    raised_on, review_on = _day(), _day()
    inherent_likelihood, inherent_impact = _level(), _level()
    current_likelihood, current_impact = _level(), _level()
    residual_likelihood, residual_impact = _level(), _level()
    note = forms.CharField(max_length=10_000, required=False)
    activity_en = forms.CharField(max_length=300, required=False)
    activity_fr = forms.CharField(max_length=300, required=False)
    activity_owner = forms.CharField(max_length=254, required=False)
    activity_due = _day()

    def __init__(self, data: dict[str, str], *, known: Known, given: set[str]) -> None:
        super().__init__(data)
        self.known, self.given = known, given

    def clean_number(self) -> Risk | None:
        text = self.cleaned_data["number"]
        if not text:
            return None
        found = self._named(text)
        if not found:
            raise ValidationError(
                _("There is no risk “%(value)s” in this register. Leave the cell empty for a new one."),
                params={"value": text[:40]},
            )
        risk, *others = found
        if others:
            raise ValidationError(
                _("More than one risk is called “%(value)s”. Write it with its product, such as %(example)s."),
                params={"value": text[:40], "example": risk.full_label},
            )
        if not risk.is_open:
            raise ValidationError(_("This risk is not open. Reopen it before you change it."))
        return risk

    def _named(self, text: str) -> list[Risk]:
        """The risks that `text` may mean: a number alone is told by the code before it, else by the cell of the product."""
        match = NUMBER.match(text)
        if match is None:
            return []
        code, found = (match[1] or "").upper(), self.known.risks.get(int(match[2]), [])
        if code not in BARE and code not in self.known.products:
            return []
        if len(found) < 2:
            return found
        code = self.data.get("product", "").strip().upper() if code in BARE else code
        return [risk for risk in found if risk.product.code == code] if code else found

    def clean_product(self) -> Product | None:
        code, risk = self.cleaned_data["product"].upper(), self.cleaned_data.get("number")
        if not code:
            return None
        if code not in self.known.products:
            raise ValidationError(_("There is no product “%(value)s” in this family."), params={"value": code[:40]})
        if risk and risk.product_id != self.known.products[code].pk:
            raise ValidationError(_("A risk stays with its product."))
        return self.known.products[code]

    def clean_raised_on(self) -> Any:
        day, risk = self.cleaned_data["raised_on"], self.cleaned_data.get("number")
        if risk and day and day != risk.raised_on:
            raise ValidationError(
                _("This risk was raised on %(day)s; that does not change."), params={"day": risk.raised_on}
            )
        return day

    def clean_owner(self) -> Person | None:
        """Somebody here; who has left stays the owner of what is theirs until the team names another."""
        risk, text = self.cleaned_data.get("number"), self.cleaned_data["owner"].lower()
        if risk and risk.owner and risk.owner.email.lower() == text:
            return risk.owner
        return self._somebody("owner")

    def clean_activity_owner(self) -> Person | None:
        return self._somebody("activity_owner")

    def _somebody(self, name: str) -> Person | None:
        text = self.cleaned_data[name].lower()
        if text and text not in self.known.people:
            raise ValidationError(_("Nobody here has the address “%(value)s”."), params={"value": text[:60]})
        return self.known.people.get(text)

    def clean(self) -> dict[str, Any]:
        for kind in ScoreKind:
            self._check_pair(f"{kind}_likelihood", f"{kind}_impact")
        if any(self.cleaned_data.get(name) for name in ACTIVITY):
            self._check_activity()
        if self.risk is None and "number" not in self.errors:
            self._check_new()
        return self.cleaned_data

    @property
    def risk(self) -> Risk | None:
        """The risk the row changes, none for a new one."""
        return self.cleaned_data.get("number")

    def _check_pair(self, one: str, other: str) -> None:
        for name, beside in ((one, other), (other, one)):
            if self.cleaned_data.get(beside) and name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, _("A score needs both its likelihood and its impact."))

    def _check_activity(self) -> None:
        if not (self.cleaned_data.get("activity_en") or self.cleaned_data.get("activity_fr")):
            self.add_error("activity_en", _("Say what is done."))
        for name, words in (("activity_owner", _("Say who does it.")), ("activity_due", _("Say until when."))):
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, words)

    def _check_new(self) -> None:
        """A new risk says all three parts in one language, its category and its current score."""
        language = "en" if any(self.cleaned_data.get(f"{part}_en") for part in PARTS) else "fr"
        if not any(self.cleaned_data.get(f"{part}_{each}") for part in PARTS for each in ("en", "fr")):
            language = "en" if "given_en" in self.given else "fr"
        for name in [f"{part}_{language}" for part in PARTS] + ["category", "current_likelihood", "current_impact"]:
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, _("A new risk needs this."))

    def scores(self) -> dict[str, Score]:
        """The scores that the row gives in full."""
        told = self.cleaned_data
        return {
            kind: Score(told[f"{kind}_likelihood"], told[f"{kind}_impact"])
            for kind in ScoreKind
            if told.get(f"{kind}_likelihood") and told.get(f"{kind}_impact")
        }

    def values(self) -> dict[str, Any]:
        """The fields of Risk that the file gives; the words of a transfer only where there is one."""
        told = {name: self.cleaned_data[name] for name in TEXTS if name in self.given}
        if told.get("strategy", RiskStrategy.TRANSFER) != RiskStrategy.TRANSFER:
            told.pop("transfer_to", None)
        return told


TEXTS = (
    *(f"{part}_{language}" for part in PARTS for language in ("en", "fr")),
    *("category", "impact_areas", "owner", "strategy", "strategy_note", "transfer_to"),
)
