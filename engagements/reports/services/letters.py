"""Letters from a record: what each says, taken from the record's stored document; `letter_files` writes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from engagements.agreements.models import Agreement
from engagements.agreements.vocabulary import ActKind
from engagements.models import Engagement
from engagements.vocabulary import DateBasis, EngagementStatus, Side
from sgoffice import documents
from sgoffice.records.date_words import day_in_words, days_in_words, stored_date_in_words
from sgoffice.records.errors import RuleViolation, UnknownRecord
from sgoffice.records.models import Marking, Record

Values = Mapping[str, str]


@dataclass(frozen=True)
class Letter:
    """A letter: of which kind of record it is made, and what of its document it says."""

    name: str
    label: str
    model: type[Record]
    values: Callable[[dict[str, Any]], Values]


def letter_values(letter: Letter, record_id: UUID, *, today: date) -> Values:
    """Return what a letter says of a record that the reader may see, as people write it.

    Raises RuleViolation while the record is not as the letter says: not held, not agreed, not in force.
    """
    stored = documents.fetch_document(letter.model, record_id)
    if stored is None:
        raise UnknownRecord(letter.model.record_kind, record_id)
    document = orjson.loads(stored.body)
    always = {
        "today": day_in_words(today),
        "marking": Marking(document["marking"]).label,
        "reference": document["reference"],
        "subject": document["title"],
    }
    return always | dict(letter.values(document))


def _of_meeting(document: dict[str, Any], *statuses: str, otherwise: str) -> Values:
    if document["status"] not in statuses:
        raise RuleViolation(otherwise, rule="letter-not-yet", pointer="/status")
    _require_own_day(document["date_basis"], pointer="/date_basis")
    there = [one for one in document["participants"] if one["side"] == Side.THEIRS]
    first = _who(there[0]) if there else ("", "", "")
    principal, place = document["principal"], _place(document)
    return {
        "days": _days(document["held"]),
        "time": _time(document),
        "place": place,
        "in_place": f" in {place}" if place else "",
        "addressee": first[0] or "Sir or Madam",
        "addressee_title": first[1],
        "addressee_body": first[2],
        "counterparts": "; ".join(", ".join(filter(None, _who(one))) for one in there),
        "signatory": principal["name"] if principal else "",
        "signatory_title": document["principal_title"],
    }


def _require_own_day(basis: str, *, pointer: str) -> None:
    """Refuse a letter that would name the day of a report, or an inferred one, as that of the event."""
    if basis != DateBasis.EVENT:
        detail = "The day is that of a report, or inferred: record the day itself first."
        raise RuleViolation(detail, rule="letter-not-yet", pointer=pointer)


def _thank_you(document: dict[str, Any]) -> Values:
    otherwise = "A letter of thanks is written once the meeting is held: say first that it was."
    return _of_meeting(document, EngagementStatus.HELD, otherwise=otherwise)


def _confirmation(document: dict[str, Any]) -> Values:
    otherwise = "Only a meeting that is confirmed and ahead is confirmed by letter: confirm it first."
    return _of_meeting(document, EngagementStatus.CONFIRMED, otherwise=otherwise)


def _entry_into_force(document: dict[str, Any]) -> Values:
    """Return what is notified: the day on which it entered into force, as an act or the clause says it."""
    stated = document["computed"]["enters_into_force"]
    acts = [(place, one) for place, one in enumerate(document["acts"]) if one["kind"] == ActKind.ENTRY_INTO_FORCE]
    for place, one in acts[:1]:
        _require_own_day(one["date_basis"], pointer=f"/acts/{place}/date_basis")
        stated = one["date_of_effect"] or one["date"]
    if stated is None or not document["standing"]["is_in_force"]:
        detail = "No act says on which day this entered into force, or it is not in force: record the act first."
        raise RuleViolation(detail, rule="letter-not-yet", pointer="/acts")
    parties = [
        (one["side"], one["called"] or (one["organization"] or one["country"])["name"]) for one in document["parties"]
    ]
    return {
        "days": stored_date_in_words(stated),
        "parties": "; ".join(name for _, name in parties),
        "counterparts": "; ".join(name for side, name in parties if side != Side.OURS),
        "signatory": "",
        "signatory_title": "",
    }


LETTERS: Mapping[str, Letter] = {
    one.name: one
    for one in (
        Letter("thank-you", "Letter of thanks", Engagement, _thank_you),
        Letter("confirmation", "Confirmation of the meeting", Engagement, _confirmation),
        Letter("entry-into-force", "Notification of entry into force", Agreement, _entry_into_force),
    )
}


def _who(participant: dict[str, Any]) -> tuple[str, str, str]:
    """Return name, title and body of a participant, as on the day."""
    named = participant["person"] or participant["organization"]
    name = named["name"] if named else (participant["group"] or {}).get("description", "")
    if not participant["capacities"]:
        return name, "", ""
    capacity = participant["capacities"][0]
    body = capacity["organization"] or capacity["country"]
    title = "" if capacity["title"] == name else capacity["title"]
    return name, title, capacity["called"] or (body["name"] if body else "")


def _days(held: str | None) -> str:
    """Return the days of a meeting as people write them; several days stand between their first and last."""
    try:
        days = [date.fromisoformat(one) for one in (held or "").split("/")]
    except ValueError:
        return stored_date_in_words(held)
    return days_in_words(days[0], days[-1])


def _time(document: dict[str, Any]) -> str:
    """Return the hours on the clocks of the place."""
    zone = ZoneInfo(document["time_zone"] or "UTC")
    hours = [
        f"{datetime.fromisoformat(text).astimezone(zone):%H:%M}"
        for text in (document["starts_at"], document["ends_at"])
        if text
    ]
    where = zone.key.rpartition("/")[2].replace("_", " ")
    return f"{' to '.join(hours)} ({where} time)" if hours else ""


def _place(document: dict[str, Any]) -> str:
    office, country = document["office"], document["country"]
    named = (document["venue"], office["name"] if office else "", document["city"])
    state = document["country_name_then"] or (country["name"] if country else "")
    return ", ".join(dict.fromkeys(filter(None, (*named, state))))
