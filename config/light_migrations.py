"""Migrate an empty database in seconds instead of half a minute, for the demonstration and the tests.

Before each operation Django draws the touched model anew, and every model that can be reached from it by keys; here that
is nearly all of them, hundreds of times. The operations ask only for the touched model and for the keys it points at, so
drawing that one model makes the same schema. Production keeps Django's own way.
"""

from collections.abc import Iterable

from django.db.migrations.state import ProjectState


def draw_only_what_changes() -> None:
    """Let later migrations of this process draw only the models an operation names."""

    def reload_model(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
        reload_models(state, {(app_label, model_name)})

    def reload_models(state: ProjectState, models: Iterable[tuple[str, str]], delay: bool = True) -> None:
        if "apps" in state.__dict__:
            state._reload(set(models))  # type: ignore[attr-defined]

    ProjectState.reload_model = reload_model  # type: ignore[method-assign, assignment]
    ProjectState.reload_models = reload_models  # type: ignore[method-assign, assignment]
