"""A review of a risk knows its instant: several things happen to one risk on one day, and the history tells them in order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0020_found_sooner")]

    operations = [
        migrations.AddField(
            model_name="riskreview",
            name="reviewed_at",
            field=models.DateTimeField(null=True, verbose_name="reviewed at"),
        ),
    ]
