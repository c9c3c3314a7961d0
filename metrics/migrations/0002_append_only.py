"""Raw deliveries in partitions by month of arrival; what was received and computed never changes."""
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from records.database import append_only

# A delivery of a month without its own partition is kept all the same, in the default one.
TABLE = """
CREATE SEQUENCE metrics_delivery_id_seq;
CREATE TABLE metrics_delivery (
    id bigint NOT NULL DEFAULT nextval('metrics_delivery_id_seq'),
    received_at timestamptz NOT NULL DEFAULT statement_timestamp(),
    product_id uuid NULL,
    source_id uuid NULL,
    event varchar(100) NOT NULL,
    body bytea NOT NULL,
    records jsonb NOT NULL,
    PRIMARY KEY (id, received_at)
) PARTITION BY RANGE (received_at);
ALTER SEQUENCE metrics_delivery_id_seq OWNED BY metrics_delivery.id;
CREATE TABLE metrics_delivery_other PARTITION OF metrics_delivery DEFAULT;
"""
# The application's role has no right to make tables; this function makes exactly these, as their owner.
MAKE_PARTITION = """
CREATE FUNCTION metrics_make_partition(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    first_day date := date_trunc('month', month);
    part text := 'metrics_delivery_' || to_char(first_day, 'YYYYMM');
BEGIN
    IF to_regclass(part) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF metrics_delivery FOR VALUES FROM (%L) TO (%L)', part,
            first_day::timestamp AT TIME ZONE 'UTC', (first_day + interval '1 month') AT TIME ZONE 'UTC');
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("metrics", "0001_initial"), ("records", "0002_append_only")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(TABLE, "DROP TABLE metrics_delivery"),
                migrations.RunSQL(MAKE_PARTITION, "DROP FUNCTION metrics_make_partition(date)"),
            ],
            state_operations=[
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ('event', models.CharField(blank=True, max_length=100)),
                        ('body', models.BinaryField()),
                        ('records', models.JSONField(default=list)),
                        ('product', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='products.product')),
                        ('source', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='deliveries', to='metrics.deliverysource')),
                    ],
                    options={
                        'verbose_name': 'delivery',
                        'verbose_name_plural': 'deliveries',
                    },
                ),
            ],
        ),
        append_only("metrics_delivery"),
        append_only("metrics_deliveryreceipt"),
        append_only("metrics_dorasnapshot"),
        append_only("metrics_monthclosing"),
    ]
