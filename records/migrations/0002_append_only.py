"""The trail and the documents cannot be changed; the cache table exists where there is no Redis."""
from django.core.management import call_command
from django.db import migrations

from records.database import REFUSE_FUNCTION, append_only


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", "records_cache", verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS unaccent", migrations.RunSQL.noop),
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE_FUNCTION, "DROP FUNCTION refuse_change()"),
        append_only("records_auditevent"),
        append_only("records_document"),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
