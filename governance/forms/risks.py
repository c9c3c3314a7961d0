"""Forms about risks: the statement, the scores with what each level means beside it, and the small acts."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from governance.actions.risk_mitigations import NewMitigation
from governance.models import Risk, RiskLevel
from governance.risk_states import LEVELS, ImpactArea, RiskStrategy, Scale, ScoreKind
from governance.risks.scoring import Score
from people.bilingual import LANGUAGES, reader
from people.editing import PairedForm, RecordForm
from people.forms.fields import DayField, PersonField
from people.templatetags.gatehouse import colon
from products.models import Product

SCORED = [f"{kind}_{scale}" for kind in ScoreKind for scale in Scale]
DAY = _("YYYY-MM-DD")
LAPSES = _("YYYY-MM-DD; that day included. It lapses sooner if the risk is scored anew.")


def heading(words: Any) -> HTML:
    """A heading inside a form that the layout draws."""
    return HTML(f"<h2>{words}</h2>")


def ask_in_either(form: forms.Form, name: str, words: Any) -> None:
    """Of a pair of texts one is needed; what is missing is named beside the field in the reader's language."""
    pair = {f"{name}_{language}" for language in LANGUAGES}
    if not any(form.cleaned_data.get(each) for each in pair) and not pair & set(form.errors):
        form.add_error(f"{name}_{reader()}", words)


