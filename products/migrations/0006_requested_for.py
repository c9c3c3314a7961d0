"""In whose name status is requested, where the sponsor handed that over."""

from django.db import migrations, models

FIELD = models.CharField(blank=True, default="", editable=False, max_length=200, verbose_name="in the name of")


class Migration(migrations.Migration):
    dependencies = [("products", "0005_product_status_course")]
    operations = [
        migrations.AddField(model, "requested_for_name", FIELD.clone(), preserve_default=False)
        for model in ("productstatus", "historicalproductstatus")
    ]
