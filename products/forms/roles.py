"""The section on roles: who holds each, from when, until when. Ends and assignments are live acts, the notes are a draft."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Person
from people.states import CapacityKind
from products.forms.fields import DayField, PersonField
from products.forms.sections import SectionForm, text
from products.models import Product, RoleAssignment, RoleDefinition
from products.states import BriefSectionCode
from records import clock

BY_MEMBER = (CapacityKind.PRODUCT_MANAGER, CapacityKind.PRODUCT_OWNER)


@dataclass
class RoleRow:
    """One role with its definition and its holders, as the page shows them."""

    definition: RoleDefinition
    current: list[RoleAssignment]
    earlier: list[RoleAssignment]

    @property
    def kind(self) -> str:
        return self.definition.kind

    @property
    def title(self) -> str:
        return capfirst(str(self.definition))

    @property
    def vacant_since(self) -> date | None:
        if self.current or not self.earlier:
            return None
        return max(row.ends_on for row in self.earlier) + timedelta(days=1)

    @property
    def has_room(self) -> bool:
        most = self.definition.most_holders
        return most is None or len(self.current) < most


class NewHolder(NamedTuple):
    """Somebody is given a role."""

    kind: str
    person: Person
    starts_on: date
    member: Product | None = None


def role_rows(product: Product) -> list[RoleRow]:
    """The roles in the order of the standard, with who holds them and who did. Three queries."""
    order, today = [kind.value for kind in CapacityKind.roles()], clock.today()
    held = list(RoleAssignment.objects.filter(product=product).select_related("person", "member", "product"))
    rows = []
    for definition in sorted(RoleDefinition.objects.all(), key=lambda each: order.index(each.kind)):
        mine = sorted((row for row in held if row.kind == definition.kind), key=lambda row: row.starts_on)
        earlier = [row for row in mine if row.ends_on and row.ends_on < today]
        rows.append(RoleRow(definition, [row for row in mine if row not in earlier], earlier))
    return rows


class RolesSection(SectionForm):
    """Roles. `may_assign` adds the fields by which roles are ended and given."""

    code = BriefSectionCode.ROLES
    cover_en = text(
        gettext_lazy("How a vacancy is covered, in English"), 2_000, help_text=gettext_lazy("Printed with the brief.")
    )
    cover_fr = text(
        gettext_lazy("How a vacancy is covered, in French"), 2_000, help_text=gettext_lazy("Printed with the brief.")
    )

    def __init__(
        self, *args: Any, roles: list[RoleRow], family: list[Product], may_assign: bool, **kwargs: Any
    ) -> None:
        self.roles, self.family, self.may_assign = roles, family, may_assign
        super().__init__(*args, **kwargs)

    def build(self) -> None:
        if not self.may_assign:
            return
        for role in self.roles:
            for holder in role.current:
                self.fields[f"to-{holder.pk}"] = DayField(
                    label=gettext_lazy("To, if it ends"), required=False, initial=holder.ends_on
                )
            self.fields[f"who-{role.kind}"] = PersonField(label=gettext_lazy("Person"), required=False)
            self.fields[f"from-{role.kind}"] = DayField(label=gettext_lazy("From"), required=False)
            if role.kind in BY_MEMBER and self.family:
                self.fields[f"member-{role.kind}"] = forms.ChoiceField(
                    label=gettext_lazy("Only for"),
                    required=False,
                    choices=[
                        ("", gettext_lazy("the whole family")),
                        *((str(each.pk), each.name) for each in self.family),
                    ],
                )

    def clean(self) -> dict[str, Any]:
        super().clean()
        errors: dict[str, Any] = {}
        for role in self.roles if self.may_assign else []:
            for holder in role.current:
                ends = self.cleaned_data.get(f"to-{holder.pk}")
                if ends and ends < holder.starts_on:
                    errors[f"to-{holder.pk}"] = _("%(role)s: “To” must be after “From”, %(day)s") % {
                        "role": role.title,
                        "day": holder.starts_on.isoformat(),
                    }
            who, since = self.cleaned_data.get(f"who-{role.kind}"), self.cleaned_data.get(f"from-{role.kind}")
            if who and not since and f"from-{role.kind}" not in self.errors:
                errors[f"from-{role.kind}"] = _("%(role)s: say from when") % {"role": role.title}
            if since and not who and f"who-{role.kind}" not in self.errors:
                errors[f"who-{role.kind}"] = _("%(role)s: enter a person") % {"role": role.title}
        if errors:
            raise ValidationError(errors)
        return self.cleaned_data

    def ends(self) -> list[tuple[RoleAssignment, date]]:
        """Assignments whose last day was given or changed."""
        found = []
        for role in self.roles if self.may_assign else []:
            for holder in role.current:
                day = self.cleaned_data.get(f"to-{holder.pk}")
                if day and day != holder.ends_on:
                    found.append((holder, day))
        return found

    def new_holders(self) -> list[NewHolder]:
        """People who are given a role."""
        family, found = {str(each.pk): each for each in self.family}, []
        for role in self.roles if self.may_assign else []:
            if person := self.cleaned_data.get(f"who-{role.kind}"):
                member = family.get(self.cleaned_data.get(f"member-{role.kind}") or "")
                found.append(NewHolder(role.kind, person, self.cleaned_data[f"from-{role.kind}"], member))
        return found
