"""Names of actors, for pages that show `staff:<id>` as a person."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model

from sgoffice.admin.formatting import is_id
from sgoffice.records.actors import CLOCK, OFFICE

_OFFICES = {str(actor): actor.label for actor in (OFFICE, CLOCK)}


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Return the names of actors, given as history stores them, with one query."""
    wanted = set(actors)
    ids = [key for kind, _, key in (actor.partition(":") for actor in wanted) if kind == "staff" and is_id(key)]
    staff = get_user_model()._default_manager.filter(pk__in=ids) if ids else ()
    users = {f"staff:{user.pk}": str(user) for user in staff}
    return {actor: users.get(actor) or _name(actor) for actor in wanted}


def name_of(actor: str) -> str:
    return names_of([actor])[actor]


def _name(actor: str) -> str:
    if not actor:
        return "Outside the register"
    if actor in _OFFICES:
        return _OFFICES[actor]
    return "A former member of staff" if actor.startswith("staff:") else actor
