"""Who acts. Records keep the actor's key and name as text, so that a person may leave and the record still reads."""

from dataclasses import dataclass
from typing import Any, Protocol


class Actor(Protocol):
    """Anything with a key and a name."""

    @property
    def pk(self) -> Any: ...

    def get_full_name(self) -> str: ...


@dataclass(frozen=True)
class SystemActor:
    """The system itself: jobs, migrations, imports without a person behind them."""

    pk: str = "system"

    def get_full_name(self) -> str:
        return "Gatehouse"

    def __str__(self) -> str:
        return self.get_full_name()


SYSTEM = SystemActor()
