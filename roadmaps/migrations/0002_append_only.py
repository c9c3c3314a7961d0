"""Baselines never change."""
from django.db import migrations

from records.database import append_only


class Migration(migrations.Migration):
    dependencies = [("roadmaps", "0001_initial")]

    operations = [append_only("roadmaps_baselineentry")]
