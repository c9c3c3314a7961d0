"""Roadmaps: vision, goals, outcomes, milestones, baselines, releases."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadmapsConfig(AppConfig):
    name = "roadmaps"
    verbose_name = _("Roadmaps")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from people.reckoning import counts_by_year
        from products.families import ties_family
        from roadmaps import notices  # noqa: F401 - registers its kinds of notices
        from roadmaps.models import Roadmap

        ties_family("roadmap", _("a roadmap"), lambda head: Roadmap.objects.filter(product=head).exists())
        roadmaps = Roadmap.objects
        counts_by_year("roadmaps", _("roadmaps"), lambda place: roadmaps.filter(product__department=place).exists())
