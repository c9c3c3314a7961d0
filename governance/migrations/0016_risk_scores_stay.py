"""What was scored never changes: a score is ended once, a review of a risk not at all. Similar statements need trigrams."""

from django.db import migrations

from records.database import append_only

ONLY_ENDED = """
CREATE OR REPLACE FUNCTION refuse_all_but_ending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.ends_on IS NULL AND NEW.ends_on IS NOT NULL
           AND (OLD.id, OLD.risk_id, OLD.kind, OLD.likelihood, OLD.impact, OLD.starts_on, OLD.note)
               IS NOT DISTINCT FROM
               (NEW.id, NEW.risk_id, NEW.kind, NEW.likelihood, NEW.impact, NEW.starts_on, NEW.note) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% may only be ended, once: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER governance_riskscore_only_ended BEFORE UPDATE OR DELETE ON governance_riskscore
    FOR EACH ROW EXECUTE FUNCTION refuse_all_but_ending();
CREATE TRIGGER governance_riskscore_no_truncate BEFORE TRUNCATE ON governance_riskscore
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
UNDO = """
DROP TRIGGER governance_riskscore_only_ended ON governance_riskscore;
DROP TRIGGER governance_riskscore_no_truncate ON governance_riskscore;
DROP FUNCTION refuse_all_but_ending();
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0015_risks")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        append_only("governance_riskreview"),
        migrations.RunSQL(ONLY_ENDED, UNDO),
    ]