class ScoredForm(PairedForm):
    """Six choices of a level, drawn as two tables in which each level stands with its definition once."""

    def __init__(self, *args: Any, scores: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.standing = scores or {}
        super().__init__(*args, **kwargs)
        for kind in ScoreKind:
            for scale in Scale:
                self._add(kind, scale)

    def _add(self, kind: ScoreKind, scale: Scale) -> None:
        name, words = f"{kind}_{scale}", LEVELS[scale]
        self.fields[name] = forms.TypedChoiceField(
            label=f"{capfirst(scale.label)}, {kind.label}",
            choices=[(level.value, f"{level.value} {level.label}") for level in reversed(words)] + self._none(kind),
            widget=forms.RadioSelect,
            required=False,
            coerce=int,
            empty_value=None,
        )
        if kind in self.standing:
            self.initial[name] = getattr(self.standing[kind], scale)

    def _none(self, kind: ScoreKind) -> list[tuple[str, Any]]:
        """A choice to take a level back that was chosen by mistake, for the scores that a risk may do without."""
        needed = kind == ScoreKind.CURRENT or kind in self.standing
        return [] if needed else [("", _("not scored yet"))]

    @property
    def scales(self) -> list[dict[str, Any]]:
        """The two tables: each level with its word, what it means and a choice for each of the three scores."""
        meant = {(row.scale, row.value): row for row in RiskLevel.objects.all()}
        return [self._table(scale, meant) for scale in Scale]

    def _table(self, scale: Scale, meant: Mapping[tuple[str, int], RiskLevel]) -> dict[str, Any]:
        fields = [(kind, self[f"{kind}_{scale}"]) for kind in ScoreKind]
        chosen = {kind: list(field) for kind, field in fields}
        rows = [
            {
                "level": level,
                "meant": meant.get((scale.value, level.value)),
                "choices": [(kind, field, chosen[kind][index]) for kind, field in fields],
            }
            for index, level in enumerate(reversed(LEVELS[scale]))
        ]
        last = [(kind, each[-1] if len(each) > len(rows) else None) for kind, each in chosen.items()]
        unscored = last if any(choice for _kind, choice in last) else []
        return {"scale": scale, "fields": fields, "rows": rows, "unscored": unscored}

    @property
    def scores(self) -> dict[str, Score]:
        """The pairs that were chosen; a kind that is left out stays as it is."""
        found = {}
        for kind in ScoreKind:
            likelihood, impact = (self.cleaned_data.get(f"{kind}_{scale}") for scale in Scale)
            if likelihood and impact:
                found[kind.value] = Score(likelihood, impact)
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for kind in ScoreKind:
            self._check_whole(kind)
        return cleaned

    def _check_whole(self, kind: ScoreKind) -> None:
        likelihood, impact = (f"{kind}_{scale}" for scale in Scale)
        if {likelihood, impact} & set(self.errors):
            return
        given = [name for name in (likelihood, impact) if self.cleaned_data.get(name)]
        missing = {likelihood, impact} - set(given)
        if given and missing:
            self.add_error(missing.pop(), _("Choose likelihood and impact, or neither."))
        elif not given and kind == ScoreKind.CURRENT:
            self.add_error(likelihood, _("Say how likely it is and how hard it would hit."))

    def _parts(self) -> list[Any]:
        found: list[Any] = []
        for part in super()._parts():
            if part == SCORED[0]:
                found.append(HTML('{% include "governance/_scales.html" %}'))
            elif part not in SCORED:
                found.append(part)
        return found


class ActivityFields(forms.Form):
    """The first activity beside the strategy that needs one."""

    what_en = forms.CharField(label=_("activity (English)"), max_length=300, required=False)
    what_fr = forms.CharField(label=_("activity (French)"), max_length=300, required=False)
    doer = PersonField(label=_("who does it"), required=False)
    due_on = DayField(label=_("due on"), required=False, help_text=DAY)

    def _check_activity(self) -> None:
        values = self.cleaned_data
        what = values.get("what_en") or values.get("what_fr")
        if not (what or values.get("doer") or values.get("due_on")):
            return
        for name, given in (("what_en", what), ("doer", values.get("doer")), ("due_on", values.get("due_on"))):
            if not given and name not in self.errors:
                self.add_error(name, _("An activity says what is done, by whom and until when."))

    @property
    def first(self) -> NewMitigation | None:
        """The activity, if one was given."""
        values = self.cleaned_data
        if not values.get("due_on"):
            return None
        return NewMitigation(
            owner=values["doer"], due_on=values["due_on"], what_en=values["what_en"], what_fr=values["what_fr"]
        )


STATEMENT = ("given", "event", "consequence")
PAIRS = [f"{name}_{language}" for name in STATEMENT for language in ("en", "fr")]


class RiskFields(ActivityFields, RecordForm):
    """What is said of a risk, and what is done about it."""

    owner = PersonField(label=_("owner"), required=False, help_text=_("Who watches it. Name or e-mail address."))
    impact_areas = forms.MultipleChoiceField(
        label=_("impact on"), choices=ImpactArea, required=False, widget=forms.CheckboxSelectMultiple
    )
    review_on = DayField(
        label=_("next review"), required=False, help_text=_("YYYY-MM-DD; left empty, the band of the risk decides.")
    )

    class Meta:
        model = Risk
        fields = [*PAIRS, "category", "owner", "impact_areas", "strategy", "strategy_note", "transfer_to"]
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 2, "lang": name[-2:], "class": "low"}) for name in PAIRS},
            "strategy": forms.RadioSelect,
            "strategy_note": forms.Textarea(attrs={"rows": 2, "class": "low"}),
        }
        help_texts = {
            "given_en": _("What is so today, for example: one person knows the rules."),
            "event_en": _("What may happen."),
            "consequence_en": _("What it would mean for users, money or promises."),
            "transfer_to": _("For the strategy to transfer: who bears it from then on."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meant = [(each.value, f"{capfirst(each.label)}{colon()}{each.meaning}") for each in RiskStrategy]
        self.fields["strategy"].choices = [("", pgettext("strategy", "not decided yet").capitalize()), *meant]
        self.fields["impact_areas"].choices = [(each.value, capfirst(each.label)) for each in ImpactArea]
        self.initial["owner"] = self.instance.owner

    def _post_clean(self) -> None:
        """The act checks the row; here nothing is put into it yet."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_statement()
        self._check_activity()
        if cleaned.get("strategy") == RiskStrategy.TRANSFER and not cleaned.get("transfer_to"):
            self.add_error("transfer_to", _("Say to whom the risk is transferred."))
        return cleaned

    def _check_statement(self) -> None:
        """All three parts in one language; of a language that was begun, what is missing is named."""
        said = {
            language: [bool(self.cleaned_data.get(f"{name}_{language}")) for name in STATEMENT]
            for language in ("en", "fr")
        }
        if any(all(parts) for parts in said.values()):
            return
        begun = max(LANGUAGES, key=lambda language: (sum(said[language]), language == reader()))
        for name, there in zip(STATEMENT, said[begun], strict=True):
            field = f"{name}_{begun}"
            if not there and field not in self.errors:
                self.add_error(field, _("Say all three parts of the risk in English or in French."))

    @property
    def values(self) -> dict[str, Any]:
        """What goes into the risk itself."""
        left = {
            "version",
            "what_en",
            "what_fr",
            "doer",
            "due_on",
            *SCORED,
            "note",
            "product",
            "raised_on",
            "seen_similar",
        }
        found = {name: value for name, value in self.cleaned_data.items() if name not in left}
        return {name: value for name, value in found.items() if value is not None or name == "owner"}


LAYOUT = ("category", "owner", "impact_areas")
DONE = ("strategy", "strategy_note", "transfer_to")
ACTIVITY = ("what_en", "what_fr", "doer", "due_on")


class NewRiskForm(ScoredForm, RiskFields):
    """A new risk: statement, scores, what is done about it."""

    product = forms.ModelChoiceField(label=_("product"), queryset=Product.objects.none(), empty_label=None)
    raised_on = DayField(label=_("raised on"), required=False, help_text=_("YYYY-MM-DD; left empty, today."))
    note = forms.CharField(
        label=_("why these scores"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
    )
    # The risks that were shown as similar: raised all the same.
    seen_similar = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)

    def __init__(self, *args: Any, family: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = family
        if len(family) == 1:
            self.fields["product"].widget = forms.HiddenInput()
        self.initial.setdefault("product", family[0].pk)
        self.order_fields(
            [
                "version",
                "seen_similar",
                "product",
                *PAIRS,
                *LAYOUT,
                *SCORED,
                "note",
                *DONE,
                *ACTIVITY,
                "raised_on",
                "review_on",
            ]
        )

    def _parts(self) -> list[Any]:
        return _with_headings(super()._parts())

    @property
    def statement(self) -> Risk:
        """The risk as it is said, to look for similar ones."""
        return Risk(**{name: self.cleaned_data.get(name, "") for name in PAIRS})


class ChangeRiskForm(RiskFields):
    """What is said of a risk, and what is done about it; scores have a form of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["review_on"] = self.instance.review_on
        self.fields["strategy_note"].help_text = _("Another strategy says why.")
        if self.instance.mitigations.counting().exists():  # more of them are planned on the page of the risk
            for name in ACTIVITY:
                del self.fields[name]
        self.order_fields(["version", *PAIRS, *LAYOUT, *DONE, *ACTIVITY, "review_on"])

    def _parts(self) -> list[Any]:
        return _with_headings(super()._parts())


def _with_headings(parts: Iterable[Any]) -> list[Any]:
    """What is done about it, and what is due, each under its heading."""
    words = {"strategy": _("What is done about it"), "raised_on": _("When")}
    found: list[Any] = []
    for part in parts:
        if isinstance(part, str) and part in words:
            found.append(heading(words[part]))
        if getattr(part, "fields", [None])[0] == "what_en":
            found.append(HTML('{% include "governance/_first_activity.html" %}'))
        found.append(part)
    return found
