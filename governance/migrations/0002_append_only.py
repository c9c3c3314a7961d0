"""What was submitted, voted and decided never changes."""
from django.db import migrations

from records.database import append_only


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial")]

    operations = [
        append_only("governance_package"),
        append_only("governance_ballot"),
        append_only("governance_decision"),
    ]
