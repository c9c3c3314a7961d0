"""What a matrix says, in one sentence for its heading; and how one risk moved since another day."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.risk_states import ScoreKind
from governance.risks.filters import RegisterFilters
from governance.risks.matrix import Matrix
from people.wording import capital, count_word, figure
from records import clock


def finding(matrix: Matrix, kind: str, today: date) -> str:
    """How many of how many are high, and how many of them were not before."""
    if not matrix.total:
        return _("No risk is open") if matrix.day >= today else _("No risk was open on %(day)s") % {"day": matrix.day}
    told = {"many": count_word(matrix.high), "all": figure(matrix.total), "day": matrix.day}
    words = capital(_how_many(kind, matrix, matrix.day < today) % told)
    if kind == ScoreKind.CURRENT and matrix.newly_high:
        words += _newly(matrix)
    return words


def found(asked: RegisterFilters) -> str:
    """The finding of what was asked for: that nothing matches, or that this reader has no register, is not that none is open."""
    if asked.matrix.total or not (asked.is_thinned or not asked.scope.products.exists()):
        return finding(asked.matrix, asked.kind, clock.today())
    return _("No risk matches these filters") if asked.is_thinned else _("No register here is open to you")


def _how_many(kind: str, matrix: Matrix, is_past: bool) -> str:
    if not matrix.high:
        return _none_high(kind, matrix.total, is_past)
    if matrix.total == 1:
        return _only_high(kind, is_past)
    if kind == ScoreKind.INHERENT:
        return ngettext(
            "%(many)s of %(all)s risks would be high if nothing were done",
            "%(many)s of %(all)s risks would be high if nothing were done",
            matrix.high,
        )
    if kind == ScoreKind.RESIDUAL:
        return ngettext(
            "%(many)s of %(all)s risks would still be high once all that is planned is done",
            "%(many)s of %(all)s risks would still be high once all that is planned is done",
            matrix.high,
        )
    if is_past:
        return ngettext(
            "on %(day)s, %(many)s of %(all)s risks was high",
            "on %(day)s, %(many)s of %(all)s risks were high",
            matrix.high,
        )
    return ngettext("%(many)s of %(all)s risks is high", "%(many)s of %(all)s risks are high", matrix.high)


def _only_high(kind: str, is_past: bool) -> str:
    if kind == ScoreKind.INHERENT:
        return _("the only risk would be high if nothing were done")
    if kind == ScoreKind.RESIDUAL:
        return _("the only risk would still be high once all that is planned is done")
    return _("on %(day)s, the only risk was high") if is_past else _("the only risk is high")


def _none_high(kind: str, total: int, is_past: bool) -> str:
    if kind == ScoreKind.INHERENT:
        return ngettext(
            "the only risk would not be high even if nothing were done",
            "none of %(all)s risks would be high if nothing were done",
            total,
        )
    if kind == ScoreKind.RESIDUAL:
        return ngettext(
            "the only risk would not be high once all that is planned is done",
            "none of %(all)s risks would be high once all that is planned is done",
            total,
        )
    if is_past:
        return ngettext("on %(day)s, the only risk was not high", "on %(day)s, none of %(all)s risks was high", total)
    return ngettext("the only risk is not high", "none of %(all)s risks is high", total)


def _newly(matrix: Matrix) -> str:
    if matrix.newly_high == matrix.high == 1:
        return _("; it was not on %(since)s") % {"since": matrix.since}
    words = ngettext(
        "; %(many)s of them was not on %(since)s", "; %(many)s of them were not on %(since)s", matrix.newly_high
    )
    return words % {"many": count_word(matrix.newly_high), "since": matrix.since}


def where(matrix: Matrix) -> str:
    """What the matrix shows, for its caption."""
    words = ngettext("Where the one open risk stands", "Where the %(all)s open risks stand", matrix.total)
    return words % {"all": figure(matrix.total)} if matrix.total else _("Where open risks would stand")


def moved(severity: int, was: int | None) -> tuple[str, Any]:
    """(shape, words) of how a score stands beside what it was; None when the risk was not open then."""
    if was is None:
        return "open", _("New")
    if was == severity:
        return "level", _("No change")
    if severity > was:
        return "up", _("Up from %(was)s") % {"was": was}
    return "down", _("Down from %(was)s") % {"was": was}
