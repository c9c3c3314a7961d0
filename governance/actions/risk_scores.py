"""Scores of a risk: begun, ended, never changed; and the reviews that find them still true (domain.md §7)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from governance import events
from governance.actions.risk_acceptances import end_in_force
from governance.models import Risk, RiskReview, RiskScore
from governance.permissions import may_keep_risks
from governance.risk_states import AcceptanceEnd, ScoreKind
from governance.risks.bands import band_of, latest_review
from governance.risks.scoring import Score, Scores, as_score, checked, last_scores, standing_scores
from people.permissions import require
from records import clock
from records.actors import Actor
from records.acts import act
from records.refusals import OutOfTurn
from records.trail import record
from records.writing import save, write

# What the trail calls them.
NAMES = {
    ScoreKind.INHERENT: gettext_noop("inherent score"),
    ScoreKind.CURRENT: gettext_noop("current score"),
    ScoreKind.RESIDUAL: gettext_noop("residual score"),
}


@act
def score_risk(*, risk: Risk, scores: Scores, note: str, by: Actor, expected: int | None = None) -> Risk:
    """Score an open risk anew; kinds that are left out or the same stay as they are. Counts as a review.

    An acceptance lapses when the current score changes. ValidationError on `<kind>_likelihood`, `<kind>_impact` or
    `note`; Stale when somebody scored it since `expected`.
    """
    require(may_keep_risks(by, risk.product))
    require_open(risk)
    standing = standing_scores(risk)
    changed = {kind: new for kind, new in checked(scores).items() if _differs(standing.get(kind), new)}
    if not changed:
        raise ValidationError(_("These are the scores it has. If they still hold, note a review instead."))
    if not note.strip():
        raise ValidationError({"note": _("Say why the score changes.")})
    current = changed.get(ScoreKind.CURRENT) or as_score(standing[ScoreKind.CURRENT])
    risk.scorings += 1
    risk.reviewed_on, risk.review_on = clock.today(), due_after(risk, current)
    save(risk, by=by, expected=expected)
    told = {}
    for kind, new in changed.items():
        before = standing.get(kind)
        if before is not None:
            end_score(before, by)
        begin_score(risk, kind, new, note, by)
        told[NAMES[kind]] = [str(as_score(before)) if before else None, str(new)]
    if ScoreKind.CURRENT in changed:
        end_in_force(risk, AcceptanceEnd.RESCORED, by)
    record(events.RISK_SCORED, on=risk, by=by, changes=told, reason=note)
    return risk


def _differs(before: RiskScore | None, after: Score) -> bool:
    return before is None or as_score(before) != after


@act
def review_risk(
    *, risk: Risk, note: str, by: Actor, review_on: date | None = None, expected: int | None = None
) -> Risk:
    """Note that an open risk was looked at and its scores still hold; fixes when it is looked at again.

    `review_on` may be sooner than its band asks for, not later: ValidationError.
    """
    require(may_keep_risks(by, risk.product))
    require_open(risk)
    if not note.strip():
        raise ValidationError({"note": _("Say what you found.")})
    today = clock.today()
    latest = due_after(risk, as_score(standing_scores(risk)[ScoreKind.CURRENT]))
    risk.reviewed_on, risk.review_on = today, checked_review(review_on, latest)
    changes = save(risk, by=by, expected=expected)
    write(
        RiskReview(
            risk=risk,
            reviewed_on=today,
            reviewed_at=clock.now(),
            note=note,
            reviewed_by_id=str(by.pk),
            reviewed_by_name=by.get_full_name(),
        )
    )
    record(events.RISK_REVIEWED, on=risk, by=by, changes=changes, reason=note)
    return risk


def require_open(risk: Risk) -> None:
    """Raise OutOfTurn unless the risk is open."""
    if not risk.is_open:
        raise OutOfTurn(_("This risk is not open: %(state)s.") % {"state": risk.get_state_display()}, subject=risk)


def due_after(risk: Risk, current: Score) -> date:
    """The latest day of the next review when it is looked at today and stands at `current`."""
    today, department = clock.today(), risk.product.department_id
    return latest_review(department, band_of(department, current.likelihood, current.impact, today), today)


def checked_review(wanted: date | None, latest: date) -> date:
    """The day of the next review: as wanted, if it is to come and not later than the band allows."""
    if wanted is None:
        return latest
    if wanted < clock.today():
        raise ValidationError({"review_on": _("Choose a day that is still to come.")})
    if wanted > latest:
        told = {"latest": latest}
        raise ValidationError({"review_on": _("A risk of this band is looked at again by %(latest)s.") % told})
    return wanted


def begin_score(risk: Risk, kind: str, score: Score, note: str, by: Actor) -> RiskScore:
    """Part of an act: a score in force from today."""
    row = RiskScore(
        risk=risk,
        kind=kind,
        likelihood=score.likelihood,
        impact=score.impact,
        starts_on=clock.today(),
        note=note,
    )
    save(row, by=by)
    return row


def end_score(row: RiskScore, by: Actor) -> None:
    """Part of an act: in force up to yesterday."""
    row.ends_on = clock.today()
    save(row, by=by)


def end_scores(risk: Risk, by: Actor) -> None:
    """Part of closing a risk and of its becoming an issue."""
    for row in standing_scores(risk).values():
        end_score(row, by)


def begin_again(risk: Risk, note: str, by: Actor) -> None:
    """Part of reopening: the scores it had last, from today."""
    for kind, row in last_scores(risk).items():
        begin_score(risk, kind, as_score(row), note, by)
