"""Rows of a governed model as they stood at an instant; the same fields, so that the same query serves today and the past."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject


def states_of(model: type[Model], at: datetime | None) -> QuerySet[Any]:
    """The rows now (`at` None), or the last state of each row at `at`, rows removed by then left out."""
    if at is None:
        return model._base_manager.all()  # type: ignore[attr-defined]
    history = model.history.model.objects  # type: ignore[attr-defined]
    later = history.filter(id=OuterRef("id"), history_date__lte=at).filter(
        Q(history_date__gt=OuterRef("history_date"))
        | Q(history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id"))
    )
    return history.filter(history_date__lte=at).exclude(history_type="-").filter(~Exists(later))


def gathered(rows: QuerySet[Any], *fields: str) -> ArraySubquery:
    """`rows` of the outer row as a list of JSON objects with the named fields (`a__b` becomes `a__b`)."""
    return ArraySubquery(rows.values(gathered=JSONObject(**{name: F(name) for name in fields})))
