"""A job title in both languages; one that stood alone stays in the language of its holder."""

from django.db import migrations, models
from django.db.models import F


def to_french(apps, schema_editor):
    for name in ("Person", "HistoricalPerson"):
        rows = apps.get_model("people", name).objects.filter(language="fr")
        rows.update(title_fr=F("title_en"), title_en="")


def to_one(apps, schema_editor):
    for name in ("Person", "HistoricalPerson"):
        apps.get_model("people", name).objects.filter(title_en="").update(title_en=F("title_fr"))


class Migration(migrations.Migration):
    dependencies = [("people", "0005_delegations")]
    operations = [
        operation
        for model in ("person", "historicalperson")
        for operation in (
            migrations.RenameField(model, "title", "title_en"),
            migrations.AlterField(
                model, "title_en", models.CharField(blank=True, max_length=200, verbose_name="title (English)")
            ),
            migrations.AddField(
                model, "title_fr", models.CharField(blank=True, default="", max_length=200, verbose_name="title (French)"),
                preserve_default=False,
            ),
        )
    ] + [migrations.RunPython(to_french, to_one)]
