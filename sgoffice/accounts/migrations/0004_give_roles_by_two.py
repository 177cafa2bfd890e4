from pathlib import Path

import pgtrigger.compiler
import pgtrigger.migrations
import sgoffice.records.triggers
from django.db import migrations


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('approvals', '0001_approvals'),
        ('accounts', '0003_history_of_staff'),
    ]

    operations = [
        # frozen: a later change is a new file and a new migration
        migrations.RunSQL((Path(__file__).parents[1] / "roles.sql").read_text(encoding="utf-8")),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='roles_are_given_by_two', sql=sgoffice.records.triggers.RuleSql(func="\n                    IF TG_OP = 'UPDATE' THEN\n                        IF OLD.role <> NEW.role\n                            AND coalesce(current_setting('sgoffice.actor', true), '') = 'staff:' || NEW.id THEN\n                            RAISE EXCEPTION '% changes the own role', NEW.username\n                                USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_changes_the_own_role';\n                        END IF;\n                        IF OLD.role = NEW.role AND OLD.is_active AND OLD.is_example = NEW.is_example THEN\n                            RETURN NEW;\n                        END IF;\n                    END IF;\n                    IF NEW.role IN ('viewer', 'officer') OR NOT NEW.is_active THEN RETURN NEW; END IF;\n                    IF NOT register_role_is_approved(NEW.id, NEW.role)\n                        AND NOT register_staff_is_missing(NEW.id, NEW.role, NEW.is_example) THEN\n                        RAISE EXCEPTION '% becomes % by one person alone', NEW.username, NEW.role\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'roles_are_given_by_two';\n                    END IF;\nRETURN NEW;", hash='773194b15aded14e8679c2d9f0361b30dcb98ec0', operation='INSERT OR UPDATE', pgid='pgtrigger_roles_are_given_by_two_c204c', table='accounts_user', when='BEFORE')),
        ),
    ]
