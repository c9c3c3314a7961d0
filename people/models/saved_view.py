"""A saved set of filters on a list, one click away (ux.md A0)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.person import Person
from records.identity import new_id


class SavedViewQuerySet(models.QuerySet):
    """Reads of saved views."""

    def for_reader(self, person: Person, page: str) -> "SavedViewQuerySet":
        """The views of one list that `person` may use: their own, and those shared in their department."""
        shared = models.Q(is_shared=True, owner__department_id=person.department_id)
        opens = DefaultView.objects.filter(view=models.OuterRef("pk"), person=person)
        rows = self.filter(models.Q(owner=person) | shared, page=page).select_related("owner")
        return rows.annotate(is_default=models.Exists(opens))


class SavedView(models.Model):
    """The query string of a list page under a name of its owner's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="saved_views")
    page = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1_000, blank=True)
    is_shared = models.BooleanField(_("shared with my department"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "page", "name"],
                name="saved_view_name_once",
                violation_error_message=_("You have a saved view with this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class DefaultView(models.Model):
    """The view a person's list opens with, their own or one shared with them; it goes when the view goes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="default_views")
    page = models.CharField(max_length=60)
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("default view")
        verbose_name_plural = _("default views")
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="default_view_of_a_list_once")]

    def __str__(self) -> str:
        return f"{self.page}: {self.view_id}"
