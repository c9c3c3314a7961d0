"""The form of an impact analysis: what the release did, and of each outcome what was expected and what came of it; and the
forms beside it: correction, feedback about the release, the outcome's gate."""

from typing import Any
from zlib import crc32

from crispy_forms.layout import HTML, Div, Fieldset
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from people.editing import LONGEST, PairedForm
from records.evidence import kinds
from roadmaps.actions.analyses import TEXTS
from roadmaps.analysis.expecting import hypothesis, last_reading
from roadmaps.forms.demand import VersionedForm
from roadmaps.forms.fields import ask_for_one
from roadmaps.models import Feedback, ImpactAnalysis, ImpactFinding, Release
from roadmaps.models.impact import HTTPS
from roadmaps.states import Effect, FindingVerdict, GateResult

HEAD = ("analysed_on", "analysis_en", "analysis_fr", "not_releasing_en", "not_releasing_fr")
OF_FINDING = (*TEXTS, "file", "file_off")
# May be empty in a draft, but is asked for when it is published; so it does not call itself optional.
ASKED = {"analysed_on", "analysis_en", "analysis_fr", "observed_en", "observed_fr", "verdict", "effect", "evidence_en",
         "evidence_fr"}  # fmt: skip
# The texts come through the form, never into the template's own source: people may type what looks like a tag.
ABOVE = (
    '<legend>{{{{ form.told.{slug}.title }}}}</legend><p class="soft">{{{{ form.told.{slug}.hypothesis }}}}</p>'
    "{{% if form.told.{slug}.measured %}}<p>{{{{ form.told.{slug}.measured }}}}</p>{{% endif %}}"
)
BELOW_FILE = (
    "{{% if form.told.{slug}.file %}}<p>{{% load i18n %}}{{% translate 'Attached now' %}}{{% colon %}}"
    "{{{{ form.told.{slug}.file }}}}{{% if form.told.{slug}.waits %}}, {{{{ form.told.{slug}.waits }}}}{{% endif %}}"
    "{{% if form.told.{slug}.refused %}} {{% translate 'Refused by the scanner' %}}"
    "{{% colon %}}{{{{ form.told.{slug}.refused }}}} {{% translate 'It comes off when you save.' %}}{{% endif %}}</p>"
    "{{% endif %}}"
)


def area(label: Any, rows: int = 3, help_text: Any = "") -> forms.CharField:
    """A text area for a text that may be missing in a draft."""
    return forms.CharField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[MaxLengthValidator(LONGEST)],
    )


def fields_of_finding() -> dict[str, forms.Field]:
    """The fields of one finding; all may be empty in a draft."""
    return {
        "expected_en": area(_("Expected (English)")),
        "expected_fr": area(_("Expected (French)")),
        "observed_en": area(_("Observed (English)")),
        "observed_fr": area(_("Observed (French)")),
        "verdict": forms.ChoiceField(
            label=_("Verdict"), required=False, widget=forms.RadioSelect, choices=FindingVerdict.choices
        ),
        "effect": forms.ChoiceField(
            label=_("Effect"), required=False, widget=forms.RadioSelect, choices=Effect.choices,
            help_text=_("A negative effect is a result like any other."),
        ),
        "evidence_en": area(_("Evidence (English)"), 3, _("What shows it. Needed to publish: words, an address or a file.")),
        "evidence_fr": area(_("Evidence (French)")),
        "link": forms.CharField(
            label=_("Where the evidence is"), required=False, max_length=500, validators=[HTTPS],
            help_text=_("A whole address that begins with https://"),
        ),
        "file_off": forms.BooleanField(label=_("Take this file off"), required=False),
        "file": forms.FileField(
            label=_("File"), required=False, allow_empty_file=True,
            widget=forms.FileInput(attrs={"accept": kinds.ACCEPT}), help_text=kinds.hint(),
        ),
    }  # fmt: skip


def mark(value: Any) -> str:
    """A short mark of one text or day, the same however a browser ends its lines."""
    return f"{crc32(str(value or '').replace(chr(13), '').strip().encode()):x}"


def marks(values: dict[str, Any]) -> str:
    """What a writer is shown, name by name, so that it is known later what they changed."""
    return " ".join(f"{name}={mark(value)}" for name, value in values.items())


