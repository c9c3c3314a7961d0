"""What ships with the software and an administrator may change afterwards: sixty days until a release is analysed.

Loaded after every migrate; rows that exist are left as they are.
"""

from datetime import date
from typing import Any

from django.db import connection

from records.actors import SYSTEM
from records.writing import save

FROM_THE_BEGINNING = date(2000, 1, 1)


def load_defaults(**kwargs: Any) -> None:
    """Add the installation's rule where none is there."""
    from roadmaps.models import AnalysisRule

    if AnalysisRule._meta.db_table not in connection.introspection.table_names():
        return
    if not AnalysisRule.objects.filter(department=None).exists():
        save(AnalysisRule(starts_on=FROM_THE_BEGINNING), by=SYSTEM)
