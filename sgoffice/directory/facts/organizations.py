"""The organizations, with their parents, former names and what ties them to ours."""

from typing import Any

from sgoffice.directory import services
from sgoffice.directory.facts.countries import DATA
from sgoffice.directory.facts.finding import organization_by_fact
from sgoffice.directory.facts.provenance import Report, is_loaded, noted, read_facts, source_of
from sgoffice.directory.vocabulary import Classification, OrganizationStatus
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Source

#: The words of the file, in ours; the file's own word stays as a note.
CLASSIFICATIONS = {
    "principal organ": Classification.ORGAN,
    "UN office": Classification.ORGAN,
    "UN body": Classification.ORGAN,
    "UN department": Classification.ORGAN,
    "UN mission": Classification.ORGAN,
    "EU agency": Classification.ORGAN,
    "military headquarters": Classification.ORGAN,
    "EU-funded project": Classification.ORGAN,
    "international court": Classification.COURT,
    "regional police body": Classification.POLICE_BODY,
    "regional economic community": Classification.REGIONAL_BODY,
    "regional organisation": Classification.REGIONAL_BODY,
    "regional agency": Classification.REGIONAL_BODY,
    "supranational organisation": Classification.REGIONAL_BODY,
    "national agency": Classification.NATIONAL_AGENCY,
    "national public body": Classification.NATIONAL_AGENCY,
    "foundation": Classification.FOUNDATION,
    "private foundation": Classification.FOUNDATION,
    "sports federation": Classification.SPORTS_BODY,
    "sports organisation": Classification.SPORTS_BODY,
    "academic body": Classification.ACADEMIC_BODY,
    "non-governmental organisation": Classification.NON_GOVERNMENTAL,
    "professional association": Classification.NON_GOVERNMENTAL,
    "trade association": Classification.NON_GOVERNMENTAL,
    "coalition of States and organisations": Classification.OTHER,
}


def load_organizations(report: Report) -> None:
    """Load every organization that is not there yet, parents before their parts."""
    waiting = [fact for fact in read_facts(DATA, "organizations") if not is_loaded(_origin(fact["id"]))]
    count = len(waiting)
    while waiting:
        ready = [fact for fact in waiting if fact["parent"] is None or is_loaded(_origin(fact["parent"]))]
        if not ready:
            message = f"organizations that are part of each other: {[fact['id'] for fact in waiting]}"
            raise ValueError(message)
        for fact in ready:
            services.register_organization(_entry(fact), by=OFFICE)
        waiting = [fact for fact in waiting if fact not in ready]
    report(f"{count} organizations")


def _origin(fact_id: str) -> str:
    return f"facts:organization:{fact_id}"


def _entry(fact: dict[str, Any]) -> services.OrganizationEntry:
    editorial = Source(
        document=fact["type_and_seat"], supports=("/classification", "/seat_city"), verification="unverified"
    )
    former = tuple(
        services.OtherName(name=item["name"], note="former name", until=item["until"] or "")
        for item in fact["former_names"]
    )
    usual = tuple(services.OtherName(name=name, note="usual name") for name in [fact.get("usual_name")] if name)
    return services.OrganizationEntry(
        name=fact["name"],
        names={language: name for language, name in (("en", fact["name"]), ("fr", fact["name_fr"])) if name},
        other_names=(*usual, *former),
        acronym=fact["abbreviation"] or "",
        classification=CLASSIFICATIONS.get(fact["type"], Classification.INTERNATIONAL_BODY),
        parent=organization_by_fact(fact["parent"]) if fact["parent"] else None,
        seat_city=fact["headquarters_city"] or "",
        seat_country=fact["headquarters_country"],
        status=OrganizationStatus(fact["status"]),
        relation=fact["relation_to_interpol"] or "",
        sources=(
            editorial,
            *source_of(fact["relation_source"], fact["relation_verification"], supports=("/relation",)),
        ),
        notes=noted(fact, ["type", "note", "id"]),
        origin=_origin(fact["id"]),
    )