class AnalysisForm(PairedForm):
    """One form over the analysis and its findings; a finding's fields carry the outcome's code, as in A1_verdict."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200_000)
    analysed_on = forms.DateField(label=_("analysis date"), required=False)
    analysis_en = area(_("analysis (English)"), 6, _("What the release did for users and for the program."))
    analysis_fr = area(_("analysis (French)"), 6)
    not_releasing_en = area(_("effect of not releasing (English)"), 3, _("What would be without it. May stay empty."))
    not_releasing_fr = area(_("effect of not releasing (French)"), 3)

    def __init__(self, *args: Any, analysis: ImpactAnalysis, findings: list[ImpactFinding], **kwargs: Any) -> None:
        self.rows = findings
        initial = {name: getattr(analysis, name) for name in HEAD} | {"version": analysis.version}
        initial |= {f"{row.slug}_{name}": getattr(row, name) for row in findings for name in TEXTS}
        super().__init__(*args, initial={**initial, "seen": marks(initial), **kwargs.pop("initial", {})}, **kwargs)
        self.taken: list[str] = []
        self.only_mine: set[str] = set()
        if self.is_bound:
            self._fill_in()
        for row in findings:
            self._add_fields(row)
        for name, field in self.fields.items():
            field.needed_later = name.split("_", 1)[-1] in ASKED or name in ASKED

    def _fill_in(self) -> None:
        """A finding that came after the page was shown keeps its texts and is seen with them, empty or not."""
        self.data = self.data.copy()
        for row in self.rows:
            if f"{row.slug}_observed_en" not in self.data:
                for name in TEXTS:
                    self.data[f"{row.slug}_{name}"] = getattr(row, name)

    def _add_fields(self, row: ImpactFinding) -> None:
        """Its fields; a file can be taken off only where one is kept."""
        for name, field in fields_of_finding().items():
            if name != "file_off" or row.file is not None:
                field.label_alone = f"{row.outcome.code}, {field.label}"  # type: ignore[attr-defined]
                self.fields[f"{row.slug}_{name}"] = field

    def take_over(self, current: Any) -> None:
        """Where the writer left a text as it was shown and a colleague wrote one meanwhile, theirs stands in the form: two
        people who write about two outcomes lose nothing. `current` has the findings' texts by the names of the form."""
        shown = dict(each.split("=") for each in self.cleaned_data["seen"].split() if each.count("=") == 1)
        present = {name: getattr(current, name) for name in self.fields if hasattr(current, name)}
        for name, theirs in present.items():
            yours = self.cleaned_data.get(name)
            if theirs and theirs != yours and mark(yours) == shown.get(name):
                self.data[name] = self.cleaned_data[name] = theirs
                self.taken.append(name)
            elif mark(theirs) == shown.get(name):
                self.only_mine.add(name)
        self.data["seen"] = marks(present)

    @property
    def told(self) -> dict[str, dict[str, str]]:
        """What stands above the fields of each finding."""
        return {
            row.slug: {
                "title": f"{row.outcome.code} {row.outcome.name}",
                "hypothesis": hypothesis(row.outcome),
                "measured": last_reading(row.outcome),
                "file": row.file.name if row.file else "",
                "waits": str(_("waits for its scan")) if row.file and row.file.is_waiting else "",
                "refused": row.file.reason if row.file and row.file.is_refused else "",
            }
            for row in self.rows
        }

    def _parts(self) -> list[Any]:
        """The findings come first, each in its own group, then what they add up to."""
        parts: list[Any] = ["version", "seen", "analysed_on", *(self._group(row.slug) for row in self.rows)]
        parts += [Div(f"{name}_en", f"{name}_fr", css_class="pair") for name in ("analysis", "not_releasing")]
        return parts

    def _group(self, slug: str) -> Fieldset:
        def pair(name: str) -> Div:
            return Div(f"{slug}_{name}_en", f"{slug}_{name}_fr", css_class="pair")

        return Fieldset(
            "",
            HTML(ABOVE.format(slug=slug)),
            pair("expected"),
            pair("observed"),
            f"{slug}_verdict",
            f"{slug}_effect",
            pair("evidence"),
            f"{slug}_link",
            HTML(BELOW_FILE.format(slug=slug)),
            *([f"{slug}_file_off"] if f"{slug}_file_off" in self.fields else []),
            f"{slug}_file",
            css_class="group",
        )

    @property
    def values(self) -> dict[str, Any]:
        """What was typed about the release as a whole."""
        return {name: self.cleaned_data[name] for name in HEAD}

    @property
    def findings(self) -> dict[str, dict[str, Any]]:
        """What was typed about each outcome, by its code without the dot."""
        typed = self.cleaned_data
        return {row.slug: {name: typed.get(f"{row.slug}_{name}") for name in OF_FINDING} for row in self.rows}


class PublishForm(PairedForm):
    """Only says which draft the person read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class CorrectionForm(VersionedForm):
    """What is corrected, and why, in one language at least."""

    reason_en = area(
        _("what is corrected, and why (English)"),
        3,
        _("Stands with the next edition. The edition published stays as it is."),
    )
    reason_fr = area(_("what is corrected, and why (French)"), 3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_one(self, "reason")


class AttachFeedbackForm(PairedForm):
    """Which feedback is about this release."""

    feedback = forms.ModelChoiceField(
        label=_("feedback"), queryset=Feedback.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, release: Release, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Feedback.objects.filter(roadmap=release.roadmap_id, release__isnull=True)
        since = rows.filter(heard_on__gte=release.released_on) if release.released_on else rows.none()
        self.fields["feedback"].queryset = since.order_by("-heard_on")
        self.fields["feedback"].label_from_instance = lambda each: f"{each.heard_on.isoformat()} {each.text[:100]}"


class OwnGateForm(PairedForm):
    """The team decides on an outcome: what its autonomy leaves to it, why, and what changes in its funding."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    finding = forms.CharField(widget=forms.HiddenInput, required=False, max_length=36)
    result = forms.ChoiceField(label=_("result"), widget=forms.RadioSelect)
    reason_en = area(_("reason (English)"), 4, _("On what evidence, such as the findings of an impact analysis."))
    reason_fr = area(_("reason (French)"), 4)
    funding_en = forms.CharField(label=_("change of funding (English)"), required=False, max_length=300)
    funding_fr = forms.CharField(label=_("change of funding (French)"), required=False, max_length=300)

    def __init__(self, *args: Any, results: list[GateResult], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [(each.value, each.label) for each in results]  # type: ignore[attr-defined]
        ask_for_one(self, "reason")

    def show_only(self, results: list[Any]) -> None:
        """Draw these results alone; which one was sent is answered by the act."""
        field = self.fields["result"]
        field.widget.choices = [each for each in field.choices if each[0] in results]  # type: ignore[attr-defined]
