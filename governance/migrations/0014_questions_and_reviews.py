"""What signatories ask, the review of an agreement noted as done, a signature given anew after a refused copy."""

import django.db.models.deletion
import people.bilingual
import records.identity
from django.conf import settings
from django.db import migrations, models

from records.database import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0013_version_in_french'),
        ('people', '0005_delegations'),
        ('records', '0005_seals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MouReview',
            fields=[
                ('id', models.UUIDField(default=records.identity.new_id, editable=False, primary_key=True, serialize=False)),
                ('due_on', models.DateField(verbose_name='was due on')),
                ('reviewed_on', models.DateField(verbose_name='reviewed on')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='next review on')),
                ('note_en', models.TextField(blank=True, verbose_name='what came of it (English)')),
                ('note_fr', models.TextField(blank=True, verbose_name='what came of it (French)')),
                ('noted_at', models.DateTimeField()),
                ('noted_by_id', models.CharField(max_length=64)),
                ('noted_by_name', models.CharField(max_length=200)),
            ],
            options={
                'verbose_name': 'review of a memorandum',
                'ordering': ['reviewed_on', 'noted_at'],
            },
            bases=(people.bilingual.Bilingual, models.Model),
        ),
        migrations.RemoveConstraint(
            model_name='mousignature',
            name='mou_signature_once',
        ),
        migrations.AddField(
            model_name='historicalmoucomment',
            name='asked',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who is asked'),
        ),
        migrations.AddField(
            model_name='historicalmoucomment',
            name='is_question',
            field=models.BooleanField(default=False, editable=False, verbose_name='question of a signatory'),
        ),
        migrations.AddField(
            model_name='moucomment',
            name='asked',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who is asked'),
        ),
        migrations.AddField(
            model_name='moucomment',
            name='is_question',
            field=models.BooleanField(default=False, editable=False, verbose_name='question of a signatory'),
        ),
        migrations.AddField(
            model_name='mousignature',
            name='attempt',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name='mousignature',
            constraint=models.UniqueConstraint(fields=('text', 'official', 'attempt'), name='mou_signature_once', violation_error_message='This signature is there already.'),
        ),
        migrations.AddField(
            model_name='moureview',
            name='mou',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periodic_reviews', to='governance.mou'),
        ),
        migrations.AddConstraint(
            model_name='moureview',
            constraint=models.UniqueConstraint(fields=('mou', 'due_on'), name='mou_review_once', violation_error_message='This review is noted already.'),
        ),
        migrations.AddConstraint(
            model_name='moureview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('note_en', ''), _negated=True), models.Q(('note_fr', ''), _negated=True), _connector='OR'), name='mou_review_says_something', violation_error_message='Say what came of it, in one language at least.'),
        ),
        append_only("governance_moureview"),
    ]
