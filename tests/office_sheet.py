"""The shipped engagements as an office keeps them: a French workbook with two lines of headings and merged cells."""

import datetime as dt
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from tests.facts import facts

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
KINDS = {
    "visit": "Visite", "bilateral_meeting": "Réunion bilatérale", "address": "Discours",
    "visit_to_headquarters": "Visite au siège", "session_of_governing_body": "Assemblée générale",
    "signing_ceremony": "Signature", "oath_or_appointment": "Prestation de serment", "conference": "Conférence",
    "press": "Presse", "ceremony": "Cérémonie", "hearing": "Audition", "audience": "Audience",
}  # fmt: skip
HEADINGS = (
    ("N°", "Date", "Interlocuteurs", "Lieu", "", "Type", "Objet", "Résumé", "Suites", ""),
    ("", "", "(nom, fonction, organisme ou pays)", "Ville", "Pays", "", "", "", "À faire par nous", "Échéance"),
)
#: The row of the first meeting: above it are a title, a blank row and the headings.
FIRST = 5
#: Somebody whom three meetings name, and the three ways in which the sheet writes the name.
SPELLINGS = ("Ban Ki-moon", "BAN Ki Moon", "Ban Kimoon")


@dataclass
class OfficeSheet:
    """Rows of ten cells; `merged` are ranges that the workbook merges."""

    rows: list[list[Any]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)

    def number_of(self, place: int) -> int:
        """Return the number that the spreadsheet shows beside a row."""
        return FIRST + place

    def workbook(self) -> bytes:
        """Return the file, as a spreadsheet program writes it."""
        book = Workbook()
        sheet = book.active
        sheet.title = "Entretiens"
        sheet["A1"] = "Registre des entretiens du Secrétaire général"
        sheet["A1"].font = Font(bold=True)
        sheet.merge_cells("A1:J1")
        for number, line in enumerate([*HEADINGS, *self.rows], FIRST - len(HEADINGS)):
            for column, value in enumerate(line, 1):
                if value not in ("", None):
                    sheet.cell(number, column, value)
        sheet.merge_cells("D3:E3")
        sheet.merge_cells("I3:J3")
        for one in self.merged:
            sheet.merge_cells(one)
        made = BytesIO()
        book.save(made)
        return made.getvalue()


def office_sheet() -> OfficeSheet:
    """Return all shipped engagements in the order of their days, each as a row."""
    entries = sorted(facts("engagement").values(), key=lambda entry: entry["held"])
    made, spelled = OfficeSheet(), iter(SPELLINGS)
    for place, entry in enumerate(entries):
        lines = "; ".join(_lines(entry, spelled))
        city, country = entry.get("city", ""), _country(entry.get("country"))
        made.rows.append(
            [place + 1, _day(entry["held"], place), lines, city, country, KINDS[entry["kind"]], _title(entry, lines),
             entry["summary"], "", ""]
        )  # fmt: skip
    _merge(made, entries)
    return made


def _title(entry: dict[str, Any], lines: str) -> str:
    return "" if lines else entry["title"]


def _merge(made: OfficeSheet, entries: list[dict[str, Any]]) -> None:
    """Merge day, city and country of meetings of one day in one place, as the office does."""
    places = [(entry["held"], entry.get("city"), entry.get("country")) for entry in entries]
    for place in range(1, len(entries)):
        if places[place] == places[place - 1] and all(places[place]):
            first = place - 1
            while first and places[first - 1] == places[place]:
                first -= 1
            for column, letter in ((1, "B"), (3, "D"), (4, "E")):
                made.rows[place][column] = ""
                made.merged = [one for one in made.merged if not one.startswith(f"{letter}{FIRST + first}:")]
                made.merged.append(f"{letter}{FIRST + first}:{letter}{FIRST + place}")


def _day(held: str, place: int) -> Any:
    """Return a day in one of four styles, in turn: a date, points, a month in words, slashes."""
    if len(held) == len("2016-03") and held[4] == "-":
        return f"{MONTHS[int(held[5:7]) - 1]} {held[:4]}"
    if "/" in held:
        first, last = (dt.date.fromisoformat(one) for one in held.split("/"))
        if (first.year, first.month) != (last.year, last.month):
            return held
        return f"du {first.day} au {last.day} {MONTHS[last.month - 1]} {last.year}"
    try:
        day = dt.date.fromisoformat(held)
    except ValueError:
        return held
    styles = (day, f"{day:%d.%m.%Y}", f"{day.day} {MONTHS[day.month - 1]} {day.year}", f"{day:%d/%m/%Y}")
    return styles[place % len(styles)]


def _lines(entry: dict[str, Any], spelled: Any) -> list[str]:
    return [_line(one, spelled) for one in entry.get("participants", ()) if one.get("side", "theirs") == "theirs"]


def _line(participant: dict[str, Any], spelled: Any) -> str:
    capacity = next(iter(participant.get("capacities", ())), {})
    said = [capacity.get("title", ""), _named("organization", capacity.get("organization"))]
    said.append(_country(capacity.get("country")))
    return ", ".join(part.replace(";", ",") for part in (_name(participant, spelled), *said) if part)


def _name(participant: dict[str, Any], spelled: Any) -> str:
    if "person" in participant:
        name = _named("person", participant["person"])
        return next(spelled, name) if name == SPELLINGS[0] else name
    return _named("organization", participant.get("organization")) or participant["group"]["description"]


def _named(kind: str, key: dict[str, str] | None) -> str:
    return facts(kind)[key["origin"]]["name"] if key else ""


def _country(code: str | None) -> str:
    """Return the French name of a country."""
    known = facts("country").get(f"facts:country:{code}", {})
    return known.get("names", {}).get("fr", "") or known.get("name", "")
