"""Published versions of briefs never change."""
from django.db import migrations

from records.database import append_only


class Migration(migrations.Migration):
    dependencies = [("products", "0001_initial")]

    operations = [append_only("products_briefversion")]
