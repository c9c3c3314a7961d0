"""What every governed record has: an opaque key, a version, stamps, and its past states."""

from datetime import datetime
from functools import cache
from typing import Any, NoReturn

from django.core.exceptions import FieldError
from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from records.identity import new_id


class PastStates(HistoryManager):
    """The library makes a class each time a row's history is asked for, which every save does; each is made once here."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[models.QuerySet], class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class History(HistoricalRecords):
    """Past states that keep the actor as text, so that no lower floor points at people."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(history_manager=PastStates, **kwargs)

    def _get_history_user_fields(self) -> dict[str, Any]:
        def get(historical: Any) -> str:
            return historical.history_user_id

        def put(historical: Any, actor: Any) -> None:
            historical.history_user_id = str(actor.pk) if actor else ""

        return {"history_user": property(get, put), "history_user_id": models.CharField(max_length=64, default="")}

    def fields_included(self, model: type[models.Model]) -> list[models.Field]:
        left_out = getattr(model, "NO_HISTORY", ())
        return [field for field in super().fields_included(model) if field.name not in left_out]

    def post_save(self, instance: Any, created: bool, using: str | None = None, **kwargs: Any) -> None:
        """Keep a state only when the one writer made it; a sign-in that stamps `last_login` is no act."""
        if hasattr(instance, "_history_date"):
            super().post_save(instance, created, using=using, **kwargs)
            del instance._history_date

    def get_history_user(self, instance: Any) -> Any:
        return getattr(instance, "_history_user", None)


class GovernedQuerySet(models.QuerySet):
    """Reads only: governed rows are written one by one through `records.writing.save`, so that none escapes history."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Governed rows are written by records.writing.save, one by one.")

    update = bulk_update = bulk_create = delete = update_or_create = get_or_create = create = _refuse


class Governed(models.Model):
    """A row that people answer for. `version` rises with every save; history keeps each state."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(editable=False, null=True)
    changed_at = models.DateTimeField(editable=False, null=True)
    changed_by_id = models.CharField(max_length=64, editable=False, default="")
    changed_by_name = models.CharField(max_length=200, editable=False, default="")

    # Set by records.writing just before a save; history stands at the act's instant, not at the clock's.
    _history_date: datetime
    _history_user: Any

    objects = GovernedQuerySet.as_manager()
    history = History(inherit=True)

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Any = None) -> None:
        """As Django does, but what was read in order to be pointed at is not asked for again: the database would refuse it."""
        super().clean_fields(exclude={*(exclude or ()), *self._pointing_at_what_was_read()})

    def _pointing_at_what_was_read(self) -> set[str]:
        found = set()
        for field in self._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and not field.remote_field.limit_choices_to:
                there = field.get_cached_value(self, default=None)
                if there is not None and not there._state.adding and there.pk == getattr(self, field.attname):
                    found.add(field.name)
        return found

    def validate_unique(self, exclude: Any = None) -> None:
        """As Django does, but for the key: it is drawn at random, and the database refuses a second one."""
        super().validate_unique(exclude={*(exclude or ()), "id"})

    def clean_before_writing(self) -> None:
        """All rules but the check constraints, which the database is about to apply (`records.writing.write`)."""
        self._is_about_to_be_written = True
        try:
            self.full_clean()
        finally:
            del self._is_about_to_be_written

    def validate_constraints(self, exclude: Any = None) -> None:
        """As Django does, but every check constraint in one question; they are asked one by one only when one is broken."""
        self._checks_hold = hasattr(self, "_is_about_to_be_written") or self._hold_together(exclude)
        try:
            super().validate_constraints(exclude=exclude)
        finally:
            del self._checks_hold

    def get_constraints(self) -> list[Any]:
        found = super().get_constraints()
        if not getattr(self, "_checks_hold", False):
            return found
        return [
            (model, [each for each in rules if not isinstance(each, models.CheckConstraint)]) for model, rules in found
        ]

    def _hold_together(self, exclude: Any) -> bool:
        """Whether all check constraints hold; False also when a field they need is left out."""
        checks = [each.condition for each in self._meta.constraints if isinstance(each, models.CheckConstraint)]
        if len(checks) < 2:
            return False
        try:
            values = self._get_field_expression_map(meta=self._meta, exclude=exclude)  # type: ignore[attr-defined]
            return models.Q(*checks).check(values)
        except FieldError:
            return False

    def chain(self) -> str:
        """The audit chain this record belongs to."""
        raise NotImplementedError(f"{type(self).__name__} must name its chain.")
