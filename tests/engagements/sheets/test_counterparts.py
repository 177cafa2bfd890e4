"""Who was met, from the cells of rows: the same name is one question, and looked up once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements.models import Capacity
from sgoffice.directory.models import Organization
from tests.factories import directory
from tests.factories.accounts import staff
from tests.factories.imports import checked, committed, undone

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


def test_a_new_body_of_its_own_column_is_entered_once_and_undone_with_the_file():
    directory.country("AT", "Austria")
    officer = staff("officer").as_actor()
    rows = (
        "2 March 2001;Lucía Fernández;Director;Foo Agency;Vienna;Austria;Visit\n"
        "3 March 2002;Karl Testmann;Deputy;FOO Agency;Vienna;Austria;Visit\n"
    )

    found = checked("Date;Names;Function;Organization;City;Country;Kind\n" + rows, by=officer)
    made = committed(found, by=officer)

    body = Organization.objects.get()
    met = Capacity.objects.order_by("engagement__held_earliest")
    assert [(one.title, one.organization_id, one.country_id) for one in met] == [
        ("Director", body.pk, None), ("Deputy", body.pk, None),
    ]  # fmt: skip
    assert (body.name, body.country_id) == ("Foo Agency", None)
    undone(made, by=officer)
    assert not Organization.objects.live().exists()


def test_new_bodies_that_are_called_nearly_alike_are_asked_about():
    officer = staff("officer").as_actor()
    rows = (
        "2 March 2001;Lucía Fernández;Director;Widget Agency;Vienna;Visit\n"
        "3 March 2002;Karl Testmann;Deputy;Widgets Agency;Vienna;Visit\n"
    )

    found = checked("Date;Names;Function;Organization;City;Kind\n" + rows, by=officer)

    assert found.counts == {"ready": 1, "problem": 1}


def test_whoever_stands_behind_a_comma_is_nobodys_title_until_somebody_says_so():
    directory.country("AT", "Austria")
    officer = staff("officer").as_actor()
    rows = (
        "1 mars 2019;Jens Holm;Vienne;Visite\n5 mars 2019;Jens Holm, Eva Holm;Vienne;Visite\n"
        "9 mars 2019;M. Karl Roe, Mme Ida Berg;Vienne;Visite\n"
        "15 mars 2019;Otto Kern, Director / Ute Kern;Vienne;Visite\n"
        "20 mars 2019;Max Lind, Head of Research, Austria;Vienne;Visite\n"
    )
    imported = checked("Date;Avec qui;Ville;Type\n" + rows, by=officer)

    assert [row.number for row in imported.sheet_rows.filter(state="ready").order_by("number")] == [2, 6]
    told = [row.problems[0]["detail"] for row in imported.sheet_rows.filter(state="problem").order_by("number")]
    assert [one.partition("”")[0] for one in told] == ["“Eva Holm", "“Mme Ida Berg", "“Ute Kern"]


def test_whole_names_behind_each_other_are_not_turned_into_one():
    directory.country("AT", "Austria")
    officer = staff("officer").as_actor()
    rows = "1 mars 2019;Jens Holm, Eva Holm;Minister;Visite\n5 mars 2019;Karner, Gerhard;Minister;Visite\n"
    imported = checked("Date;Avec qui;Fonction;Type\n" + rows, by=officer)

    names = [row.values["participants"][0]["name"] for row in imported.sheet_rows.order_by("number")]
    assert names == ["Jens Holm", "Gerhard KARNER"]
    assert imported.counts == {"problem": 1, "ready": 1}
