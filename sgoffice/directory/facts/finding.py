"""Finding what was loaded, for the facts of the apps above: one organization, one person, however they are spelt."""

from uuid import UUID

from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory import services
from sgoffice.directory.models import Country, Organization, Person, Topic
from sgoffice.directory.rules import fold, same_person
from sgoffice.directory.vocabulary import Classification
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction, Source
from sgoffice.records.models import Entry


def organization_by_fact(fact_id: str) -> UUID:
    """Return the id of the organization that the files call by this word."""
    return Entry.objects.values_list("pk", flat=True).get(origin=f"facts:organization:{fact_id}")


def country_code(name: str) -> str | None:
    """Return the code of the country with that code or name; None when none or several have it."""
    if Country.objects.filter(code=name).exists():
        return name
    found = list(Country.objects.called(name).exclude(status="reserved_code").values_list("code", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def person_named(name: str, *, honorific_prefix: str = "", sources: tuple[Source, ...] = ()) -> UUID:
    """Return the person of that name, registered if nobody has it; another spelling is kept as another name."""
    for person in Person.objects.live().filter(search__contains=fold(name).split()[-1]):
        if any(same_person(known, name) for known in person.all_names()):
            _keep_spelling(person, name)
            return person.pk
    words = name.split()
    entry = services.PersonEntry(
        name=name,
        given_name=" ".join(words[:-1]),
        family_name=words[-1],
        honorific_prefix=honorific_prefix,
        sources=sources,
        caveats=("Given and family name were told apart by their order alone.",) if len(words) > 1 else (),
    )
    return services.register_person(entry, by=OFFICE).pk


def organization_named(
    name: str, *, classification: str = Classification.OTHER, country: str | None = None, parent: UUID | None = None
) -> UUID:
    """Return the organization of that name (and country, if given), registered if there is none."""
    rows = Organization.objects.live().called(name)
    if country:
        rows = rows.filter(country__in=[country]) | rows.filter(country=None)
    found = list(rows.values_list("pk", flat=True)[:2])
    if len(found) == 1:
        return found[0]
    entry = services.OrganizationEntry(
        name=name,
        names={"en": name},
        classification=classification,
        country=country,
        parent=parent,
        sources=(Source(document="named in the engagements", verification="secondary"),),
    )
    return services.register_organization(entry, by=OFFICE).pk


def topic_named(name: str, kind: str) -> UUID:
    """Return the topic of that name, registered if there is none."""
    found = Topic.objects.live().called(name).values_list("pk", flat=True).first()
    if found:
        return found
    entry = services.TopicEntry(
        name=name, kind=kind, sources=(Source(document="named in the engagements", verification="secondary"),)
    )
    return services.register_topic(entry, by=OFFICE).pk


def _keep_spelling(person: Person, name: str) -> None:
    if name in person.all_names():
        return
    others = (*person.other_names, services.OtherName(name=name, note="another spelling"))
    patch = Correction(services.PersonEntry, {"other_names": others})
    services.correct_person(person.pk, patch, by=OFFICE, expected=ANY_VERSION, reason="another spelling")
