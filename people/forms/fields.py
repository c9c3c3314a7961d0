"""Two fields that forms need everywhere: a date typed as text, a person found by name or e-mail."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Person

DATE_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]


class DayField(forms.DateField):
    """One text box, YYYY-MM-DD; spaces and other separators are forgiven."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric", "type": "text"}))
        super().__init__(input_formats=DATE_FORMATS, **kwargs)
        self.error_messages["invalid"] = gettext_lazy("Write the date as YYYY-MM-DD, for example 2026-05-31")

    def to_python(self, value: Any) -> date | None:
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)


class PersonField(forms.CharField):
    """A person by name or e-mail; the list beside it (`<datalist id=people>`) only helps to type."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)
        self.widget.attrs |= {"list": "people", "autocomplete": "off"}

    def clean(self, value: Any) -> Person | None:
        typed = super().clean(value)
        if not typed:
            return None
        active = Person.objects.filter(is_active=True)
        found = list(active.filter(email__iexact=typed)[:1]) or list(active.filter(name__iexact=typed)[:2])
        if not found:
            raise ValidationError(
                _("Nobody here is called “%(typed)s”. Choose from the list, or write an e-mail address")
                % {"typed": typed}
            )
        if len(found) > 1:
            raise ValidationError(
                _("Several people are called “%(typed)s”. Write the e-mail address") % {"typed": typed}
            )
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Person) else value


MOST_SUGGESTED = 300


def suggested_people(department_id: Any) -> list[Person]:
    """People to suggest while a name is typed: active, of the department."""
    people = Person.objects.filter(is_active=True, department_id=department_id)
    return list(people.only("id", "name", "title_en", "title_fr", "email")[:MOST_SUGGESTED])
