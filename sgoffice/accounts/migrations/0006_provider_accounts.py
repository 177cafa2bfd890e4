import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import sgoffice.records.identifiers
import sgoffice.records.triggers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('accounts', '0005_second_factors'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProviderAccount',
            fields=[
                ('id', models.UUIDField(default=sgoffice.records.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('issuer', models.CharField(help_text='The provider.', max_length=500)),
                ('subject', models.CharField(help_text='Whom the provider means, in its own words.', max_length=255)),
                ('claimed_role', models.CharField(blank=True, choices=[('viewer', 'Viewer: reads'), ('officer', 'Officer: logs and corrects'), ('approver', 'Approver: also reads restricted records, sets rules and lowers markings'), ('administrator', 'Administrator: also manages staff; reads no restricted records'), ('auditor', 'Auditor: reads, and verifies history')], help_text='A role that the provider claims for them and two people give.', max_length=20)),
                ('created_at', models.DateTimeField()),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='provider_account', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('issuer', 'subject'), name='provider_account_is_one_persons')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provideraccount',
            trigger=pgtrigger.compiler.Trigger(name='history', sql=sgoffice.records.triggers.ScribeSql(execute="register_write_history('user_id', '', '{}')", func='', hash='f4e0d832277918e3955aa416fe020ccfca9da3c9', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_history_ff4cf', table='accounts_provideraccount', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='provideraccount',
            trigger=pgtrigger.compiler.Trigger(name='provider_accounts_stay', sql=sgoffice.records.triggers.RuleSql(func="\n                    IF TG_OP = 'INSERT' AND coalesce(current_setting('sgoffice.actor', true), '')\n                            NOT IN ('staff:' || NEW.user_id, 'provider:' || NEW.issuer)\n                        OR TG_OP = 'DELETE'\n                        OR TG_OP = 'UPDATE' AND (NEW.user_id, NEW.issuer, NEW.subject)\n                            IS DISTINCT FROM (OLD.user_id, OLD.issuer, OLD.subject) THEN\n                        RAISE EXCEPTION 'whom the provider means is said by the provider or by themselves, once'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'provider_accounts_stay';\n                    END IF;\nRETURN NEW;", hash='336f8a5dc6a33f5bc7bbbbde97fc33b7d41ba68d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_provider_accounts_stay_d076b', table='accounts_provideraccount', when='BEFORE')),
        ),
    ]
