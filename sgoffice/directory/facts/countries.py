"""Members, other countries, reserved codes and former States, with their names, regions and memberships."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from sgoffice.directory import services
from sgoffice.directory.facts.provenance import Report, is_loaded, noted, read_facts, source_of, when
from sgoffice.directory.vocabulary import CountryStatus
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Note, Source

DATA = Path(__file__).resolve().parents[1] / "data"
#: Codes that ISO reserves or that abbreviate another one: no countries of their own.
_RESERVED = {"EU", "UK", "SU"}
#: A State that never had a code, and the code that we give it.
_WITHOUT_CODE = {"Fiume (Free State)": "XX-FIUM"}


def load_countries(report: Report) -> None:
    """Load every country that is not there yet."""
    renamed = defaultdict(list)
    former = read_facts(DATA, "former_countries")
    for fact in former:
        if fact["kind"] == "renamed_same_code":
            renamed[fact["alpha2"]].append(fact)
    entries = [_member(fact, renamed[fact["alpha2"]]) for fact in read_facts(DATA, "countries")]
    entries += [_special(fact) for fact in read_facts(DATA, "special_country_codes")]
    entries += [_former(fact) for fact in former if fact["kind"] != "renamed_same_code"]
    new = [entry for entry in entries if not is_loaded(entry.origin)]
    for entry in new:
        services.register_country(entry, by=OFFICE)
    report(f"{len(new)} countries, former States and codes")


def _member(fact: dict[str, Any], renamed: list[dict[str, Any]]) -> services.CountryEntry:
    sources: tuple[Source, ...] = (
        Source(document="Unicode CLDR, ISO 3166-1, UN M49", supports=("/names", "/regions"), verification="primary"),
        Source(
            document="The list of member countries",
            supports=("/memberships",),
            verification=fact["membership_verification"],
        ),
    )
    sources += source_of(fact["accession_source"], "primary", supports=("/memberships",))
    other_names, more_sources, notes = _renamed(renamed)
    return services.CountryEntry(
        code=fact["alpha2"],
        alpha3=fact["alpha3"],
        numeric=fact["numeric"],
        name=fact["name_en"],
        names={language: fact[f"name_{language}"] for language in ("en", "fr", "es", "ar")},
        other_names=other_names,
        status=CountryStatus.MEMBER,
        regions=(
            services.Region(scheme="m49", code=fact["m49_region_code"], name=fact["m49_region"]),
            services.Region(scheme="m49", code=fact["m49_subregion_code"], name=fact["m49_subregion"]),
        ),
        memberships=(
            services.CountryMembership(organization="United Nations", is_member=fact["un_member"]),
            services.CountryMembership(
                organization="INTERPOL",
                is_member=fact["interpol_member"],
                since=fact["accession_date"] or "",
                name=fact["member_name_override"] or "",
            ),
        ),
        sources=sources + more_sources,
        notes=noted(fact, ["accession_date_precision"]) + notes,
        origin=f"facts:country:{fact['alpha2']}",
    )


def _renamed(
    changes: list[dict[str, Any]],
) -> tuple[tuple[services.OtherName, ...], tuple[Source, ...], tuple[Note, ...]]:
    """Return the names that a country had before, with their sources and what is noted of them."""
    names: tuple[services.OtherName, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    for change in changes:
        became = f"until it became {change['new_name']}"
        names += (services.OtherName(name=change["old_name"], note=became, until=change["date"]),)
        sources += source_of(change["source"], change["verification"], supports=("/other_names",))
        notes += noted(change, ["date_precision"])
    return names, sources, notes


def _special(fact: dict[str, Any]) -> services.CountryEntry:
    is_reserved = fact["code"] in _RESERVED
    return services.CountryEntry(
        code=fact["code"],
        name=fact["name"],
        names={"en": fact["name"]},
        status=CountryStatus.RESERVED_CODE if is_reserved else CountryStatus.NOT_A_MEMBER,
        notes=noted(fact, ["status"]),
        sources=source_of(fact["source"], fact["verification"]),
        origin=f"facts:code:{fact['code']}",
    )


def _former(fact: dict[str, Any]) -> services.CountryEntry:
    code = fact.get("alpha4") or _WITHOUT_CODE[fact["name"]]
    return services.CountryEntry(
        code=code,
        alpha3=fact.get("old_alpha3") or "",
        name=fact["name"],
        names={"en": fact["name"]},
        status=CountryStatus.FORMER,
        ended=when(fact.get("withdrawal_date")),
        notes=noted(fact, ["kind", "old_alpha2", "comment"]),
        sources=source_of(fact["source"], fact["verification"]),
        origin=f"facts:country:{code}",
    )
