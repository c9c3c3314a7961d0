"""Keep a list's filters under a name, for oneself or for one's department."""

from django.utils.translation import gettext as _

from people import events
from people.models import Person, SavedView
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
def delete_view(*, view: SavedView, by: Person) -> None:
    """Forget a view; only its owner may."""
    require(may_delete_view(by, view))
    record(events.VIEW_DELETED, on=by, by=by, changes={"view": [f"{view.page}: {view.name}", None]})
    view.delete()


def may_delete_view(person: Person, view: SavedView) -> Verdict:
    """A view belongs to who saved it."""
    if view.owner_id == person.pk:
        return Verdict(True)
    reason = _("Only %(name)s, who saved this view, can delete it.") % {"name": view.owner.name}
    return Verdict(False, reason, view.owner, person)
