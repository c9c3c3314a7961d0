"""Releases, planned and made, with the milestones they bring (domain.md §4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.bilingual import Bilingual, pair
from products.models import Product
from roadmaps.models.milestone import Milestone
from roadmaps.models.roadmap import OfRoadmap
from roadmaps.states import ChangeKind, ReleaseState


class Release(Bilingual, OfRoadmap):
    """A release of the product or of a member of the family; its number and date are those of production."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="releases", verbose_name=_("product"))
    number = models.CharField(_("number"), max_length=40)
    goal_en, goal_fr = pair(_("goal"), 200)
    scope = models.TextField(_("scope"), blank=True)
    planned_on = models.DateField(_("planned for"))
    state = models.CharField(
        _("state"), max_length=10, choices=ReleaseState, default=ReleaseState.PLANNED, editable=False
    )
    released_on = models.DateField(_("in production on"), null=True, blank=True, editable=False)
    change_kind = models.CharField(_("kind of change"), max_length=10, choices=ChangeKind, default=ChangeKind.NORMAL)
    change_impact = models.TextField(_("impact"), blank=True)
    authorisation = models.CharField(_("authorisation"), max_length=300, blank=True)
    who_was_told = models.CharField(_("who was told"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-planned_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "number"],
                name="release_number_once",
                violation_error_message=_("This product has a release with this number."),
            ),
            models.CheckConstraint(
                condition=Q(state=ReleaseState.RELEASED, released_on__isnull=False)
                | (~Q(state=ReleaseState.RELEASED) & Q(released_on__isnull=True)),
                name="release_made_says_when",
                violation_error_message=_("A release in production says when."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ReleaseState.RELEASED) | ~Q(authorisation=""),
                name="release_made_was_authorised",
                violation_error_message=_("A release in production names its authorisation."),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ReleaseMilestone(OfRoadmap):
    """A release brings a milestone; a milestone arrives in one release."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="brings")
    milestone = models.OneToOneField(
        Milestone,
        on_delete=models.PROTECT,
        related_name="arrives_in",
        error_messages={"unique": _("This milestone is part of another release.")},
    )

    class Meta:
        verbose_name = _("milestone in a release")

    def __str__(self) -> str:
        return f"{self.release_id} {self.milestone_id}"
