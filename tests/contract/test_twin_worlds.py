"""Two registers that differ only in what a member of staff must not see answer them byte for byte alike."""

import json
import logging
import re
from collections import defaultdict
from contextlib import contextmanager

import pytest
from django.db import transaction

from appointments.models import Decision
from engagements.agreements.models import Agreement
from engagements.api.filters import ActionItemFilterSet
from engagements.models import Engagement
from sgoffice.admin import record_admin
from sgoffice.api import history
from sgoffice.documents import queries
from sgoffice.records.models import Entry, MarkedRecord
from sgoffice.records.querysets import RecordQuerySet, SearchQuerySet
from tests.contract import scopes, twin_paths, twins
from tests.factories.accounts import signed_in
from tests.samples import PROVES, some, some_of_each

pytestmark = pytest.mark.django_db
ROLES = ("viewer", "officer", "administrator", "auditor")
#: So many requests are sent to both registers, for each role.
FEWEST = 300 if PROVES else 100
#: So many functions these requests come by that call visible_to().
FEWEST_PLACES = 30
#: What differs between the registers: everything at once, in a proof also by its parts.
SECRETS = [twins.sow, *([twins.enter_hidden, twins.change_hidden] if PROVES else [])]
#: So many requests for each control.
_MOST = 30
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_DRAWN = re.compile(r"\b[A-Z]{2,3}-\d{4}-[0-9A-Z]{6}\b")
#: What differs between requests of one sort: ids, references and parameters.
_GIVEN = re.compile(rf"{_ID.pattern}|{_DRAWN.pattern}|\?.*")


def share_of(role, wanted):
    """Return what one role sends: together they send something of every sort, and a third of the rest; a proof all."""
    number, first = ROLES.index(role), {}
    for path in wanted:
        first.setdefault(_GIVEN.sub("", path), path)
    rest = [path for path in wanted if path not in first.values()]
    return [*some(first.values(), 4, start=number), *some(rest, 12, start=3 * number)]


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("secrets", SECRETS, ids=lambda work: work.__name__)
@pytest.mark.parametrize("role", ROLES)
def test_what_a_reader_must_not_see_changes_no_byte_of_any_answer(role, secrets, caplog):
    caplog.set_level(logging.DEBUG)
    client = signed_in(role)
    world = twins.build(client.user)
    with undone():
        wanted = list(twin_paths.paths(world, secrets(world)))
        wanted = share_of(role, wanted)
        other, letters = [twins.asked(client, path) for path in wanted], twins.letters(client.user)
    one = [twins.asked(client, path) for path in wanted]

    assert len(wanted) >= FEWEST
    assert letters == twins.letters(client.user)
    assert any(letters)
    assert twins.CANARY not in str(letters)
    assert [pair[0][0] for pair in zip(one, other, strict=True) if pair[0] != pair[1]] == []
    assert [path for path, status, _, _ in one + other if status >= 500] == []
    assert [path for path, _, _, body in one + other if twins.CANARY.lower().encode() in body.lower()] == []
    assert twins.CANARY.lower() not in caplog.text.lower()


def probes(world, hidden):
    """Return what an officer enters who feels for what is hidden: path and body."""
    body, person = str(world.of(Decision).body_id), str(world.known["person"].pk)
    times = {"starts_at": "2026-03-02T10:30:00+01:00", "ends_at": "2026-03-02T11:30:00+01:00"}
    met = {"title": "Probe", "kind": "other", "status": "held", "held": "2026-01-05"}
    yield "engagements", met | times | {"held": None, "time_zone": "Europe/Paris"}
    yield "engagements", {**met, "status": "tentative", "held": "2030-05-26"}
    yield "engagements", {**met, "status": "tentative", "held": "2029-11"}
    for country in ("BY", "DE", "FR"):
        who = {"person": "Wladimir Karpov", "side": "theirs", "title": "x", "country": country}
        yield "engagements", met | {"participants": [who]}
    for name in ("Wladimir Karpov", "Wladimir Karpow", f"Wladimir {twins.CANARY}", "Karpov Wladimir"):
        for where in ("Ministry of Cargo", "Quiet bureau", f"{twins.CANARY} bureau"):
            who = {"person": name, "side": "theirs", "organization": where}
            yield "engagements", met | {"participants": [who]}
    yield "engagements", met | {"held": "2024-05-15", "participants": [{"person": person, "side": "theirs"}]}
    yield "decisions", {"body": body, "title": "Probe", "kind": "resolution", "symbol": "GA/ZQX/1"}
    yield "decisions", {"body": body, "title": "Probe", "kind": "resolution", "symbol": "GA/ZQX/3"}
    yield "sessions", {"body": body, "number": 93}
    for record in hidden:
        key = {record.record_kind: str(record.pk)}
        yield "papers", key | {"kind": "readout", "title": "Probe"}
        yield "action-items", key | {"text": "Probe"}
        yield "mandates", key | {"text": "Probe"}
        yield "engagements", met | {"part_of": str(record.pk)}
        yield "engagements", met | {"under": [str(record.pk)], "decisions": [str(record.pk)], "session": str(record.pk)}
        yield f"{(twins.ADDRESSES | twins.FOLLOWING)[type(record)]}/{record.pk}/enter-in-error", {"reason": "Probe"}
        yield from _namings(world, record)
        if isinstance(record, MarkedRecord):
            yield from _references(record.record_kind, record.reference, met)


