"""Every governed row there is, with its version: equal before and after means that nothing was written."""

from typing import Any

from django.apps import apps

from records.models.governed import Governed

MODELS = [model for model in apps.get_models() if issubclass(model, Governed)]


def governed_rows() -> dict[str, dict[Any, int]]:
    """Table → key → version."""
    return {model.__name__: dict(model._base_manager.values_list("pk", "version")) for model in MODELS}
