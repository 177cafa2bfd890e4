from django.db import migrations, models
from django.db.models import Q

_SEEN_BY_ALL = Q(("is_in_error", False), ("merged_into", None), Q(("marking", "restricted"), _negated=True))


class Migration(migrations.Migration):
    """Restricted sessions and decisions no longer betray themselves by a number or symbol that is taken."""

    readable_by = "0.2.0"
    allows = {
        "ADD_UNIQUE": "the version before already keeps to it",
        "require-concurrent-index-creation": "there are thousands of sessions and decisions, not millions",
        "require-concurrent-index-deletion": "there are thousands of sessions and decisions, not millions",
    }
    dependencies = [("appointments", "0001_initial"), ("directory", "0001_initial")]
    operations = [
        migrations.RemoveConstraint(model_name="decision", name="decision_symbol_once"),
        migrations.RemoveConstraint(model_name="session", name="session_number_once"),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("body", "symbol"),
                condition=_SEEN_BY_ALL & Q(("symbol", ""), _negated=True),
                name="decision_symbol_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                fields=("body", "number"), condition=_SEEN_BY_ALL, name="session_number_once"
            ),
        ),
    ]
