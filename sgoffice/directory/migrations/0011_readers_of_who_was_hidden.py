from django.db import migrations


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("directory", "0010_readers_of_undone")]

    operations = [
        # who was hidden on their own before has the readers that the rule of 0010 says
        migrations.RunSQL(
            """
            SELECT directory_follow(ARRAY(
                SELECT p.id FROM directory_person p WHERE p.own_marking = 'restricted'
                UNION ALL SELECT o.id FROM directory_organization o WHERE o.own_marking = 'restricted'), true)
            """,
            "",
        ),
    ]
