"""Governance: boards, toll-gates, MOU, risks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = _("Governance")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from governance import (  # noqa: F401 - register their kinds of work and notices
            jobs,
            mou_jobs,
            mou_reminders,
            notices,
            risk_import_jobs,
            risk_jobs,
        )
        from governance.defaults import load_defaults
        from governance.models import Review
        from governance.mou import obliged, place, remarks, telling, waited_for  # noqa: F401 - its place in the brief, its notices
        from governance.risks import freezing
        from roadmaps.before_board import BEFORE_BOARD

        freezing.register_kinds()
        BEFORE_BOARD.append(lambda outcome: Review.objects.awaiting_decision().filter(outcome=outcome.pk).exists())
        post_migrate.connect(load_defaults, sender=self, dispatch_uid="governance.defaults")
