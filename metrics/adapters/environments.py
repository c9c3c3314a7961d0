"""Which of our environments a source means: its own mapping first, then the vendor's hint, then names everybody uses."""

from metrics.adapters.envelope import Feed
from metrics.states import Environment

USUAL: dict[str, frozenset[str]] = {
    Environment.PRODUCTION: frozenset({"production", "prod", "prd", "live"}),
    Environment.STAGING: frozenset({"staging", "stage", "stg", "preprod", "pre-prod", "preproduction", "pre-production",
                                    "uat", "acceptance"}),
    Environment.TESTING: frozenset({"testing", "test", "tst", "qa", "integration", "ci"}),
    Environment.DEVELOPMENT: frozenset({"development", "dev", "local", "sandbox", "review", "preview"}),
}  # fmt: skip


def environment_of(feed: Feed, name: str, hint: str = "") -> tuple[str, bool]:
    """The environment `name` means, and whether that is known; an unknown one is "other", to be said in the log."""
    mapped = {each.lower(): environment for each, environment in feed.environments.items()}
    if name.lower() in mapped:
        return mapped[name.lower()], True
    if hint in Environment.values:
        return hint, True
    first = name.lower().split("/", 1)[0].strip()
    for environment, names in USUAL.items():
        if first in names:
            return environment, True
    return Environment.OTHER, False
