"""The collected facts in `additions.json`, and the members that every record takes from them."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("additions.json")
Fact = dict[str, Any]
Line = dict[str, Any]
#: An addition to a record that was shipped before: its origin, the members, and the entries that they come from.
Addition = tuple[str, dict[str, Any], list[Fact]]
ADDRESS = re.compile(r"https?://\S+")
_BETWEEN = re.compile(r"\s+;\s+|;\s+(?=https?:)|\s+(?:and|with)\s+(?=https?:)")

#: What notes say of other files of the collection, and what readers are told instead.
_TOLD = {
    "month from general_assembly_sessions.json": "the month is that of the session",
    "; the day is in secretary_general_terms.json": "",
    ". Not in resolutions.json": "",
    ". Month and symbol as in resolutions.json": "",
    "constitution_rules.json gives 1956": "another source gives 1956",
    ": see constitution_rules.json": "",
    "that it is a database of its own is in structure.json; ": "",
    "That it is a database of its own is in structure.json; ": "",
}


@cache
def collected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def facts(key: str) -> list[Fact]:
    return [{name: value for name, value in fact.items() if value is not None} for fact in collected()[key]]


def fact(key: str, name: str) -> Fact:
    return next(one for one in facts(key) if one["id"] == name)


def of(origin: str) -> dict[str, str]:
    return {"origin": f"facts:{origin}"}


def sources(*given: Fact, supports: str = "") -> list[dict[str, Any]]:
    """Return a source for each address that an entry names; words around an address become its document."""
    found: list[dict[str, Any]] = []
    for one in given:
        for part in _BETWEEN.split(one["source"]):
            address = ADDRESS.search(part)
            words = part.replace(address[0], " ").strip(" ;,()") if address else part
            source: dict[str, Any] = {"url": address[0]} if address else {"document": words}
            if address and words:
                source["title"] = words
            source |= {"supports": [supports]} if supports else {}
            source["verification"] = one["verification"]
            if source not in found:
                found.append(source)
    return found


def merged(member: str, there: list[Any], given: list[Any]) -> list[Any]:
    """Return a list with what is given added to what is there; an address that is there is not listed again."""
    found = list(there)
    for one in given:
        is_address = member == "sources" and "url" in one and "supports" not in one
        if one not in found and not (is_address and one["url"] in [source.get("url") for source in found]):
            found.append(one)
    return found


def doubts(*given: Fact) -> list[str]:
    return [sentence(one["note"]) for one in given if "note" in one]


def sentence(text: str) -> str:
    """Return a note as a sentence for readers, who do not know the files of the collection."""
    for of_the_collection, told in _TOLD.items():
        text = text.replace(of_the_collection, told)
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


def notes(**said: str) -> list[dict[str, str]]:
    return [{"about": about.replace("_", " ").capitalize(), "text": text} for about, text in said.items() if text]


def line(kind: str, origin: str, entry: dict[str, Any], *of_entries: Fact) -> Line:
    kept = {name: value for name, value in entry.items() if value not in (None, "", [], ())}
    return {"kind": kind, "origin": f"facts:{origin}", "collected": [one["id"] for one in of_entries], "entry": kept}
