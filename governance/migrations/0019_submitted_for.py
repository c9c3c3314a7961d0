"""In whose name a review is submitted, where the sponsor handed that over."""

from django.db import migrations, models

FIELDS = {
    "submitted_for_id": models.CharField(blank=True, default="", editable=False, max_length=64),
    "submitted_for_name": models.CharField(
        blank=True, default="", editable=False, max_length=200, verbose_name="in the name of"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("governance", "0018_risk_imports")]
    operations = [
        migrations.AddField(model, name, field.clone(), preserve_default=False)
        for model in ("review", "historicalreview")
        for name, field in FIELDS.items()
    ]
