"""Two who enter one name at the same moment, with real commits."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from sgoffice.directory.models import Organization
from sgoffice.directory.services import OrganizationEntry, register_organization
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import PossibleDuplicates


@pytest.mark.usefixtures("fresh_database")
def test_of_several_who_enter_a_name_at_once_one_does():
    def entered(name):
        try:
            register_organization(OrganizationEntry(name=name), by=OFFICE)
        except PossibleDuplicates:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(entered, ["Zqx Council", "ZQX COUNCIL", "Zqx council", "Zqx Council"])) == 1
    assert Organization.objects.count() == 1
