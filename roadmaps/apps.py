"""Roadmaps: vision, goals, outcomes, milestones, baselines, releases."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoadmapsConfig(AppConfig):
    name = "roadmaps"
    verbose_name = _("Roadmaps")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from people.reckoning import counts_by_year
        from products.families import ties_family
        from roadmaps import freezing, jobs, notices  # noqa: F401 - register their kinds of work and notices
        from roadmaps.defaults import load_defaults
        from roadmaps.models import Roadmap

        post_migrate.connect(load_defaults, sender=self, dispatch_uid="roadmaps.defaults")
        freezing.register_kinds()
        ties_family("roadmap", _("a roadmap"), lambda head: Roadmap.objects.filter(product=head).exists())
        roadmaps = Roadmap.objects
        counts_by_year("roadmaps", _("roadmaps"), lambda place: roadmaps.filter(product__department=place).exists())
