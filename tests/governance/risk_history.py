"""A register with a past: raised, scored anew, closed, reopened, become an issue, on days of this spring."""

from governance.actions.risk_scores import score_risk
from governance.actions.risks import close_risk, materialise_risk, reopen_risk
from governance.models import Risk
from products.actions.products import register_product
from records import clock
from tests.governance.risk_world import a_risk, noon

DAYS = ["2026-02-28", "2026-03-01", "2026-03-15", "2026-04-01", "2026-05-01", "2026-06-01", "2026-06-02"]
TODAY = "2026-06-02"


def again(risk):
    return Risk.objects.get(pk=risk.pk)


def a_member(cast, code="GUIDE", **values):
    told = {"parent": cast.product, **values}
    return register_product(
        department=cast.department,
        by=cast.portfolio_manager,
        code=code,
        name_en="Guided Matching",
        name_fr="Jumelage guidé",
        level="cio",
        orientation="external",
        sponsoring_branch=cast.branch,
        **told,
    )


def a_past(cast):
    """Five risks of a family: (rises, stays, closed and reopened, became an issue, new)."""
    by = cast.product_manager
    with clock.at(noon("2026-03-01")):
        member = a_member(cast)
        rises = a_risk(cast, scores={"inherent": (4, 4), "current": (3, 4), "residual": (2, 2)})
        stays = a_risk(cast, product=member, scores={"current": (4, 5), "residual": (4, 5)})
        shut = a_risk(cast, scores={"inherent": (5, 5), "current": (1, 2)})
        issue = a_risk(cast, product=member, scores={"current": (3, 4)})
    with clock.at(noon("2026-04-01")):
        close_risk(risk=again(shut), reason="Gone", by=by)
        score_risk(risk=again(rises), scores={"current": (4, 4)}, note="Rose", by=by)
    with clock.at(noon("2026-05-01")):
        reopen_risk(risk=again(shut), reason="Back", by=by)
        materialise_risk(risk=again(issue), became_issue_on=clock.today(), issue_en="It happened", by=by)
    with clock.at(noon("2026-06-01")):
        new = a_risk(cast, scores={"current": (5, 5)})
    return rises, stays, shut, issue, new
