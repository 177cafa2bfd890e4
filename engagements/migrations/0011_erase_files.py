import pgtrigger.compiler
import pgtrigger.migrations
import sgoffice.records.triggers
from django.db import migrations


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('approvals', '0004_erase_what_proposals_quote'),
        ('engagements', '0010_validate_what_attachments_belong_to'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='filecontent',
            name='file_content_is_final',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='filecontent',
            trigger=pgtrigger.compiler.Trigger(name='file_content_is_final', sql=sgoffice.records.triggers.RuleSql(func="\n                    IF TG_OP = 'DELETE' AND redaction_is_under_way() THEN RETURN OLD; END IF;\n                    RAISE EXCEPTION 'the bytes of a file stay as they were written'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'file_content_is_final';\nRETURN NEW;", hash='1ea9923a6489a1ebdd1fe300df26ac67a8fe7a1b', operation='UPDATE OR DELETE', pgid='pgtrigger_file_content_is_final_077ba', table='engagements_filecontent', when='BEFORE')),
        ),
    ]
