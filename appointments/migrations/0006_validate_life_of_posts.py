from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("appointments", "0005_life_of_posts")]

    operations = [
        ValidateConstraint("post", name)
        for name in ("post_founding_date_is_a_date", "post_dissolution_date_is_a_date", "post_ends_after_it_begins")
    ]
