from django.db import migrations, models


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('partners', '0003_narrow_tokens'),
    ]

    operations = [
        migrations.CreateModel(
            name='UsedAssertion',
            fields=[
                ('digest', models.BinaryField(help_text='SHA-256 of client and `jti`.', primary_key=True, serialize=False)),
                ('expires_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.AddField(
            model_name='partnersecret',
            name='issued_by',
            field=models.CharField(blank=True, db_default='', help_text='Who issued it: the partner itself, or staff.', max_length=80),
        ),
        migrations.AddField(
            model_name='partnersecret',
            name='jwk',
            field=models.JSONField(help_text='The public key (RFC 7517); a secret has none.', null=True),
        ),
    ]
