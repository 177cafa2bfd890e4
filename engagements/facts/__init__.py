"""Loads the engagements that the register starts with, through the services.

`words` has the files' words in ours, `counterparts` says who took part and for whom. Every fact keeps its `origin`
(`facts:engagement:…`), so that loading twice changes nothing.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q

from appointments.models import Session
from engagements import services
from engagements.facts.counterparts import participants_of, represented_by
from engagements.facts.words import FORMATS, KINDS, topic_kind
from engagements.models import Engagement
from engagements.vocabulary import Attendance, DateBasis, EngagementKind, EngagementStatus, MeetingFormat, Mode
from sgoffice.directory.facts import Report, noted, person_named, read_facts, source_of, topic_named
from sgoffice.directory.facts.provenance import is_loaded
from sgoffice.directory.models import Office
from sgoffice.directory.vocabulary import OfficeKind
from sgoffice.records.actors import OFFICE
from sgoffice.records.partial_dates import PartialDate

Fact = dict[str, Any]
DATA = Path(__file__).resolve().parent.parent / "data"
_ABSENT = "the Secretary General was not present"
_NOT_STATED = "presence of the Secretary General not stated"
_NOTED = (
    "id", "kind", "date_confidence", "date_note", "note", "title_then", "place_note", "source_note", "naming_note",
)  # fmt: skip
_SHOWN = 2  # counterparts that a title names


def load(report: Report) -> None:
    """Load every engagement that is not there yet."""
    facts = [fact for fact in read_facts(DATA, "engagements") if not is_loaded(origin(fact))]
    now = datetime.now(tz=UTC)
    for fact in facts:
        services.log_engagement(entry_of(fact), by=OFFICE, at=now)
    report(f"{len(facts)} engagements, {Engagement.objects.count()} in the log")


def origin(fact: Fact) -> str:
    """Return where an engagement came from."""
    return f"facts:engagement:{fact['id']}"


def entry_of(fact: Fact) -> services.EngagementEntry:
    """Return the entry of a fact; what it does not say stays unsaid."""
    held = f"{fact['date']}/{fact['end_date']}" if fact["end_date"] else fact["date"]
    kind = KINDS[fact["kind"]]
    deputy = represented_by(fact)
    return services.EngagementEntry(
        title=_title(fact, kind),
        kind=kind,
        meeting_format=FORMATS.get(fact["kind"], MeetingFormat.IN_PERSON),
        status=EngagementStatus.HELD,
        held=held,
        date_basis=DateBasis.EVENT if fact["date_confidence"] == "high" else DateBasis.REPORT,
        city=fact["place_city"] or "",
        country=fact["place_country"],
        country_name_then=fact.get("country_name_then") or "",
        at_headquarters=kind == EngagementKind.VISIT_TO_HEADQUARTERS,
        office=_headquarters(fact) if kind == EngagementKind.VISIT_TO_HEADQUARTERS else None,
        principal=person_named(fact["principal"]),
        principal_title=fact["principal_role"],
        principal_attendance=_attendance(fact),
        principal_mode=Mode.REPRESENTED if deputy else Mode.IN_PERSON,
        represented_by=deputy,
        session=_session(held) if kind == EngagementKind.SESSION_OF_GOVERNING_BODY else None,
        topics=tuple(dict.fromkeys(topic_named(topic, topic_kind(topic)) for topic in fact["topics"])),
        summary=fact["summary"],
        participants=participants_of(fact),
        marking="public",
        sources=(
            *source_of(fact["source"], fact["verification"]),
            *source_of(fact.get("source2"), fact["verification"]),
        ),
        caveats=tuple(fact["caveats"]),
        notes=noted(fact, _NOTED),
        origin=origin(fact),
        allow_duplicate=True,  # the file tells of some meetings twice, and keeps both reports
    )


def _title(fact: Fact, kind: EngagementKind) -> str:
    """Return a line made of what is known: what it was, with whom or where."""
    people = [one for one in fact["counterparts"] if one["organisation"] != "INTERPOL"]
    names = [one["name"] or one["organisation"] for one in people]
    said = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    subject = said or next(iter(fact["topics"]), "")
    place = fact["place_city"] or ""
    return f"{kind.label}: {subject}{', ' if subject and place else ''}{place}"


def _attendance(fact: Fact) -> Attendance:
    """Return whether the principal was there: the sources tell of it unless they are said not to."""
    caveats = " ".join(fact["caveats"])
    if _ABSENT in caveats:
        return Attendance.ABSENT
    return Attendance.NOT_STATED if _NOT_STATED in caveats else Attendance.ATTENDED


def _headquarters(fact: Fact) -> UUID | None:
    rows = Office.objects.live().filter(kind=OfficeKind.HEADQUARTERS, city=fact["place_city"] or "")
    return rows.values_list("pk", flat=True).first()


def _session(held: str) -> UUID | None:
    """Return the session of our General Assembly on these days, if there was one and only one."""
    days = PartialDate.parse(held)
    rows = Session.objects.live().filter(body__slug="general-assembly", begins_earliest__lte=days.latest)
    running = Q(ends_latest__gte=days.earliest) | Q(ends_latest=None, begins_latest__gte=days.earliest)
    found = list(rows.filter(running).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None
