from datetime import date

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_one_search")]

    operations = [
        migrations.RemoveIndex(model_name="agreement", name="agreement_by_next_turn"),
        migrations.RenameField(model_name="agreement", old_name="turned_on", new_name="changed_on"),
        migrations.RenameField(model_name="agreement", old_name="next_turn_on", new_name="next_change_on"),
        migrations.AlterField(
            model_name="agreement",
            name="changed_on",
            field=models.DateField(
                default=date.min,
                editable=False,
                help_text="Since when it has its current status, as far as acts and the clock have recorded.",
            ),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="next_change_on",
            field=models.DateField(
                null=True,
                editable=False,
                help_text="When time alone changes the status: the clock records it on this day.",
            ),
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(
                fields=["next_change_on", "id"],
                condition=Q(is_in_error=False, merged_into=None, next_change_on__isnull=False),
                name="agreement_by_next_change",
            ),
        ),
    ]
