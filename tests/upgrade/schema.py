"""The schema that the migrations make: `python -m tests.upgrade.schema` writes sgoffice/database/schema.json anew."""

import json

from tests.upgrade.copies import migrated_database

if __name__ == "__main__":
    with migrated_database():
        from django.db import connection

        from sgoffice.database import schema

        found = schema.found_in(connection)
    schema.FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
