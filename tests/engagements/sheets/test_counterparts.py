"""Who was met, from the cells of rows: the same name is one question, and looked up once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import directory
from tests.factories.accounts import staff
from tests.factories.imports import checked

pytestmark = pytest.mark.django_db


def test_a_name_that_many_rows_have_is_looked_up_once():
    directory.country("AT", "Austria")
    officer, asked = staff("officer").as_actor(), []
    for count in (2, 8):
        rows = "".join(
            f"{place} mars {2000 + count};Lucía Fernández, Head {place}, Europol, Austria;Vienne;Autriche;Visite\n"
            for place in range(1, count + 1)
        )
        with CaptureQueriesContext(connection) as seen:
            found = checked("Date;Avec qui;Ville;Pays;Type\n" + rows, by=officer)
        assert found.counts == {"ready": count}
        asked.append(sum("word_similarity(" in one["sql"] for one in seen))

    assert asked[0] == asked[1] > 0
