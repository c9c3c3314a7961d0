"""The rule on impact analyses, kept by administrators. What has begun stays, so that no release is given another due day."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.actions.people import by_administrator
from people.actions.reference import save_reference
from people.permissions import require
from records import clock
from records.actors import Actor
from records.acts import act
from roadmaps.models import AnalysisRule


@act
def keep_analysis_rule(*, rule: AnalysisRule, by: Actor, expected: int | None = None) -> AnalysisRule:
    """Add a rule from a day that has not passed, or change one that has not begun. ValidationError for any other."""
    require(by_administrator(by, rule))
    kept = AnalysisRule.objects.filter(pk=rule.pk).first()
    if kept is not None and kept.starts_on <= clock.today():
        raise ValidationError(_("This rule has begun. Add one from a later day."))
    if rule.starts_on < clock.today():
        raise ValidationError({"starts_on": _("Choose today or a later day: what was so in the past stays so.")})
    return save_reference(entry=rule, by=by, expected=expected)
