"""The template of a memorandum: its editions and their clauses, kept by administrators (domain.md §6)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance import events
from governance.models import Mou, MouTemplate
from governance.models.mou_template import MouClause
from governance.mou.limits import check_texts
from governance.mou.placeholders import check_clause
from governance.mou_states import ClauseKind
from people.actions.reference import save_reference
from people.permissions import may_administer, require
from records.actors import Actor
from records.acts import act
from records.trail import record
from records.writing import save

TEXTS = ("text_en", "text_fr", "guidance_en", "guidance_fr")


@act
def add_edition(*, template: MouTemplate, in_use_from: date, by: Actor) -> MouTemplate:
    """The next edition, with all clauses of `template` to be changed. Memoranda keep the edition they were begun with."""
    require(may_administer(by, template))
    numbers = MouTemplate.objects.filter(department=template.department).values_list("edition", flat=True)
    edition = MouTemplate(
        department=template.department, edition=max(numbers) + 1, name_en=template.name_en, name_fr=template.name_fr,
        in_use_from=in_use_from,
    )  # fmt: skip
    record(events.MOU_TEMPLATE_ADDED, on=edition, by=by, changes=save(edition, by=by))
    for each in template.clauses.all():
        texts = {name: getattr(each, name) for name in TEXTS}
        save(MouClause(template=edition, section=each.section, position=each.position, kind=each.kind, **texts), by=by)
    return edition


@act
def keep_clause(*, clause: MouClause, by: Actor, expected: int | None = None) -> MouClause:
    """Add or change a clause of an edition that no memorandum was begun with yet.

    ValidationError at the text that holds an unknown word in braces, or when memoranda stand on the edition.
    """
    _check_unused(clause.template)
    errors = {}
    for name in ("text_en", "text_fr") if clause.kind == ClauseKind.FIXED else ():
        try:
            check_clause(getattr(clause, name))
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    check_texts({name: getattr(clause, name) for name in TEXTS})
    return save_reference(entry=clause, by=by, expected=expected)


def _check_unused(template: MouTemplate) -> None:
    if Mou.objects.filter(template=template).exists():
        raise ValidationError(
            _("Memoranda were begun with this edition, so its text stands. Make the next edition and change that.")
        )
