"""Statements that are kept: compiled once, and with other values the same as if they were compiled anew."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.forms.models import model_to_dict

from engagements.models import Engagement
from engagements.querysets import NEWEST
from sgoffice.api.pagination import Place
from sgoffice.directory.models import Organization, Person
from sgoffice.records import statements
from tests.factories.directory import country, organization

pytestmark = pytest.mark.django_db

FIRST = (date(2024, 5, 15), 0, datetime(2024, 5, 15, 9, tzinfo=UTC), UUID("01900000-0000-7000-8000-000000000001"))
SECOND = (date(1956, 1, 1), 3, datetime(1956, 1, 1, tzinfo=UTC), UUID("01900000-0000-7000-8000-000000000002"))


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(statements, "_kept", type(statements._kept)())


def after(values):
    return Place(20, "newest", NEWEST, is_backwards=False, after=tuple(values)).found(Engagement.objects.live())


def asked(statement, values=()):
    return statement.sql, [str(one) for one in statement.filled(values)]


def test_kept_statement_asks_the_same_as_a_new_one():
    made = []

    def rows(values):
        made.append(values)
        return after(values)

    for values in (FIRST, SECOND, FIRST):
        kept = statements.kept("newest", rows, values)
        assert asked(kept, values) == asked(statements.compiled(after(values)))
    assert len(made) == 2, "once with each set of marks"


def test_statement_of_another_shape_is_another_one():
    people = statements.kept("people", lambda _: Person.objects.order_by("pk"), ())
    live = statements.kept("live", lambda _: Person.objects.live().order_by("pk"), ())

    assert "is_in_error" not in people.sql.partition("WHERE")[2]
    assert "is_in_error" in live.sql.partition("WHERE")[2]


def test_values_of_a_type_with_too_few_are_compiled_each_time():
    rows = [
        statements.kept("flag", lambda values: Person.objects.filter(is_in_error=values[0]), (flag,))
        for flag in (True, False)
    ]

    assert asked(rows[0], (True,)) == asked(statements.compiled(Person.objects.filter(is_in_error=True)))
    assert asked(rows[1], (False,)) == asked(statements.compiled(Person.objects.filter(is_in_error=False)))


def test_rows_that_cannot_be_have_no_statement():
    assert statements.kept("nothing", lambda _: Person.objects.none(), ()) is None


def test_only_so_many_are_kept(monkeypatch):
    monkeypatch.setattr(statements, "_MOST_KEPT", 2)

    for shape in "abc":
        statements.kept(shape, lambda _: Person.objects.order_by("pk"), ())

    assert [shape for shape, _ in statements._kept] == ["b", "c"]


def test_kept_instances_are_what_the_queryset_returns():
    country("FR", "France")
    in_france, elsewhere = organization(country="FR"), organization("Customs of nowhere")

    def rows(values):
        return Organization.objects.filter(pk__in=values).select_related("country").order_by("pk")

    for keys in ([in_france.pk, elsewhere.pk], [elsewhere.pk, in_france.pk]):
        kept = statements.kept_instances("organizations", rows, keys)
        asked = list(rows(keys))
        assert [model_to_dict(one) for one in kept] == [model_to_dict(one) for one in asked]
        assert [one.country for one in kept] == [one.country for one in asked]


def test_values_are_no_instances():
    statement = statements.compiled(Person.objects.values_list("pk"))

    with pytest.raises(TypeError):
        statement.instances()
