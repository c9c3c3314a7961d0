"""Save, publish and confirm the Product Team Brief (domain.md §3)."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import Person
from people.permissions import require
from products import events
from products.actions.brief_buffers import drop_buffer
from products.actions.published import apply_to_live
from products.actions.roles import change_roles
from products.brief.canonical import SCHEMA
from products.brief.drafts import ONLY_IN_BRIEF, known, sections_of
from products.brief.staleness import policy, quarter_start
from products.brief.state import brief_state
from products.models import BriefConfirmation, BriefSection, BriefVersion, Product, RoleAssignment
from products.permissions import may_confirm_brief, may_edit_brief, may_publish_brief
from products.states import BriefSectionCode
from records import clock, jobs
from records.acts import act
from records.refusals import Conflict, Stale
from records.trail import canonical, record
from records.writing import save, write


@act
def save_section(
    *, product: Product, code: str, content: dict[str, Any], is_declared_complete: bool, by: Person, expected: int = 0
) -> BriefSection:
    """Keep the team's draft of one section; `expected` is the version the person saw, 0 when there was none.

    Only the fields of the section are kept. Stale when somebody else saved in the meantime; `.current` carries theirs.
    """
    require(may_edit_brief(by, product))
    lock(product)
    section = BriefSection.objects.filter(product=product, code=code).first()
    if section is not None and section.version != expected:
        raise Stale(
            _("%(name)s saved this section while you were working.") % {"name": section.changed_by_name},
            current=section,
        )
    section = section or BriefSection(product=product, code=code)
    section.content, section.is_declared_complete = known(code, content), is_declared_complete
    adding = section._state.adding
    changes = save(section, by=by, expected=None if adding else expected)
    if changes:
        record(events.BRIEF_SECTION_SAVED, on=section, by=by, changes=changes)
    drop_buffer(product=product, code=code, by=by)
    return section


@act
def save_roles(
    *,
    product: Product,
    content: dict[str, Any],
    is_declared_complete: bool,
    by: Person,
    expected: int = 0,
    ends: Iterable[tuple[RoleAssignment, date]] = (),
    starts: Iterable[tuple[str, Person, date, Product | None]] = (),
) -> BriefSection:
    """Save the section on roles and end and give roles: all of it or nothing."""
    section = save_section(
        product=product,
        code=BriefSectionCode.ROLES,
        content=content,
        is_declared_complete=is_declared_complete,
        by=by,
        expected=expected,
    )
    change_roles(product=product, by=by, ends=ends, starts=starts)
    return section


@act
def publish_brief(*, product: Product, by: Person, seen: int, note: str = "") -> BriefVersion:
    """Publish the drafts as the next version, write them to the live rows, and promise the PDF.

    `seen` is the number of the latest version the person saw (0 for none): Conflict when another was published since.
    ValidationError lists, element by element, what still blocks publishing.
    """
    require(may_publish_brief(by, product))
    lock(product)
    latest = BriefVersion.objects.filter(product=product).values_list("number", flat=True).first() or 0
    if latest != seen:
        raise Conflict(
            _("Version %(number)d was published while you were checking. Check again before publishing.")
            % {"number": latest}
        )
    state = brief_state(product)
    if blocking := state.blocking(needs_both=policy().needs_both_languages):
        raise ValidationError({each.code: f"{each.title}: {each.gap}" for each in blocking})
    version = BriefVersion(
        product=product,
        number=latest + 1,
        schema=SCHEMA,
        content=state.content,
        note=note,
        published_at=clock.now(),
        sha256=hashlib.sha256(canonical(state.content)).hexdigest(),
        published_by_id=str(by.pk),
        published_by_name=by.get_full_name(),
    )
    write(version)
    apply_to_live(product, by=by)
    _empty_drafts(product, by=by)
    record(
        events.BRIEF_PUBLISHED,
        on=version,
        by=by,
        reason=note,
        changes={"number": [latest or None, version.number], "sha256": [None, version.sha256]},
    )
    jobs.enqueue("products.render_brief", str(version.pk), {"version": str(version.pk)}, by=by)
    return version


@act
def confirm_brief(*, product: Product, by: Person) -> BriefConfirmation:
    """The Head of Product confirms roles, repositories, applications and structures for the fiscal quarter of today.

    Conflict when nothing is published yet or the quarter is confirmed already.
    """
    require(may_confirm_brief(by, product))
    lock(product)
    if not BriefVersion.objects.filter(product=product).exists():
        raise Conflict(_("There is no published version to confirm yet."))
    today = clock.today()
    confirmation = BriefConfirmation(product=product, confirmed_on=today, quarter_start=quarter_start(product, today))
    if BriefConfirmation.objects.filter(product=product, quarter_start=confirmation.quarter_start).exists():
        raise Conflict(_("This quarter is confirmed already."))
    record(events.BRIEF_CONFIRMED, on=confirmation, by=by, changes=save(confirmation, by=by))
    return confirmation


def lock(product: Product) -> None:
    """Let one writer at a time change what hangs on this product: its brief, its positions, its bodies."""
    Product._base_manager.select_for_update(no_key=True).get(pk=product.pk)


def _empty_drafts(product: Product, *, by: Person) -> None:
    """What went to live rows leaves the draft, so that a later change of those rows is not undone by the next version."""
    for code, section in sections_of(product).items():
        if code not in ONLY_IN_BRIEF and section.content:
            section.content = {}
            save(section, by=by)
