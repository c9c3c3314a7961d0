"""A phase never changes without a mandate of its own, whoever writes the row (decisions.md §3)."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION refuse_phase_without_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the phase moves only by a decision: % of % refused', NEW.phase, NEW.id
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER products_product_phase BEFORE UPDATE ON products_product FOR EACH ROW
    WHEN (NEW.phase IS DISTINCT FROM OLD.phase AND NEW.phase_mandate_id IS NOT DISTINCT FROM OLD.phase_mandate_id)
    EXECUTE FUNCTION refuse_phase_without_mandate();
"""
UNDO = """
DROP TRIGGER products_product_phase ON products_product;
DROP FUNCTION refuse_phase_without_mandate();
"""


class Migration(migrations.Migration):
    dependencies = [("products", "0003_brief_drafts_and_holders")]

    operations = [migrations.RunSQL(REFUSE, UNDO)]
