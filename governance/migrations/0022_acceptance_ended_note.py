"""An acceptance that is taken back keeps the reason that was typed, where the history of the risk tells it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0021_reviewed_at")]

    operations = [
        migrations.AddField(
            model_name="riskacceptance",
            name="ended_note",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="why it was taken back"),
        ),
        migrations.AddField(
            model_name="historicalriskacceptance",
            name="ended_note",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="why it was taken back"),
        ),
    ]
