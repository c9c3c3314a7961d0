"""Forms of a memorandum that is written: its terms, parties, money, officials, answers, remarks, amendments."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Mou, MouAnswer, MouComment, MouOfficial, MouParty
from governance.mou.limits import problem_of
from governance.mou.parts import SECTIONS_OF
from governance.mou.remarks import around
from governance.mou_states import MouMoney, MouSection, OfficialRole, Side
from people.editing import PairedForm, RecordForm
from people.forms.fields import DayField, PersonField
from people.models import Branch, BranchKind, Person
from products import fiscal
from products.models import AutonomyLevel, FundingSource, Program
from records import clock

YEARS_OFFERED = 12


class SeenText:
    """Mixed into a form whose texts people sign: characters that nobody sees are refused beside the field, in words."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def clean(self) -> dict[str, Any]:
        super().clean()  # type: ignore[misc]
        for name, value in list(self.cleaned_data.items()):
            problem = problem_of(value) if isinstance(value, str) else ""
            if problem:
                self.add_error(name, problem)  # type: ignore[attr-defined]
        return self.cleaned_data


class TermsForm(SeenText, RecordForm):
    """What is entered once and merged wherever a section says it."""

    class Meta:
        model = Mou
        fields = (
            "program", "autonomy_level", "first_year", "last_year", "commences_on", "ends_on", "review_cycle", "review_on",
            "signing_order", "change_en", "change_fr",
        )  # fmt: skip
        field_classes = {"commences_on": DayField, "ends_on": DayField, "review_on": DayField}
        help_texts = {
            "program": gettext_lazy("What is spent is charged to it. Programs are kept in the administration."),
            "commences_on": gettext_lazy("Or the day of the last signature, if that is later."),
            "review_on": gettext_lazy("Only where it is reviewed on a date."),
            "signing_order": gettext_lazy("One after the other: in the order in which the signatories are named."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department = self.instance.product.department_id
        for name, model in (("program", Program), ("autonomy_level", AutonomyLevel)):
            kept = Q(department_id=department, is_active=True) | Q(pk=getattr(self.instance, f"{name}_id"))
            self.fields[name].queryset = model.objects.filter(kept)
        choices = [("", "---------"), *((year, fiscal.label(year)) for year in self._years())]
        for name in ("first_year", "last_year"):
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label, choices=choices, coerce=int, empty_value=None, required=False
            )
        for name, sections in SECTIONS_OF.items():
            if not any(self.instance.opens(section) for section in sections):
                self.fields[name].disabled = True
        if not self.instance.is_amendment:
            del self.fields["change_en"], self.fields["change_fr"]

    def _years(self) -> list[int]:
        department = self.instance.product.department
        this = fiscal.fiscal_year_of(clock.today(department.time_zone), department.fiscal_start_month)
        kept = [year for year in (self.instance.first_year, self.instance.last_year) if year is not None]
        return sorted({*range(this - 2, this + YEARS_OFFERED - 2), *kept})

    @property
    def values(self) -> dict[str, Any]:
        """What may be written; fields of closed sections are left as they are."""
        return {name: value for name, value in super().values.items() if not self.fields[name].disabled}


class PartyForm(PairedForm):
    """Which branch agrees. The side follows from the branch."""

    branch = forms.ModelChoiceField(label=gettext_lazy("branch"), queryset=Branch.objects.none())

    def __init__(self, *args: Any, mou: Mou, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Branch.objects.filter(department_id=mou.product.department_id, is_active=True)
        taken = mou.parties.values("branch_id")
        self.fields["branch"].queryset = rows.exclude(pk__in=taken)

    @property
    def side(self) -> str:
        return Side.IT if self.cleaned_data["branch"].kind == BranchKind.IT else Side.SPONSOR


def cell(kind: str, year: int) -> str:
    return f"{kind}_{year}"


class AmountsForm(PairedForm):
    """What one branch transfers from one source: a row for each fiscal year, salary beside other costs."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    source = forms.ModelChoiceField(label=gettext_lazy("source of funds"), queryset=FundingSource.objects.none())

    def __init__(
        self,
        *args: Any,
        mou: Mou,
        party: MouParty,
        years: Iterable[int],
        source: FundingSource | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.years = list(years)
        rows = FundingSource.objects.filter(department_id=mou.product.department_id)
        # A source that has its amounts is changed on its own page: left empty here, they would all be taken off.
        taken = mou.amounts.filter(party=party).values("source_id")
        new = rows.filter(is_active=True).exclude(pk__in=taken)
        self.fields["source"].queryset = rows.filter(pk=source.pk) if source else new
        if source is not None:
            self.fields["source"].widget = forms.HiddenInput()
            self.initial["source"] = source
        for year in self.years:
            for kind in MouMoney:
                self.fields[cell(kind, year)] = forms.DecimalField(
                    label=_("%(year)s, %(kind)s") % {"year": fiscal.label(year), "kind": kind.label},
                    required=False, min_value=0, max_digits=14, decimal_places=2,
                    widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
                )  # fmt: skip

    def rows(self) -> list[tuple[str, list[Any]]]:
        return [(fiscal.label(year), [self[cell(kind, year)] for kind in MouMoney]) for year in self.years]

    def _clean_fields(self) -> None:
        """Digits may be grouped with spaces or commas, and carry the sign of the currency."""
        if self.is_bound:
            self.data = self.data.copy()
            for name in [cell(kind, year) for year in self.years for kind in MouMoney]:
                if typed := self.data.get(self.add_prefix(name)):
                    self.data[self.add_prefix(name)] = amount_typed(typed)
        super()._clean_fields()  # type: ignore[misc]

    @property
    def amounts(self) -> dict[tuple[int, str], Decimal | None]:
        return {(year, kind.value): self.cleaned_data[cell(kind, year)] for year in self.years for kind in MouMoney}


def amount_typed(text: str) -> str:
    """1 180 000,50 $ and $1,180,000.50 as 1180000.50; what is no amount stays as it was typed."""
    bare = "".join(text.split()).strip("$").replace("\u202f", "").replace("\u00a0", "")
    head, comma, tail = bare.rpartition(",")
    if comma and "." not in bare and len(tail) in (1, 2):
        bare = f"{head.replace(',', '')}.{tail}"
    bare = bare.replace(",", "")
    return bare if bare.replace(".", "", 1).isdecimal() else text


class OfficialForm(SeenText, RecordForm):
    """Who answers for the agreement or signs it, with the title that stands beside the name."""

    person = PersonField(label=gettext_lazy("person"), help_text=gettext_lazy("Type a name and choose from the list."))

    class Meta:
        model = MouOfficial
        fields = ("party", "person", "title_en", "title_fr")
        help_texts = {
            "title_en": gettext_lazy("As it stands in the memorandum, for example Chief Information Officer."),
            "title_fr": gettext_lazy("The same in French."),
        }

    def __init__(self, *args: Any, mou: Mou, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = MouParty.objects.filter(mou=mou).select_related("branch")
        if self.instance.person_id:
            self.initial["person"] = self.instance.person


class NewOfficialForm(OfficialForm):
    role = forms.ChoiceField(label=gettext_lazy("as"), choices=OfficialRole, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["version", "role"])


class AnswerForm(SeenText, RecordForm):
    """The answer to a question of the template; or, where it does not apply, why."""

    class Meta:
        model = MouAnswer
        fields = ("text_en", "text_fr", "waived_en", "waived_fr")
        labels = {"text_en": gettext_lazy("answer (English)"), "text_fr": gettext_lazy("answer (French)")}
        widgets = {
            name: forms.Textarea(attrs={"rows": 8 if name.startswith("text") else 2, "lang": name[-2:]})
            for name in fields
        }  # fmt: skip

    def __init__(self, *args: Any, may_waive: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_waive:
            del self.fields["waived_en"], self.fields["waived_fr"]

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        answered = found.get("text_en") or found.get("text_fr")
        waived = found.get("waived_en") or found.get("waived_fr")
        if answered and waived:
            self.add_error("waived_en", _("Either write the text or say why it does not apply."))
        return found


class RemarkForm(SeenText, PairedForm):
    """A remark on a section, with a suggested text if one likes, and to whom it is a question."""

    text = forms.CharField(
        label=gettext_lazy("remark"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3, "maxlength": None})
    )
    suggested = forms.CharField(
        label=gettext_lazy("suggested text"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Word for word what should stand there, if you know it."),
    )
    asked: Any = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=gettext_lazy("who should answer"),
        required=False,
        empty_label=gettext_lazy("nobody in particular"),
        help_text=gettext_lazy("Whom you choose is told. So is anybody whose name you write after an @."),
    )

    def __init__(self, *args: Any, mou: Mou, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].queryset = around(mou)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)  # a browser would cut off what is pasted without a word


class ReplyForm(SeenText, PairedForm):
    text = forms.CharField(label=gettext_lazy("answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    answers = forms.ModelChoiceField(queryset=MouComment.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, mou: Mou, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].queryset = mou.comments.filter(answers__isnull=True)
        self.fields["text"].widget.attrs.pop("maxlength", None)


class OpenedForm(SeenText, PairedForm):
    """Which sections an amendment opens, and what it is about."""

    opened_sections = forms.TypedMultipleChoiceField(
        label=gettext_lazy("sections to open"),
        choices=[(number, f"{number}. {label}") for number, label in MouSection.choices],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one section.")},
    )
    change_en = forms.CharField(
        label=gettext_lazy("what changed, for the version log (English)"), max_length=300, required=False
    )
    change_fr = forms.CharField(
        label=gettext_lazy("what changed, for the version log (French)"), max_length=300, required=False
    )

    def __init__(self, *args: Any, with_words: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened_sections"].choices = [(n, f"{n}. {label}") for n, label in MouSection.choices]
        if not with_words:
            del self.fields["change_en"], self.fields["change_fr"]
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
