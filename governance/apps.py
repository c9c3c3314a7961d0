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
        from governance.models import Review, Risk
        from governance.mou import obliged, place, remarks, telling, waited_for  # noqa: F401 - its place in the brief, its notices
        from governance.risks import freezing
        from products.families import ties_family, ties_member
        from roadmaps.before_board import BEFORE_BOARD

        freezing.register_kinds()
        # Their numbers run through the family: a move would make one number name two risks.
        ties_family("risks", _("a risk register"), lambda head: Risk.objects.of_family(head).exists())
        ties_member("risks", _("risks in the register"), lambda product: Risk.objects.filter(product=product).exists())
        BEFORE_BOARD.append(lambda outcome: Review.objects.awaiting_decision().filter(outcome=outcome.pk).exists())
        post_migrate.connect(load_defaults, sender=self, dispatch_uid="governance.defaults")
