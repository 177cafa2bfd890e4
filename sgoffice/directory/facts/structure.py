"""Our own organization: its languages and figures, seats and offices, databases, areas, programmes and notices."""

from typing import Any

from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory import services
from sgoffice.directory.facts.countries import DATA
from sgoffice.directory.facts.finding import organization_by_fact
from sgoffice.directory.facts.provenance import Report, is_loaded, noted, read_facts, source_of, when
from sgoffice.directory.models import Organization
from sgoffice.directory.vocabulary import OfficeKind, TopicKind
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction, Note


def load_structure(report: Report) -> None:
    """Load what is not there yet."""
    structure = read_facts(DATA, "structure")
    _describe_ourselves(structure)
    offices = [_office(fact) for fact in structure["offices"]] + [_seat(fact) for fact in structure["headquarters"]]
    topics = [
        *[_topic(fact, TopicKind.DATABASE, "database") for fact in structure["databases"]],
        *[_topic(fact, TopicKind.CRIME_AREA, "crime_area") for fact in structure["crime_areas"]],
        *[
            _topic({"name": name}, TopicKind.PROGRAMME, "programme")
            for name in structure["programmes_named_in_engagements"]
        ],
        *[_topic(fact, TopicKind.SERVICE, "notice") for fact in structure["notice_types"]],
    ]
    for office in offices:
        if not is_loaded(office.origin):
            services.register_office(office, by=OFFICE)
    for topic in topics:
        if not is_loaded(topic.origin):
            services.register_topic(topic, by=OFFICE)
    report(f"{len(offices)} offices and {len(topics)} topics of the organization")


def _describe_ourselves(structure: dict[str, Any]) -> None:
    ours = Organization.objects.get(pk=organization_by_fact("interpol"))
    if ours.languages:
        return
    languages, figures = structure["official_languages"], structure["numbers"]
    notes = [Note(**note) for note in ours.notes]
    notes += [Note(about="official language", text=f"{item['name']} ({item['code']})") for item in languages]
    for figure in figures:
        day = f", as of {figure['as_of']}" if figure["as_of"] else ""
        extra = f" ({figure['note']})" if figure.get("note") else ""
        notes.append(Note(about=figure["name"], text=f"{figure['value']}{day}{extra}"))
    sources = [source for item in languages for source in source_of(item["source"], item["verification"])]
    for figure in figures:
        sources += source_of(figure["source"], figure["verification"], title=figure["name"])
    patch = {
        "languages": tuple(item["code"] for item in languages),
        "notes": tuple(notes),
        "sources": (*ours.sources, *dict.fromkeys(sources)),
    }
    correction = Correction(services.OrganizationEntry, patch)
    services.correct_organization(ours.pk, correction, by=OFFICE, expected=ANY_VERSION, reason="its structure")


def _office(fact: dict[str, Any]) -> services.OfficeEntry:
    return services.OfficeEntry(
        name=fact["name"],
        kind=OfficeKind(fact["type"].replace(" ", "_")),
        city=fact["city"],
        country=fact["country"],
        opened=when(fact["opened"]),
        serves=fact["serves"] or "",
        notes=noted(fact, ["note"]),
        sources=source_of(fact["source"], fact["verification"]),
        origin=f"facts:office:{fact['name']}",
    )


def _seat(fact: dict[str, Any]) -> services.OfficeEntry:
    return services.OfficeEntry(
        name=f"Headquarters, {fact['city']}",
        kind=OfficeKind.HEADQUARTERS,
        city=fact["city"],
        country=fact["country"],
        opened=when(fact["start"]),
        closed=when(fact["end"]),
        notes=noted(fact, ["note"]),
        sources=source_of(fact["source"], fact["verification"]),
        origin=f"facts:seat:{fact['city']}",
    )


def _topic(fact: dict[str, Any], kind: str, word: str) -> services.TopicEntry:
    code = fact.get("code")
    return services.TopicEntry(
        name=f"{fact['name']} Notice" if word == "notice" and "Notice" not in fact["name"] else fact["name"],
        kind=kind,
        other_names=(services.OtherName(name=code, note="code"),) if code else (),
        notes=noted(fact, ["note"]),
        sources=source_of(fact.get("source") or "named in the engagements", fact.get("verification") or "secondary"),
        origin=f"facts:{word}:{fact['name']}",
    )
