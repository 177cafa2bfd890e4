"""Reads in one round trip: the question goes with the sign-in, and is asked again if the reader is somebody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.database import ahead
from sgoffice.records.actors import OFFICE
from tests.factories import engagements as make
from tests.factories.accounts import staff

pytestmark = pytest.mark.django_db


class Program(Client):
    """A client that signs in by a token."""

    def __init__(self, user):
        super().__init__(headers={"Authorization": f"Bearer {services.issue_token(user, name='x', at=timezone.now())}"})

    def see(self, path):
        return self.get(f"/api/v1/{path}")

    def ids(self):
        return {shown["id"] for shown in self.see("engagements").json()["results"]}


@pytest.fixture
def officer():
    return staff("officer")


@pytest.mark.parametrize(
    "path",
    [
        "engagements/{}",
        "engagements",
        "engagements?sort=oldest&limit=1",
        "engagements?from=2011&until=2026&status=held,tentative",
        "engagements?stage=log&certain=true&from=2011",
    ],
)
def test_sign_in_and_read_are_one_statement(officer, path):
    program, address = Program(officer), path.format(make.engagement().pk)
    first = program.see(address)

    with CaptureQueriesContext(connection) as statements:
        answer = program.see(address)

    assert len(statements) == 1
    assert answer.content == first.content


def test_next_page_is_one_statement_too(officer):
    program = Program(officer)
    for _ in range(3):
        make.engagement()
    page = program.see("engagements?limit=1").json()
    second = program.get(page["next"]).json()

    with CaptureQueriesContext(connection) as statements:
        third = program.get(second["next"]).json()

    assert len(statements) == 1
    assert len({page["results"][0]["id"], second["results"][0]["id"], third["results"][0]["id"]}) == 3


@pytest.mark.parametrize("filters", ["from=2024-05&until=2024-05", "status=held", "kind=other,bilateral_meeting"])
def test_a_filter_whose_statement_is_kept_finds_what_changed_since(officer, filters):
    program, other = Program(officer), make.engagement(held="2019", status="cancelled", kind="hearing")
    made = make.engagement(held="2024-05-15", status="held")
    address = f"engagements?{filters}"
    before = program.see(address).json()["results"]

    later = make.engagement(held="2024-05-16", status="held")
    with CaptureQueriesContext(connection) as statements:
        after = program.see(address).json()["results"]

    assert [one["id"] for one in before] == [str(made.pk)]
    assert {one["id"] for one in after} == {str(made.pk), str(later.pk)}
    assert str(other.pk) not in str(after)
    assert len(statements) == 1


@pytest.mark.parametrize(
    "filters", ["status=help", "from=never", "from=2012&until=2011", "certain=yes", "from=1&from=2"]
)
def test_an_invalid_filter_is_refused_each_time(officer, filters):
    program = Program(officer)

    answers = [program.see(f"engagements?{filters}") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [400, 400, 400]


def test_the_next_page_of_a_period_is_not_confused_by_the_days_that_mark_holes(officer):
    program = Program(officer)
    for day in ("2024-05-15", "2024-05-16", "2024-05-17"):
        make.engagement(held=day)
    page = program.see("engagements?limit=1&sort=oldest&until=9997-07-17").json()

    second = program.get(page["next"]).json()
    third = program.get(second["next"]).json()

    assert [one["results"][0]["held"] for one in (page, second, third)] == ["2024-05-15", "2024-05-16", "2024-05-17"]


def test_reader_who_lost_a_right_sees_no_more_by_what_was_guessed(officer):
    made = make.engagement(by=officer.as_actor(), marking="restricted")
    program = Program(officer)
    before = program.ids()

    connection.cursor().execute("SELECT set_config('sgoffice.open', %s, true)", [str(officer.pk)])
    User.objects.filter(pk=officer.pk)._update([(User._meta.get_field("role"), None, "viewer")])
    after = program.ids()
    record = program.see(f"engagements/{made.pk}")

    assert str(made.pk) in before
    assert str(made.pk) not in after
    assert record.status_code == 404


def test_revoked_token_reads_nothing(officer):
    program, made = Program(officer), make.engagement()
    program.see(f"engagements/{made.pk}")

    services.revoke_token(officer.tokens.get().pk, of=officer, by=OFFICE, at=timezone.now())
    answers = [program.see(path) for path in (f"engagements/{made.pk}", "engagements")]

    assert [answer.status_code for answer in answers] == [401, 401]
    assert all(str(made.pk).encode() not in answer.content for answer in answers)


def test_what_was_read_ahead_is_given_once_to_the_same_question_alone():
    with ahead.of_one_request():
        ahead.want("SELECT %s::int", [1])
        statement, parameters = ahead.with_wanted("SELECT 7 AS a, 8 AS b", [])
        ahead.note([True, 1])

        another = ahead.take("SELECT %s::int", [2])
        again = ahead.take("SELECT %s::int", [1])

        ahead.note([True, 1])
        same, twice = ahead.take("SELECT %s::int", [1]), ahead.take("SELECT %s::int", [1])

    assert (another, again, same, twice) == (None, None, [(1,)], None)
    assert parameters == [1]
    assert "LATERAL" in statement
    assert ahead.take("SELECT %s::int", [1]) is None
    assert ahead.with_wanted("SELECT 7 AS a", []) == ("SELECT 7 AS a", [])
