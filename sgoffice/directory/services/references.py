"""Which person or organization is meant where an id is taken: as names of participants are read, but nobody is new."""

from sgoffice.changes.called import Meant, Names, finds
from sgoffice.directory.models import Organization, Person
from sgoffice.directory.rules import fold
from sgoffice.directory.services.name_matches import Candidate, organizations_called, people_called
from sgoffice.directory.services.places import read_state
from sgoffice.records.actors import Actor
from sgoffice.records.readership import Readership


@finds(Person.record_kind)
def find_person(text: str, by: Actor, readers: Readership | None) -> Names:
    """Return the only person of that name, or who may be meant."""
    return _names(people_called(text, by=by, readers=readers))


@finds(Organization.record_kind)
def find_organization(text: str, by: Actor, readers: Readership | None) -> Names:
    """Return the only organization of that name, or with that acronym if no other has it; or what may be meant."""
    found = organizations_called(text, by=by, readers=readers)
    if not any(one.is_automatic for one in found):
        state = read_state(text, None)
        if state.code:
            advice = f"{text} is a State ({state.code}), not an organization: name it as a country where one is taken."
            return Names(candidates=tuple(_meant(one) for one in found), advice=advice)
        short = [one for one in found if fold(one.short) == fold(text)]
        if len(short) == 1 and not short[0].is_hidden and found[0] == short[0]:
            return Names(sure=_meant(short[0]))
    return _names(found)


def _names(found: list[Candidate]) -> Names:
    sure = next((one for one in found if one.is_automatic), None)
    return Names(sure=_meant(sure)) if sure else Names(candidates=tuple(_meant(one) for one in found))


def _meant(one: Candidate) -> Meant:
    return Meant(one.id, one.kind, one.name, one.reason)
