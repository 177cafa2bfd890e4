"""Check that the ids and codes of an entry exist, before anything is written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from appointments.models import Post
from engagements.services.entries import ParticipantEntry
from sgoffice.accounts.models import User
from sgoffice.changes.door import current_actor
from sgoffice.directory.models import Country, Office, Organization, Person, Topic
from sgoffice.records.entries import require_exists
from sgoffice.records.errors import InvalidEntry

_MODELS: dict[str, Any] = {
    "country": Country,
    "office": Office,
    "organization": Organization,
    "owner_organization": Organization,
    "owner_person": Person,
    "person": Person,
    "principal": Person,
    "principal_post": Post,
    "represented_by": Person,
}


def require_references(given: Mapping[str, Any]) -> None:
    """Raise InvalidEntry for every unknown id or code of an engagement; one query per kind."""
    wanted: dict[Any, dict[str, Any]] = defaultdict(dict)
    for pointer, name, value in _keys_of(given):
        if value is not None:
            wanted[_MODELS[name]][pointer] = value
    require_user(given.get("responsible"), pointer="/responsible")
    for place, topic in enumerate(given.get("topics", ())):
        wanted[Topic][f"/topics/{place}"] = topic
    for model, keys in wanted.items():
        require_exists(model, keys, by=current_actor(), field_name="code" if model is Country else "pk")


def require_user(user_id: UUID | None, *, pointer: str = "/owner/user") -> None:
    """Raise InvalidEntry for an unknown or inactive member of staff."""
    if user_id is not None and not User.objects.filter(pk=user_id, is_active=True).exists():
        raise InvalidEntry([(pointer, f"There is no member of staff {user_id}.")])


def _keys_of(given: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for name, value in given.items():
        if name in _MODELS:
            yield f"/{name}", name, value
    yield from _keys_of_participants(given.get("participants", ()))


def _keys_of_participants(entries: Sequence[ParticipantEntry]) -> Iterator[tuple[str, str, Any]]:
    for place, entry in enumerate(entries):
        where = f"/participants/{place}"
        yield f"{where}/person", "person", entry.person
        yield f"{where}/organization", "organization", entry.organization
        for number, capacity in enumerate(entry.capacities):
            yield f"{where}/capacities/{number}/organization", "organization", capacity.organization
            yield f"{where}/capacities/{number}/country", "country", capacity.country
