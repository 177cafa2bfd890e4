"""What every story here ends with, held to a register that somebody tampered with: then it does not pass."""

import pytest
from django.core.management import CommandError
from django.db import connections

from tests.journeys.conftest import verified

_DOCUMENT = "UPDATE records_document SET body = convert_to(replace(convert_from(body, 'UTF8'), %s, %s), 'UTF8')"
_TRIGGERS = """
    SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'engagements_engagement'::regclass AND NOT tgisinternal
"""
_ENABLED = {"O": "", "A": "ALWAYS", "R": "REPLICA"}
_ROW = "UPDATE engagements_engagement SET city = replace(city, %s, %s)"


def altered(statement, before, after):
    """Change what is stored as only the owner of the tables can, with the triggers off meanwhile."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(_TRIGGERS)
        triggers = cursor.fetchall()
        cursor.execute("ALTER TABLE engagements_engagement DISABLE TRIGGER USER")
        cursor.execute(statement, [before, after])
        for name, enabled in triggers:
            cursor.execute(f'ALTER TABLE engagements_engagement ENABLE {_ENABLED[enabled]} TRIGGER "{name}"')


@pytest.mark.parametrize("statement", [_DOCUMENT, _ROW], ids=["document", "row"])
def test_verification_passes_and_does_not_when_anything_was_altered(register, statement):
    assert "Every stored document" in verified()

    altered(statement, "Yaoundé", "Yaounda")
    with pytest.raises(CommandError):
        verified()

    altered(statement, "Yaounda", "Yaoundé")
    assert "Every stored document" in verified()
