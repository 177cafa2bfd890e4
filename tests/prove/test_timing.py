"""No answer tells by its time that there is something hidden: pairs of requests in turn, a thousand times."""

import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from sgoffice.api.throttling import ActorThrottle
from sgoffice.records.identifiers import uuid7
from tests.factories import agreements as agree
from tests.factories import appointments as appoint
from tests.factories import engagements as engage
from tests.factories import partners as make
from tests.factories.accounts import Register, staff

pytestmark = pytest.mark.django_db
PAIRS = int(os.environ.get("SGOFFICE_PROVE_PAIRS", "1000"))
#: Of the first quartile: what two runs over things that are equally unknown differ by on a busy machine.
NOISE = 0.05
_WARM_UP, _SAMPLES = 30, 10
_REFERENCE = "AGR-2009-{:06d}"
_addresses = count(1)
Ask = Callable[[Any], Any]


@pytest.fixture(autouse=True)
def many_requests(monkeypatch):
    monkeypatch.setattr(ActorThrottle, "rate", "10000000/min", raising=False)


def first_quartiles(ask: Ask, *columns: Sequence[Any]) -> list[float]:
    """Ask for one of each column in turn, in another order each time; return the first quartile of each, in seconds."""
    times: list[list[float]] = [[] for _ in columns]
    for turn in range(-_WARM_UP, PAIRS):
        for place in range(len(columns)):
            number = (place + turn) % len(columns)
            key = columns[number][turn % len(columns[number])]
            begun = time.perf_counter()
            ask(key)
            if turn >= 0:
                times[number].append(time.perf_counter() - begun)
    return [statistics.quantiles(found, n=4)[0] for found in times]


@pytest.fixture
def require_alike(capsys: Any) -> Callable[..., None]:
    """Compare hidden ones with unknown ones, and these among themselves, which is the noise."""

    def require(what: str, ask: Ask, hidden: Sequence[Any], unknown: Sequence[Any], status: int = 404) -> None:
        assert {ask(key).status_code for key in (*hidden, *unknown)} == {status}
        half = len(unknown) // 2
        one, other, another = first_quartiles(ask, hidden, unknown[:half], unknown[half:])
        with capsys.disabled():
            told = [f"{found * 1000:.2f}" for found in (one, other, another)]
            sys.stdout.write(f"\n  {what}: hidden {told[0]} ms, unknown {told[1]} and {told[2]}\n")
        assert abs(one - (other + another) / 2) <= abs(other - another) + NOISE * other, what

    return require


def unknown_ids() -> list[UUID]:
    return [uuid7() for _ in range(2 * _SAMPLES)]


def settled() -> None:
    """Let the planner know of what was entered, as it does on a register that lives."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("ANALYZE")


def test_partners_learn_nothing_by_the_time_of_an_id_or_a_reference(require_alike):
    puller = make.Puller(make.partner())
    hidden = [agree.agreement(title=f"Hidden {number}") for number in range(_SAMPLES)]
    texts = [engage.text(one, f"Hidden {one.pk}".encode()).pk for one in hidden]
    for _ in range(_SAMPLES):
        agree.agreement(marking="public")
    settled()
    ids, references = [one.pk for one in hidden], [one.reference for one in hidden]

    doors = {"records/{}": ids, "agreements/{}": ids, "attachments/{}/content": texts}
    for path, keys in doors.items():
        require_alike(path, lambda key, path=path: puller.see(path.format(key)), keys, unknown_ids())
    nobody = [_REFERENCE.format(number) for number in range(2 * _SAMPLES)]
    require_alike("agreements/{reference}", lambda key: puller.see(f"agreements/{key}"), references, nobody)


def test_nobody_learns_who_is_a_partner_by_the_time_of_a_refusal(require_alike):
    slugs = [make.partner().slug for _ in range(_SAMPLES)]
    nobody = [f"nobody-{number}" for number in range(2 * _SAMPLES)]
    client = Client(raise_request_exception=False)

    def ask(slug):
        asked = {"grant_type": "client_credentials", "client_id": slug, "client_secret": "sgs_" + "x" * 43}
        number = next(_addresses)  # each from another address: whoever guesses has to wait
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        form = "application/x-www-form-urlencoded"
        return client.post("/api/v1/oauth/token", urlencode(asked), content_type=form, REMOTE_ADDR=address)

    for slug in (*slugs, *nobody):  # all of them have been refused before
        ask(slug)
    require_alike("oauth/token", ask, slugs, nobody, 401)


def test_staff_learn_nothing_by_the_time_of_what_is_restricted(require_alike):
    viewer = Register(staff("viewer"))
    hidden: dict[str, list[Any]] = {
        "engagements": [],
        "agreements": [],
        "decisions": [],
        "papers": [],
        "attachments": [],
    }
    for number in range(_SAMPLES):
        meeting = engage.engagement(title=f"Between us {number}", marking="restricted", allow_duplicate=True)
        treaty = agree.agreement(title=f"Between us {number}", marking="restricted")
        hidden["engagements"].append(meeting)
        hidden["agreements"].append(treaty)
        hidden["decisions"].append(appoint.decision(f"Between us {number}", marking="restricted"))
        hidden["papers"].append(engage.paper(meeting, marking="restricted", text="Between us."))
        hidden["attachments"].append(engage.text(treaty, f"Between us {number}".encode(), marking="restricted"))
        engage.engagement(title=f"Open {number}", allow_duplicate=True)
    settled()

    for noun, records in hidden.items():
        for below in ("", "/history", "/links") if noun == "engagements" else ("",):
            path = f"{noun}/{{}}{below}"
            keys = [one.pk for one in records]
            require_alike(path, lambda key, path=path: viewer.see(path.format(key)), keys, unknown_ids())
    references = [one.reference for one in hidden["agreements"]]
    nobody = [_REFERENCE.format(number) for number in range(2 * _SAMPLES)]
    require_alike("agreements/{reference}", lambda key: viewer.see(f"agreements/{key}"), references, nobody)


def test_control_what_is_there_does_tell_by_its_time():
    puller = make.Puller(make.partner())
    shown = [agree.agreement(marking="public").pk for _ in range(_SAMPLES)]
    settled()

    one, other = first_quartiles(lambda key: puller.see(f"agreements/{key}"), shown, unknown_ids())

    assert abs(one - other) > NOISE * other
