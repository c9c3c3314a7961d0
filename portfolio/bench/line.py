"""One line of the bench: what was measured, beside its target and beside a floor of the same run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measurement: what, how much, its target, how many times the floor (0 where there is no floor).

    Less is better, unless `at_least` says that the target is to be reached.
    """

    what: str
    value: float
    unit: str
    target: float
    ratio: float = 0
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        verdict = "PASS" if self.is_met else "over" if not self.at_least else "less"
        beside = f"{self.ratio:6.1f} × floor" if self.ratio else ""
        return (
            f"{verdict}  {self.what:<52} {self.value:8,.0f} {self.unit:<8} target {self.target:,.0f}  {beside}".rstrip()
        )
