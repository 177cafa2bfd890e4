"""The bodies that decide, the two posts, and the rules of the Constitution on them."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from appointments import services
from appointments.models import Body, Post
from sgoffice.directory.facts import Report, organization_by_fact, read_facts, source_of
from sgoffice.directory.facts.provenance import is_loaded
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Note, Source

HERE = Path(__file__).resolve().parents[1] / "data"
STRUCTURE = Path(__file__).resolve().parents[2] / "sgoffice" / "directory" / "data"

#: Bodies of others that decisions and agreements name: short name, name, whose.
_OTHERS = (
    ("un-general-assembly", "UN General Assembly", "un"),
    ("un-security-council", "UN Security Council", "un"),
    ("ecosoc", "UN Economic and Social Council", "un"),
    ("eu-council", "Council of the European Union", "eu"),
    ("selec-council", "SELEC Council", "selec"),
)
#: In which word of a rule its subject shows, and where the rule is kept; the first that fits.
_SUBJECTS = (
    ("Executive Committee of 13", "executive-committee"),
    ("President: four years", "president"),
    ("Secretary General", "secretary-general"),
    ("reappoint", "secretary-general"),
    ("not retroactive", "secretary-general"),
)
_LIMIT = date(2017, 9, 1)
_CONSTITUTION = date(1956, 6, 13)


def load_bodies(report: Report) -> None:
    """Load our bodies from the structure, those of others, and the two posts."""
    rules = read_facts(HERE, "constitution_rules")["rules"]
    for fact in read_facts(STRUCTURE, "structure")["bodies"]:
        slug = fact["name"].lower().replace(" ", "-")
        own = [rule for rule in rules if _place(rule) == slug]
        _body(slug, fact["name"], "interpol", source_of(fact["source"], fact["verification"]), own)
    for slug, name, owner in _OTHERS:
        _body(slug, name, owner, (Source(document="named in decisions and agreements", verification="secondary"),), [])
    for slug, label in (("secretary-general", "Secretary General"), ("president", "President")):
        if is_loaded(f"facts:post:{slug}"):
            continue
        own = [rule for rule in rules if _place(rule) == slug]
        entry = services.PostEntry(
            slug=slug, label=label, organization=organization_by_fact("interpol"), notes=_notes(own),
            sources=_sources(own), origin=f"facts:post:{slug}",
        )  # fmt: skip
        services.set_up_post(entry, by=OFFICE)
    report(f"{Body.objects.count()} bodies and {Post.objects.count()} posts")


def load_rules(report: Report) -> None:
    """Load the dated term rules: five years without a limit, then once; four years for the President."""
    rules = _term_rules()
    for name, values in rules.items():
        if is_loaded(f"facts:term-rule:{name}"):
            continue
        entry = services.TermRuleEntry(
            post=Post.objects.get(slug="president" if name == "president" else "secretary-general").pk,
            sources=(Source(document="constitution_rules", title="Rules", verification="inferred"),),
            origin=f"facts:term-rule:{name}",
            **values,
        )
        services.set_up_term_rule(entry, by=OFFICE)
    report(f"{len(rules)} term rules")


def _term_rules() -> dict[str, dict[str, Any]]:
    """Return what the Constitution says of terms, and what about its dates is our inference."""
    assembly, committee = body_id("general-assembly"), body_id("executive-committee")
    five_years: dict[str, Any] = {"term_months": 60, "proposed_by": committee, "appointed_by": assembly}
    return {
        "secretary-general-1956": {
            "first_day": _CONSTITUTION,
            "until": _LIMIT,
            "valid_from": "1956-06-13",
            "legal_basis": "Constitution, Article 28, before 2017",
            "text": "Five years; reappointment without a number limit.",
            "caveats": ("That there was no limit is inferred from three terms each of Kendall and Noble.",),
            **five_years,
        },
        "secretary-general-2017": {
            "first_day": _LIMIT,
            "valid_from": "2017-09",
            "reappointments_allowed": 1,
            "legal_basis": "Constitution, Article 28, as amended in 2017",
            "text": "Five years; may be re-appointed once.",
            "caveats": (
                "That the amendment of 2017 brought the limit is inferred; its first day is not exactly known.",
            ),
            **five_years,
        },
        "president": {
            "first_day": date(2005, 9, 1),
            "valid_from": "2005-09",
            "reappointments_allowed": 0,
            "appointed_by": assembly,
            "legal_basis": "Constitution, Article 17",
            "text": "Four years, from session to session; not immediately re-eligible.",
            "caveats": (
                "The length is not held to the day, since sessions of the Assembly move.",
                "Since when is not known: the source is of September 2005, and the rule is kept from then on.",
            ),
        },
    }


def body_id(slug: str) -> UUID:
    """Return the id of a body by its short name."""
    return Body.objects.values_list("pk", flat=True).get(slug=slug)


def _place(rule: dict[str, Any]) -> str:
    return next((place for word, place in _SUBJECTS if word in rule["rule"]), "general-assembly")


def _notes(rules: list[dict[str, Any]]) -> tuple[Note, ...]:
    found = []
    for rule in rules:
        since = f" since {rule['valid_from']}" if rule["valid_from"] else ""
        until = f" until {rule['valid_to']}" if rule["valid_to"] else ""
        text = f" ({rule['text']})" if rule.get("text") else ""
        found.append(Note(about=f"rule{since}{until}", text=f"{rule['rule']}{text}"))
    return tuple(found)


def _sources(rules: list[dict[str, Any]]) -> tuple[Source, ...]:
    return tuple(source for rule in rules for source in source_of(rule["source"], rule["verification"]))


def _body(slug: str, name: str, owner: str, sources: tuple[Source, ...], rules: list[dict[str, Any]]) -> None:
    if is_loaded(f"facts:body:{slug}"):
        return
    entry = services.BodyEntry(
        slug=slug, name=name, organization=organization_by_fact(owner), sources=sources + _sources(rules),
        notes=_notes(rules), origin=f"facts:body:{slug}",
    )  # fmt: skip
    services.set_up_body(entry, by=OFFICE)
