"""Keep a list's filters under a name, for oneself or for one's department, and say with which of them a list opens."""

from django.utils.translation import gettext as _

from people import events
from people.models import DefaultView, Person, SavedView
from people.permissions import Verdict, require
from records.acts import act
from records.trail import record


@act
def save_view(*, by: Person, page: str, name: str, query: str, is_shared: bool = False) -> SavedView:
    """Keep `query` of the list `page` as `name`; a view of one's own with that name is replaced.

    Raises ValidationError when the name is empty or too long.
    """
    view = SavedView.objects.filter(owner=by, page=page, name=name.strip()).first() or SavedView(owner=by, page=page)
    view.name, view.query, view.is_shared = name.strip(), query, is_shared
    view.full_clean()
    view.save()
    record(events.VIEW_SAVED, on=by, by=by, changes={"view": [None, f"{page}: {view.name}"]})
    return view


@act
def choose_view(*, view: SavedView, by: Person, is_default: bool = True) -> None:
    """Open the list with this view from now on, or no longer. One's own views and those shared in one's department."""
    require(may_use_view(by, view))
    before = DefaultView.objects.filter(person=by, page=view.page).select_related("view").first()
    if is_default:
        DefaultView.objects.update_or_create(person=by, page=view.page, defaults={"view": view})
    elif before and before.view_id == view.pk:
        before.delete()
    after = view if is_default else None
    change = [f"{each.page}: {each.name}" if each else None for each in (before and before.view, after)]
    record(events.VIEW_CHOSEN, on=by, by=by, changes={"view": change})


@act
def delete_view(*, view: SavedView, by: Person) -> None:
    """Forget a view; only its owner may."""
    require(may_delete_view(by, view))
    record(events.VIEW_DELETED, on=by, by=by, changes={"view": [f"{view.page}: {view.name}", None]})
    view.delete()


def may_use_view(person: Person, view: SavedView) -> Verdict:
    """One's own views, and those somebody of the same department shares."""
    shared = view.is_shared and view.owner.department_id == person.department_id
    if view.owner_id == person.pk or shared:
        return Verdict(True)
    return Verdict(False, _("This view is not shared with you."), view.owner, person)


def may_delete_view(person: Person, view: SavedView) -> Verdict:
    """A view belongs to who saved it."""
    if view.owner_id == person.pk:
        return Verdict(True)
    reason = _("Only %(name)s, who saved this view, can delete it.") % {"name": view.owner.name}
    return Verdict(False, reason, view.owner, person)
