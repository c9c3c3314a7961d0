"""Why an analysis was corrected is said in both languages, like all that readers of a release read."""

from django.db import migrations, models

ANALYSES = ("impactanalysis", "historicalimpactanalysis")


def text(language: str, **more: object) -> models.TextField:
    return models.TextField(blank=True, verbose_name=f"reason for the correction ({language})", **more)


def pair(model: str, name: str) -> list:
    return [
        migrations.RenameField(model, name, f"{name}_en"),
        migrations.AlterField(model, f"{name}_en", text("English")),
        migrations.AddField(model, f"{name}_fr", text("French", default=""), preserve_default=False),
    ]


class Migration(migrations.Migration):
    dependencies = [("roadmaps", "0004_impact_analyses")]

    operations = [
        migrations.RemoveConstraint("impactedition", "impact_correction_says_why"),
        *pair("impactedition", "reason"),
        *(step for model in ANALYSES for step in pair(model, "correction_reason")),
        migrations.AddConstraint(
            "impactedition",
            models.CheckConstraint(
                condition=models.Q(number=1)
                | (models.Q(number__gt=1) & (~models.Q(reason_en="") | ~models.Q(reason_fr=""))),
                name="impact_correction_says_why",
            ),
        ),
    ]