def _references(kind, reference, met):
    """Return what names a record by its reference, which somebody may have been told."""
    yield "papers", {"engagement": reference, "kind": "readout", "title": "Probe"}
    yield "action-items", {kind: reference, "text": "Probe"}
    yield "mandates", {"decision": reference, "text": "Probe"}
    yield "engagements", met | {"follows": reference, "under": [reference], "decisions": [reference]}


def _namings(world, record):
    """Return what names a record as somebody whom the directory has."""
    person, key, ours = str(world.known["person"].pk), str(record.pk), str(world.known["ours"].pk)
    met = {"title": "Probe", "kind": "other", "status": "held", "held": "2026-01-05"}
    for name in ("person", "organization"):
        yield "engagements", met | {"participants": [{"side": "theirs", name: key}]}
    yield "memberships", {"person": person, "organization": key, "role": "Probe"}
    yield "memberships", {"person": key, "organization": ours, "role": "Probe"}
    yield "affiliations", {"organization": ours, "affiliated_with": key}
    yield "appointments", {"post": str(world.known["post"].pk), "person": key, "kind": "acting", "start": "1999"}
    yield "organizations", {"name": "Probe", "parent": key}
    yield f"people/{person}/merge", {"other": key, "reason": "Probe"}


def told(client, world, hidden, known):
    """Return the answers to all probes, and what a viewer reads of what they made, without ids that were drawn."""
    viewer = signed_in("viewer")
    known = known | {str(record.pk) for record in hidden}
    found = []
    for path, body in probes(world, hidden):
        with undone():
            answer = client.enter(path, body, **{"X-Request-ID": "twin", "If-Match": '"1"'})
            shown = viewer.see(f"{path}/{answer.json()['id']}").json() if answer.status_code == 201 else {}
            text = json.dumps([path, body, answer.status_code, answer.json(), shown])
            text = _ID.sub(lambda one: one[0] if one[0] in known else "drawn", text)
            found.append(_DRAWN.sub("a reference", text))
    return found


def test_what_an_officer_enters_to_feel_for_hidden_records_is_answered_alike():
    client = signed_in("officer")
    world = twins.build(client.user)
    known = {str(key) for key in Entry.objects.values_list("pk", flat=True)}
    with undone():
        hidden = some_of_each([*twins.sow(world), *world.hidden, *world.strangers], type, 3)
        other = told(client, world, hidden, known)
    one = told(client, world, hidden, known)

    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    assert differing == []
    assert len(one) > len(hidden) * 5


#: A scope that is taken away, and a request that then tells the registers apart.
_KINDS = {
    f"the {model.record_kind}s": (RecordQuerySet, "visible_to", scopes.for_all_but(model), f"/api/v1/{address}?")
    for model, address in (twins.ADDRESSES | twins.FOLLOWING).items()
}
CONTROLS = {
    **_KINDS,
    "the documents": (queries, "may_see", lambda *_, **__: True, "/api/v1/engagements/"),
    "the search": (SearchQuerySet, "visible_to", lambda rows, _: rows, "/api/v1/search?"),
    "the links": (history, "may_see", lambda *_: True, "/links"),
    "the keys of the admin": (record_admin, "with_visible_owners", lambda rows, _: rows, "/admin/engagements/paper/"),
    "the filters of items": (ActionItemFilterSet, "_with", scopes.without_seeing, "action-items?country=DE"),
    "the briefs": (RecordQuerySet, "visible_to", scopes.for_all_but(Engagement), "/brief"),
    "the deadlines": (RecordQuerySet, "visible_to", scopes.for_all_but(Agreement), "/api/v1/deadlines"),
    "the calendars": (RecordQuerySet, "visible_to", scopes.for_all_but(Engagement), "/calendars/"),
}


def test_control_each_scope_that_is_missing_tells_the_registers_apart(monkeypatch):
    client = signed_in("viewer")
    world = twins.build(client.user)

    @contextmanager
    def without(name):
        owner, attribute, instead, _ = CONTROLS[name]
        with monkeypatch.context() as patch:
            patch.setattr(owner, attribute, instead)
            yield

    other, same = {}, []
    with undone():
        wanted = list(twin_paths.paths(world, twins.sow(world)))
        for name, (*_, within) in CONTROLS.items():
            with without(name):
                other[name] = [twins.asked(client, path) for path in [one for one in wanted if within in one][:_MOST]]
    for name, told in other.items():
        with without(name):
            same += [name] if all(twins.asked(client, answer[0]) == answer for answer in told) else []

    assert same == []


if PROVES:  # asks some thousand times

    def test_each_place_that_scopes_is_needed(monkeypatch):
        """Take visible_to() away from one function after the other; some request that comes by there differs."""
        client = signed_in("officer")
        world = twins.build(client.user)
        found = defaultdict(list)
        differs = set()
        with undone():
            wanted = list(twin_paths.paths(world, twins.sow(world)))
            for path in wanted:
                with scopes.watched(monkeypatch) as places:
                    twins.asked(client, path)
                for place in places:
                    found[place].append(path)
            other = {place: scopes.answers_without(monkeypatch, place, client, found[place]) for place in found}
        for place in found:
            if scopes.answers_without(monkeypatch, place, client, found[place]) != other[place]:
                differs.add(place)

        assert len(found) > FEWEST_PLACES
        assert sorted(set(found) - differs - scopes.DOUBLE) == []
