"""A page that changes one record: it draws the form, does the act and answers what goes wrong without losing a word.

    def budget_change(request, code, key):
        form = BudgetLineForm(request.POST or None, instance=line)
        return edit(request, form, "products/budget_form.html",
                    act=lambda: change_budget_line(line=line, by=request.user, expected=form.expected, reason=form.reason,
                                                   **form.values),
                    to=reverse("budget-list", args=[code]), said=_("Saved."), context={"product": product})

A form that is wrong comes back with 422, one that somebody overtook with 409 and both texts (templates say
`{% include "components/both_texts.html" %}`); saving once more then writes over the other text knowingly.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import conditional_escape
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from records.refusals import Conflict, Stale

FIXED = (forms.ChoiceField, forms.TypedChoiceField, forms.MultipleChoiceField)  # their choices are words, not records
LONGEST = 10_000  # characters; longer is not text that anybody typed into a field


def begin_choices_large(field: forms.Field) -> None:
    """What stands beside a button or a box begins with a capital, as labels do; inside a sentence the same words do not."""
    if isinstance(field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple) and type(field) in FIXED:
        field.widget.choices = [(value, capfirst(str(words))) for value, words in field.widget.choices]


class PairedForm(forms.Form):
    """Puts the English and the French field of a pair side by side, capitalises labels, and lets no text be endless."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(field.label) if field.label else field.label
            if isinstance(field, forms.CharField) and field.max_length is None:
                # Checked here and not by the browser, which would cut off what is pasted without a word.
                field.validators = [*field.validators, MaxLengthValidator(LONGEST)]

    @property
    def helper(self) -> FormHelper:
        for field in self.fields.values():
            # The templates that draw a form trust its hints as markup; ours are text, and some hold what people typed.
            field.help_text = conditional_escape(field.help_text)
            begin_choices_large(field)
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        helper.layout = Layout(*self._parts())
        return helper

    def _parts(self) -> list[Any]:
        parts: list[Any] = []
        for name in self.fields:
            if name.endswith("_fr") and f"{name[:-3]}_en" in self.fields:
                continue
            other = f"{name[:-3]}_fr"
            is_pair = name.endswith("_en") and other in self.fields
            parts.append(Div(name, other, css_class="pair") if is_pair else name)
        return parts


class RecordForm(PairedForm, forms.ModelForm):
    """A form over one governed record: carries the version the person saw, and asks why where `asks_why`."""

    asks_why = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.fields["version"].required = bool(self.instance.version)
        self.order_fields(["version"])  # hidden, so it never stands between two fields that are seen
        if self.asks_why:
            self.fields["reason"] = forms.CharField(
                label=_("Why"), required=False, max_length=500, help_text=_("Stands in the history beside the change.")
            )

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by field of the record."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "reason")}

    @property
    def expected(self) -> int | None:
        return self.cleaned_data.get("version")

    @property
    def reason(self) -> str:
        return self.cleaned_data.get("reason", "")


class ReasonForm(PairedForm):
    """Why something is taken away; an answer is needed."""

    reason = forms.CharField(label=_("Why"), max_length=500, help_text=_("Stands in the history beside the change."))


@dataclass(frozen=True)
class Clash:
    """One field that two people filled in differently."""

    label: str
    theirs: str
    yours: str


def edit(
    request: HttpRequest,
    form: forms.BaseForm,
    template: str,
    *,
    act: Callable[[], Any],
    to: str | Callable[[Any], str],
    said: Any = "",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show `form`, or do `act` and go to `to` (an address, or a function of what the act returned)."""
    told: dict[str, Any] = {**(context or {}), "form": form}
    if not form.is_bound or request.method != "POST":
        return render(request, template, told)  # bound on a GET: what was kept while the person confirmed who they are
    status = 422
    if form.is_valid():
        try:
            done = act()
        except ValidationError as error:
            add_errors(form, error)
        except Stale as stale:
            told |= {"stale": stale, "clashes": clashes(form, stale.current)}
            status = 409
        except Conflict as conflict:
            form.add_error(conflict.field if conflict.field in form.fields else None, str(conflict.reason))
            status = 409
        else:
            if said:
                messages.success(request, said)
            return HttpResponseRedirect(to if isinstance(to, str) else to(done), status=303)
    return render(request, template, told, status=status)


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what the act found wrong beside the fields it names; the rest on top of the form."""
    found = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, errors in found.items():
        form.add_error(name if name in form.fields else None, errors)


def clashes(form: forms.BaseForm, current: models.Model) -> list[Clash]:
    """Where the record as it stands now differs from what was typed; the form then carries the present version.

    A form that knows what its writer was shown takes over first what only the other person changed (`take_over`), names
    what only the writer changed (`only_mine`), and says of a field that stands there several times which one it is
    (`label_alone`).
    """
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(current.version)
    if hasattr(form, "take_over"):
        form.take_over(current)
    found = []
    for name in form.fields:
        if name in ("version", "reason", *getattr(form, "only_mine", ())) or not hasattr(current, name):
            continue
        theirs, yours = getattr(current, name), form.cleaned_data.get(name)
        if theirs != yours and (theirs or yours):
            label = getattr(form.fields[name], "label_alone", form.fields[name].label)
            found.append(Clash(str(label), told(form, name, theirs), told(form, name, yours)))
    return found


def told(form: forms.BaseForm, name: str, value: Any) -> str:
    """A value as the form would show it."""
    choices = dict(getattr(form.fields[name], "choices", None) or {}) if isinstance(value, str) else {}
    return str(choices.get(value, "–" if value is None else value))
