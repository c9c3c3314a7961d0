"""The embedded PostgreSQL of the demo and the tests: one cluster in `.embedded/`, unix socket only, no TCP."""
from pathlib import Path

OWNER_ROLE = "gatehouse_owner"  # owns the tables, runs migrations
APP_ROLE = "gatehouse_app"  # everything else: cannot change the audit trail


def database_url(base: Path, role: str = APP_ROLE, name: str = "gatehouse") -> str:
    """The address of database `name` in the cluster of checkout `base`, for `role`. Does not start anything."""
    raise NotImplementedError
