from pathlib import Path

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
        ('approvals', '0003_what_follows_is_nobodys_to_lower'),
        ('accounts', '0004_give_roles_by_two'),
    ]

    operations = [
        # frozen: a later change is a new file and a new migration
        migrations.RunSQL((Path(__file__).parents[1] / "second_factors.sql").read_text(encoding="utf-8"), ""),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.UUIDField(default=sgoffice.records.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('digest', models.BinaryField(help_text='SHA-256 of the code.', unique=True)),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(help_text='When it was used, or others took its place.', null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('id', models.UUIDField(default=sgoffice.records.identifiers.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('app', 'Authenticator app'), ('passkey', 'Passkey')], help_text='What it is.', max_length=20)),
                ('name', models.CharField(help_text='What its owner calls it.', max_length=100)),
                ('material', models.BinaryField(help_text='The secret that the app shares, sealed; or the public key of the passkey.')),
                ('counter', models.BigIntegerField(default=0, editable=False, help_text='The step of 30 seconds, or the count of the passkey, that was used last.')),
                ('created_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(help_text='When it was removed or reset.', null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='second_factors', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['created_at'],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='second_factor_since',
            field=models.DateTimeField(editable=False, help_text='Since when a second factor is asked of them at each sign-in.', null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='second_factor_is_asked', sql=sgoffice.records.triggers.RuleSql(func="\n                    IF OLD.second_factor_since IS DISTINCT FROM NEW.second_factor_since\n                        AND coalesce(current_setting('sgoffice.actor', true), '') <> 'staff:' || NEW.id\n                        AND NOT (NEW.second_factor_since IS NULL AND register_ends_second_factor(NEW.id)) THEN\n                        RAISE EXCEPTION 'the second factor of % is reset by one person alone', NEW.username\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'second_factor_is_asked';\n                    END IF;\nRETURN NEW;", hash='f30097dc69b6b8336dccb89bd51887725fe8121a', operation='UPDATE', pgid='pgtrigger_second_factor_is_asked_ab33c', table='accounts_user', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recoverycode',
            trigger=pgtrigger.compiler.Trigger(name='history', sql=sgoffice.records.triggers.ScribeSql(execute="register_write_history('user_id', '', '{digest}')", func='', hash='e774b6141f1d0cb1d8de64458926834ad997178a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_history_e93b7', table='accounts_recoverycode', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recoverycode',
            trigger=pgtrigger.compiler.Trigger(name='second_factors_are_their_owners', sql=sgoffice.records.triggers.RuleSql(func="\n        IF TG_OP <> 'DELETE' THEN\n            IF coalesce(current_setting('sgoffice.actor', true), '') = 'staff:' || NEW.user_id\n                AND (TG_OP = 'INSERT' OR (NEW.user_id = OLD.user_id\n                    AND (OLD.ended_at IS NULL OR OLD.ended_at = NEW.ended_at))) THEN\n                RETURN NEW;\n            END IF;\n            IF TG_OP = 'UPDATE' AND NEW.user_id = OLD.user_id AND NEW.ended_at IS NOT NULL\n                AND register_ends_second_factor(NEW.user_id) THEN\n                RETURN NEW;\n            END IF;\n        END IF;\n        RAISE EXCEPTION 'a second factor is its owner''s'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'second_factors_are_their_owners';\nRETURN NEW;", hash='f54ec766346efe8abba34264103a2a5568b9d5ef', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_second_factors_are_their_owners_5f9b7', table='accounts_recoverycode', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secondfactor',
            trigger=pgtrigger.compiler.Trigger(name='history', sql=sgoffice.records.triggers.ScribeSql(execute="register_write_history('user_id', '', '{material,counter,last_used_at}')", func='', hash='bdda8d7f4a512b69b7e72131a3c35ec7ec5e7e30', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_history_2c598', table='accounts_secondfactor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='secondfactor',
            trigger=pgtrigger.compiler.Trigger(name='second_factors_are_their_owners', sql=sgoffice.records.triggers.RuleSql(func="\n        IF TG_OP <> 'DELETE' THEN\n            IF coalesce(current_setting('sgoffice.actor', true), '') = 'staff:' || NEW.user_id\n                AND (TG_OP = 'INSERT' OR (NEW.user_id = OLD.user_id\n                    AND (OLD.ended_at IS NULL OR OLD.ended_at = NEW.ended_at))) THEN\n                RETURN NEW;\n            END IF;\n            IF TG_OP = 'UPDATE' AND NEW.user_id = OLD.user_id AND NEW.ended_at IS NOT NULL\n                AND register_ends_second_factor(NEW.user_id) THEN\n                RETURN NEW;\n            END IF;\n        END IF;\n        RAISE EXCEPTION 'a second factor is its owner''s'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'second_factors_are_their_owners';\nRETURN NEW;", hash='46c02e44d2b8a34db8344248e7d980b2f6189755', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_second_factors_are_their_owners_08fdb', table='accounts_secondfactor', when='BEFORE')),
        ),
    ]
