"""What was frozen, said and signed of a memorandum never changes."""
from django.db import migrations

from records.database import append_only


class Migration(migrations.Migration):
    dependencies = [("governance", "0009_memoranda")]

    operations = [
        append_only("governance_moutext"),
        append_only("governance_mouopinion"),
        append_only("governance_mousignature"),
        append_only("governance_mouconsent"),
    ]
