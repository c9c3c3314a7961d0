"""Who accepts an open risk as it is scored now, and why a board may not be asked to (domain.md §7)."""

from django.utils.translation import gettext as _

from governance.models import BandRule, Risk
from governance.risk_states import ScoreKind
from governance.risks.bands import band_of, rule_on
from governance.risks.scoring import standing_scores
from records import clock


def rule_of(risk: Risk) -> BandRule:
    """The rule of the band an open risk is in today."""
    today, department = clock.today(), risk.product.department_id
    score = standing_scores(risk)[ScoreKind.CURRENT]
    return rule_on(department, band_of(department, score.likelihood, score.impact, today), today)


def why_no_board(risk: Risk) -> str:
    """Why no board accepts an open risk, in words: somebody on the product's side does; empty when a board may."""
    rule = rule_of(risk)
    if rule.board_accepts:
        return ""
    told = {"band": rule.get_band_display(), "holders": ", ".join(str(kind.label) for kind in rule.accepters())}
    return _("A risk that is %(band)s is not brought before a board. It is accepted by: %(holders)s.") % told
