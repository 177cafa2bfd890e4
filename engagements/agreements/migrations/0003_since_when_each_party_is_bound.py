import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    readable_by = "0.2.0"

    dependencies = [
        ('agreements', '0002_say_what_partners_read_of_an_act'),
    ]

    operations = [
        migrations.AlterField(
            model_name='act',
            name='kind',
            field=models.CharField(choices=[('negotiation_mandate', 'Mandate to negotiate'), ('signing_mandate', 'Mandate to sign'), ('initialling', 'Initialling'), ('adoption', 'Adoption of the text'), ('opened_for_signature', 'Opened for signature'), ('signature', 'Signature'), ('approval', 'Approval'), ('ratification', 'Ratification'), ('acceptance', 'Acceptance'), ('accession', 'Accession'), ('notification', 'Notification'), ('provisional_application', 'Provisional application'), ('entry_into_force', 'Entry into force'), ('registration', 'Registration'), ('amendment', 'Amendment'), ('renewal', 'Renewal'), ('suspension', 'Suspension'), ('resumption', 'Resumption'), ('notice_of_termination', 'Notice of termination'), ('revocation', 'Revocation of a notice'), ('withdrawal', 'Withdrawal'), ('termination', 'Termination'), ('expiry', 'Expiry'), ('lapse', 'Lapse'), ('supersession', 'Supersession'), ('conclusion', 'Conclusion (which act is not known)'), ('attestation', 'Attestation of a status'), ('milestone', 'Milestone')], help_text='What was done.', max_length=24),
        ),
        migrations.CreateModel(
            name='Binding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.UUIDField(help_text='The id of the party in the agreement.')),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField(help_text='From the first day to the first day after it; an end may be open.')),
                ('is_bound', models.BooleanField(help_text='Null: not known.', null=True)),
                ('by', models.CharField(blank=True, choices=[('negotiation_mandate', 'Mandate to negotiate'), ('signing_mandate', 'Mandate to sign'), ('initialling', 'Initialling'), ('adoption', 'Adoption of the text'), ('opened_for_signature', 'Opened for signature'), ('signature', 'Signature'), ('approval', 'Approval'), ('ratification', 'Ratification'), ('acceptance', 'Acceptance'), ('accession', 'Accession'), ('notification', 'Notification'), ('provisional_application', 'Provisional application'), ('entry_into_force', 'Entry into force'), ('registration', 'Registration'), ('amendment', 'Amendment'), ('renewal', 'Renewal'), ('suspension', 'Suspension'), ('resumption', 'Resumption'), ('notice_of_termination', 'Notice of termination'), ('revocation', 'Revocation of a notice'), ('withdrawal', 'Withdrawal'), ('termination', 'Termination'), ('expiry', 'Expiry'), ('lapse', 'Lapse'), ('supersession', 'Supersession'), ('conclusion', 'Conclusion (which act is not known)'), ('attestation', 'Attestation of a status'), ('milestone', 'Milestone')], help_text='The act of the party that decides it.', max_length=24)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bindings', to='agreements.agreement')),
            ],
            options={
                'ordering': ['party', 'during'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('party', '='), ('during', '&&')], name='binding_no_overlap')],
            },
        ),
    ]
