"""Indicators, what products keep of them, and their values, which only grow."""

import django.db.models.deletion
import people.bilingual
import records.identity
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from records.database import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('metrics', '0003_watermark'),
        ('people', '0001_initial'),
        ('products', '0003_brief_drafts_and_holders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalKpiDefinition',
            fields=[
                ('id', models.UUIDField(db_index=True, default=records.identity.new_id, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(editable=False, null=True)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('changed_by_id', models.CharField(default='', editable=False, max_length=64)),
                ('changed_by_name', models.CharField(default='', editable=False, max_length=200)),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('name_en', models.CharField(max_length=120, verbose_name='name (English)')),
                ('name_fr', models.CharField(max_length=120, verbose_name='name (French)')),
                ('meaning_en', models.CharField(blank=True, max_length=300, verbose_name='what is counted (English)')),
                ('meaning_fr', models.CharField(blank=True, max_length=300, verbose_name='what is counted (French)')),
                ('kind', models.CharField(choices=[('result', 'business result'), ('quality', 'quality'), ('service', 'service level'), ('satisfaction', 'satisfaction'), ('team', 'team'), ('finance', 'finance')], max_length=12, verbose_name='kind')),
                ('unit_en', models.CharField(blank=True, max_length=20, verbose_name='unit (English)')),
                ('unit_fr', models.CharField(blank=True, max_length=20, verbose_name='unit (French)')),
                ('direction', models.CharField(choices=[('higher', 'higher is better'), ('lower', 'lower is better')], max_length=6, verbose_name='direction')),
                ('decimals', models.PositiveSmallIntegerField(default=0, verbose_name='digits after the decimal mark')),
                ('frequency', models.CharField(choices=[('month', 'every month'), ('quarter', 'every quarter'), ('year', 'every year')], default='quarter', max_length=8, verbose_name='frequency')),
                ('method', models.CharField(choices=[('entered', 'entered by the team'), ('team_stability', 'computed from the roles of the team'), ('speed_to_market', 'computed from requests and releases')], default='entered', max_length=16, verbose_name='where values come from')),
                ('least', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='least possible value')),
                ('most', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='greatest possible value')),
                ('benchmark', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='benchmark')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user_id', models.CharField(default='', max_length=64)),
                ('department', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: for all departments.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.department', verbose_name='department')),
            ],
            options={
                'verbose_name': 'historical indicator',
                'verbose_name_plural': 'historical indicators',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='KpiDefinition',
            fields=[
                ('id', models.UUIDField(default=records.identity.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(editable=False, null=True)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('changed_by_id', models.CharField(default='', editable=False, max_length=64)),
                ('changed_by_name', models.CharField(default='', editable=False, max_length=200)),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('name_en', models.CharField(max_length=120, verbose_name='name (English)')),
                ('name_fr', models.CharField(max_length=120, verbose_name='name (French)')),
                ('meaning_en', models.CharField(blank=True, max_length=300, verbose_name='what is counted (English)')),
                ('meaning_fr', models.CharField(blank=True, max_length=300, verbose_name='what is counted (French)')),
                ('kind', models.CharField(choices=[('result', 'business result'), ('quality', 'quality'), ('service', 'service level'), ('satisfaction', 'satisfaction'), ('team', 'team'), ('finance', 'finance')], max_length=12, verbose_name='kind')),
                ('unit_en', models.CharField(blank=True, max_length=20, verbose_name='unit (English)')),
                ('unit_fr', models.CharField(blank=True, max_length=20, verbose_name='unit (French)')),
                ('direction', models.CharField(choices=[('higher', 'higher is better'), ('lower', 'lower is better')], max_length=6, verbose_name='direction')),
                ('decimals', models.PositiveSmallIntegerField(default=0, verbose_name='digits after the decimal mark')),
                ('frequency', models.CharField(choices=[('month', 'every month'), ('quarter', 'every quarter'), ('year', 'every year')], default='quarter', max_length=8, verbose_name='frequency')),
                ('method', models.CharField(choices=[('entered', 'entered by the team'), ('team_stability', 'computed from the roles of the team'), ('speed_to_market', 'computed from requests and releases')], default='entered', max_length=16, verbose_name='where values come from')),
                ('least', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='least possible value')),
                ('most', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='greatest possible value')),
                ('benchmark', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='benchmark')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('department', models.ForeignKey(blank=True, help_text='Empty: for all departments.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department', verbose_name='department')),
            ],
            options={
                'verbose_name': 'indicator',
                'verbose_name_plural': 'indicators',
                'ordering': ['code'],
            },
            bases=(people.bilingual.Bilingual, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalProductKpi',
            fields=[
                ('id', models.UUIDField(db_index=True, default=records.identity.new_id, editable=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(editable=False, null=True)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('changed_by_id', models.CharField(default='', editable=False, max_length=64)),
                ('changed_by_name', models.CharField(default='', editable=False, max_length=200)),
                ('target', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='target')),
                ('benchmark', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='own benchmark')),
                ('starts_on', models.DateField(editable=False, verbose_name='kept since')),
                ('ends_on', models.DateField(blank=True, editable=False, null=True, verbose_name='kept until')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user_id', models.CharField(default='', max_length=64)),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('product', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='products.product')),
                ('definition', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='metrics.kpidefinition', verbose_name='indicator')),
            ],
            options={
                'verbose_name': 'historical indicator of a product',
                'verbose_name_plural': 'historical indicators of products',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ProductKpi',
            fields=[
                ('id', models.UUIDField(default=records.identity.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('created_at', models.DateTimeField(editable=False, null=True)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('changed_by_id', models.CharField(default='', editable=False, max_length=64)),
                ('changed_by_name', models.CharField(default='', editable=False, max_length=200)),
                ('target', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='target')),
                ('benchmark', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='own benchmark')),
                ('starts_on', models.DateField(editable=False, verbose_name='kept since')),
                ('ends_on', models.DateField(blank=True, editable=False, null=True, verbose_name='kept until')),
                ('definition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_by', to='metrics.kpidefinition', verbose_name='indicator')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='products.product')),
            ],
            options={
                'verbose_name': 'indicator of a product',
                'verbose_name_plural': 'indicators of products',
                'ordering': ['starts_on'],
            },
        ),
        migrations.CreateModel(
            name='KpiValue',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('period', models.DateField(verbose_name='period')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('value', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='value')),
                ('sample', models.PositiveIntegerField(blank=True, null=True, verbose_name='of how many')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='why it is corrected')),
                ('entered_at', models.DateTimeField()),
                ('entered_by_id', models.CharField(max_length=64)),
                ('entered_by_name', models.CharField(max_length=200)),
                ('product_kpi', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='values', to='metrics.productkpi')),
            ],
            options={
                'verbose_name': 'value of an indicator',
                'verbose_name_plural': 'values of indicators',
            },
        ),
        migrations.AddConstraint(
            model_name='kpidefinition',
            constraint=models.UniqueConstraint(fields=('department', 'code'), name='kpi_definition_code_once', nulls_distinct=False, violation_error_message='This code is used already.'),
        ),
        migrations.AddConstraint(
            model_name='kpidefinition',
            constraint=models.CheckConstraint(condition=models.Q(('decimals__lte', 4)), name='kpi_definition_decimals', violation_error_message='At most four digits after the decimal mark.'),
        ),
        migrations.AddConstraint(
            model_name='kpidefinition',
            constraint=models.CheckConstraint(condition=models.Q(('least__isnull', True), ('most__isnull', True), ('least__lt', models.F('most')), _connector='OR'), name='kpi_definition_range_in_order', violation_error_message='The least possible value is below the greatest one.'),
        ),
        migrations.AddConstraint(
            model_name='productkpi',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='product_kpi_dates_in_order', violation_error_message='It cannot end before it starts.'),
        ),
        migrations.AddConstraint(
            model_name='productkpi',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('product', 'definition'), name='product_kpi_kept_once', violation_error_message='This product keeps this indicator already.'),
        ),
        migrations.AddConstraint(
            model_name='kpivalue',
            constraint=models.UniqueConstraint(fields=('product_kpi', 'period', 'revision'), name='kpi_value_revision_once', violation_error_message='Somebody entered this period in the same moment. Look again.'),
        ),
        migrations.AddConstraint(
            model_name='kpivalue',
            constraint=models.CheckConstraint(condition=models.Q(('period__day', 1)), name='kpi_value_period_first_day', violation_error_message='A period is given by its first day.'),
        ),
        migrations.AddConstraint(
            model_name='kpivalue',
            constraint=models.CheckConstraint(condition=models.Q(('revision', 1), models.Q(('revision__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='kpi_value_correction_says_why', violation_error_message='A correction says why.'),
        ),
        append_only("metrics_kpivalue"),
    ]
