"""What a person chooses of notices and mail: how each kind reaches them, and how often the digest comes."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Person
from people.notices import KINDS, Group, Kind, deliveries_of, rhythm_of
from people.states import Delivery, Rhythm


class NoticesForm(forms.Form):
    """One choice for each kind that leaves one, and the rhythm of the digest."""

    rhythm = forms.ChoiceField(label=_("The digest comes"), choices=Rhythm.choices, widget=forms.RadioSelect)

    def __init__(self, *arguments: Any, person: Person, **values: Any) -> None:
        ways = deliveries_of(person)
        initial = {"rhythm": rhythm_of(person), **{field_of(code): way for code, way in ways.items()}}
        super().__init__(*arguments, initial=initial, **values)
        for kind in KINDS.values():
            if not kind.must:
                self.fields[field_of(kind.code)] = forms.ChoiceField(label=kind.label, choices=Delivery.choices)

    def deliveries(self) -> dict[str, str]:
        """Kind → way, as chosen."""
        return {code: self.cleaned_data[field_of(code)] for code, kind in KINDS.items() if not kind.must}

    def groups(self) -> Iterator[tuple[Any, list[tuple[Kind, Any]]]]:
        """Heading and its kinds, each with its field; None as the field of a kind that leaves no choice."""
        for group in Group:
            kinds = [kind for kind in KINDS.values() if kind.group == group]
            if kinds:
                yield group.label, [(kind, None if kind.must else self[field_of(kind.code)]) for kind in kinds]


def field_of(code: str) -> str:
    return f"kind_{code.replace('.', '_')}"
