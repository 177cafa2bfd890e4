"""Two registers that differ only in what a partner must not see answer it byte for byte alike."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgoffice.feed.queries import current_position
from tests.databases import Databases
from tests.samples import PROVES
from tests.sgoffice.partners.api.twin_world import SECRETS, World, build, tie

pytestmark = pytest.mark.django_db
EXAMPLES = 400 if PROVES else 8


@pytest.fixture(scope="module")
def built(databases: Databases, django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """What both worlds have, entered once in a database of its own; each test is rolled back."""
    with django_db_blocker.unblock():
        name = databases.copy()
        before = databases.point_at(name)
        made = build()
        connections.close_all()
    yield made
    with django_db_blocker.unblock():
        connections.close_all()
        databases.point_at(before)
        databases.drop(name)


@pytest.fixture
def world(built: World, db: None) -> World:
    return built


_days = st.dates().map(str) | st.sampled_from(["2009-04-26", "2012-01-02", "2013-01-02", "2015-06-30"])
_queries = st.one_of(
    st.builds("changes?limit={}".format, st.integers(0, 1001)),
    st.builds("changes?format={}".format, st.sampled_from(["json", "jsonl", "csv"])),
    st.builds("agreements?in_force_on={}".format, _days),
    st.builds("agreements?from={}&count=capped".format, _days),
    st.builds("agreements?until={}&sort=signed&limit=1".format, _days),
    st.builds("agreements?status={}&on={}".format, st.sampled_from(["signed", "in_force", "not_known"]), _days),
    st.builds("digest?kind={}&bucket={:02x}".format, st.sampled_from(["agreement", "decision"]), st.integers(0, 255)),
    st.sampled_from(["snapshot", "changes", "digest", "agreements", "agreements?limit=1", "agreements?sort=oldest"]),
)


_RELATIONS = "SELECT target FROM feed_publishedreference WHERE source = %s AND member = 'relations'"
_WHOLE = ("snapshot", "changes", "digest", "agreements", "ping-endpoints")


def asked(world: World, path: str) -> tuple[Any, ...]:
    answer = world.puller.see(path, **{"X-Request-ID": "twin"})
    # what is left of the rate goes by the partner's own requests
    headers = sorted((name, value) for name, value in answer.headers.items() if name != "RateLimit")
    return path, answer.status_code, headers, answer.getvalue()


def answers(world: World, queries: list[str]) -> list[tuple[Any, ...]]:
    keys = [
        world.public,
        world.released,
        world.hidden,
        world.restricted,
        world.withdrawn,
        world.survivor,
        world.decision,
    ]
    places = [f"{kind}/{key.pk}" for key in keys for kind in ("records", "agreements")]
    places += [f"agreements/{key.reference}" for key in keys]
    texts = (world.text.pk, world.draft.pk)
    places += [path for key in texts for path in (f"records/{key}", f"attachments/{key}/content")]
    organizations = {party.organization_id for key in keys[:-1] for party in key.parties.all()}
    places += [f"agreements?organization={key}" for key in sorted({*organizations, world.unnamed.pk})]
    places += [f"agreements?country={code}" for code in ("FR", "PT")]
    return [asked(world, path) for path in [*queries, *places, *_WHOLE]]


@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(
    secrets=st.lists(st.sampled_from(sorted(SECRETS)), min_size=1, max_size=4, unique=True),
    queries=st.lists(_queries, max_size=6),
)
def test_what_a_partner_must_not_see_changes_no_byte_of_any_answer(world, settle, secrets, queries):
    one = answers(world, queries)
    place = current_position(world.puller.partner.pk)

    with transaction.atomic():
        for secret in secrets:
            SECRETS[secret](world)
            settle()
        other = answers(world, queries)
        moved = current_position(world.puller.partner.pk)
        transaction.set_rollback(True)

    assert other == one
    assert moved == place
    assert {status for path, status, *_ in one if "csv" not in path and "limit=0" not in path} <= {200, 400, 404}


@pytest.mark.parametrize("secret", sorted(SECRETS))
def test_each_secret_alone_changes_no_byte(world, settle, secret):
    one = answers(world, [])

    SECRETS[secret](world)
    settle()

    assert answers(world, []) == one


def test_control_what_a_partner_may_see_does_change_its_answers(world, settle):
    one = answers(world, [])
    tie(world.public, "amends", world.released)
    settle()

    assert answers(world, []) != one


def test_mentions_are_read_under_grants_and_not_as_they_are_stored(world, settle):
    """The control: what is stored does name the hidden one, so whoever read it as it is would tell."""
    tie(world.public, "amends", world.hidden)
    settle()

    with connection.cursor() as cursor:
        cursor.execute(_RELATIONS, [world.public.pk])
        assert cursor.fetchall() == [(world.hidden.pk,)]
    assert world.puller.see(f"agreements/{world.public.pk}").json()["relations"] == []
